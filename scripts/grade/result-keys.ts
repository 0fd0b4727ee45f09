import type { BatchRow } from '../../src/instructor/batch/batch-row.ts';
import { canonicalJson } from '../../src/instructor/canonical-json.ts';
import { sha256Hex } from '../../src/instructor/hash.ts';
import type { ResultLine } from './results-file.ts';

/**
 * Rows with keys that other machines give them too, and that change with what a file holds: its path and a hash of the
 * hand-in. Two entries of an archive that have both in common are counted.
 */
export async function keyedRows(rows: readonly BatchRow[]): Promise<ResultLine[]> {
  const seen = new Map<string, number>();
  const lines: ResultLine[] = [];
  for (const row of rows) {
    const what = row.handIn === undefined ? (row.fault?.code ?? '') : canonicalJson(row.handIn);
    const key = `${row.path} ${(await sha256Hex(what)).slice(0, 12)}`;
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    lines.push({ key: count === 1 ? key : `${key} ${count}`, row });
  }
  return lines;
}
