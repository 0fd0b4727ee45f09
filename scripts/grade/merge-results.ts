import { ReaderError } from '../../src/shared/reader-error.ts';
import { requireWritable, writeWhole } from '../compress/files.ts';
import type { MergeArguments } from './arguments.ts';
import { BookOnDisk } from './book-on-disk.ts';
import { findAlike } from './find-alike.ts';
import { marksTable } from './marks-table.ts';
import { assignmentFrom } from './read-files.ts';
import { readResults, writeResults, type Results } from './results-file.ts';
import { inOrder, resultsFile, wholeBatch } from './shards.ts';
import { summaryOf, type Summary } from './summary.ts';

/** One table out of the results of all parts; likeness is looked for over all of them. */
export async function mergeResults(args: MergeArguments): Promise<Summary> {
  const startedAt = performance.now();
  const log = resultsFile(args.out);
  requireWritable([args.out, log], { input: args.assignment, force: args.force });
  const assignment = await assignmentFrom(args.assignment);
  const merged = joinParts(args.inputs.map((path) => ({ path, ...readResults(path) })));
  if (merged.header.assignment !== assignment.id) {
    throw new ReaderError({
      code: 'results-of-another-assignment',
      explain: `The results are of the assignment ${merged.header.assignment}; “${assignment.title}” is ${assignment.id}.`,
    });
  }
  const lines = [...merged.lines.values()];
  const book = new BookOnDisk();
  await writeWhole(
    args.out,
    marksTable(lines, assignment, await findAlike(lines, assignment, book)),
  );
  writeResults(log, merged);
  const unfinished = lines.some(
    ({ row, graded, fault }) => row.state === 'ready' && !graded && !fault,
  );
  return summaryOf(lines, {
    out: args.out,
    log,
    gradingSeed: merged.header.gradingSeed,
    resumed: lines.filter(({ graded }) => graded).length,
    stopped: unfinished,
    elapsedMs: performance.now() - startedAt,
  });
}

/**
 * The results of all parts as those of one grading.
 *
 * @throws ReaderError `results-differ`, `results-part-twice`, `results-part-missing`
 */
export function joinParts(parts: readonly (Results & { path: string })[]): Results {
  const [first] = parts;
  if (!first) throw new ReaderError({ code: 'results-missing', explain: 'There are no results.' });
  const { stamp, shard } = first.header;
  const seen = new Map<number, string>();
  for (const { path, header } of parts) {
    if (header.stamp !== stamp || header.shard.of !== shard.of) {
      throw new ReaderError({
        code: 'results-differ',
        explain: `${path} and ${first.path} are not parts of one grading.`,
        elaborate:
          'They differ in the assignment, the private checks, the seed, the printing or the number of parts.',
        hint: 'Run every part with the same files, the same --seed and the same number of parts.',
      });
    }
    const before = seen.get(header.shard.part);
    if (before !== undefined) {
      throw new ReaderError({
        code: 'results-part-twice',
        explain: `${path} and ${before} are the same part, ${header.shard.part} of ${shard.of}.`,
      });
    }
    seen.set(header.shard.part, path);
  }
  const missing = Array.from({ length: shard.of }, (_, index) => index + 1).filter(
    (part) => !seen.has(part),
  );
  if (missing.length > 0) {
    throw new ReaderError({
      code: 'results-part-missing',
      explain: `Of the ${shard.of} parts, these are missing: ${missing.join(', ')}.`,
      hint: 'Run them, with --resume if they were begun, then merge again.',
    });
  }
  return {
    header: { ...first.header, shard: wholeBatch },
    // In the order of an undivided grading, so that the table is the same to the byte.
    lines: new Map(
      inOrder(
        parts.flatMap(({ lines }) => [...lines]),
        ([key]) => key,
      ),
    ),
  };
}
