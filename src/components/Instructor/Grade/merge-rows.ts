import type { BatchRow } from '../../../instructor/batch/batch-row.ts';
import { settleDuplicates } from '../../../instructor/batch/settle-duplicates.ts';
import { noMarking, type Row, type Work } from './work.ts';

/** A number out of a text and a seed, for an order that tells nothing. */
const shuffled = (seed: number, text: string): number => {
  let hash = seed ^ 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash ^= hash >>> 15;
  return Math.imul(hash, 0x2c1b3c6d) >>> 0;
};

/** Whether it is the same file again: then what was graded of it stays. */
const isSame = (old: Row, row: BatchRow): boolean =>
  old.path === row.path && old.handIn?.receipt === row.handIn?.receipt && old.state !== 'refused';

/**
 * The rows of a work once another batch came in. A file that was there already stays as it is; one that was refused is
 * read anew (its key may have been loaded since). Numbers are drawn, so that they do not follow the alphabet.
 */
export const mergeRows = (
  work: Pick<Work, 'id' | 'gradingSeed' | 'chosen'>,
  old: readonly Row[],
  came: readonly BatchRow[],
): Row[] => {
  const fresh = came.filter((row) => !old.some((each) => isSame(each, row)));
  const paths = new Set(fresh.map(({ path }) => path));
  const kept = old.filter(({ state, path }) => state !== 'refused' || !paths.has(path));
  const first = Math.max(0, ...old.map(({ number }) => number)) + 1;
  const order = new Map(
    fresh
      .map((row) => ({
        row,
        at: shuffled(work.gradingSeed, `${row.handIn?.receipt ?? ''} ${row.path}`),
      }))
      .sort((a, b) => a.at - b.at)
      .map(({ row }, index) => [row, first + index]),
  );
  const added = fresh.map((row): Row => ({
    ...row,
    key: `${work.id} ${order.get(row) ?? 0} ${row.path}`,
    work: work.id,
    number: order.get(row) ?? 0,
    marking: noMarking,
  }));
  return settle([...kept, ...added], work.chosen);
};

/** Of each student's hand-ins the one that counts. Everything else of the rows stays. */
export const settle = (rows: readonly Row[], chosen: readonly string[]): Row[] =>
  // It copies the rows that it gets, whatever else they hold.
  settleDuplicates(rows, new Set(chosen)) as Row[];

/** The older hand-ins of each student, by the key of the one that counts. */
export const othersByRow = (rows: readonly Row[]): Map<string, Row[]> => {
  const others = new Map<string, Row[]>();
  for (const row of rows) {
    if (row.state !== 'superseded' || row.supersededBy === undefined) continue;
    const list = others.get(row.supersededBy);
    if (list === undefined) others.set(row.supersededBy, [row]);
    else list.push(row);
  }
  return others;
};
