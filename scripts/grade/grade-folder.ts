import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { withoutArrivalRemarks } from '../../src/instructor/batch/arrival-remarks.ts';
import { readBatch } from '../../src/instructor/batch/read-batch.ts';
import { gradingStamp } from '../../src/instructor/grade/grade-batch.ts';
import { newGradingSeed } from '../../src/instructor/grade/grading-seed.ts';
import { ReaderError } from '../../src/shared/reader-error.ts';
import { requireWritable, writeWhole } from '../compress/files.ts';
import type { GradeArguments } from './arguments.ts';
import { BookOnDisk } from './book-on-disk.ts';
import { findAlike } from './find-alike.ts';
import { gradeHere } from './grade-batch-here.ts';
import { marksTable } from './marks-table.ts';
import { assignmentFrom, keyFrom, privateChecksFrom } from './read-files.ts';
import { readInputs } from './read-inputs.ts';
import { keyedRows } from './result-keys.ts';
import { resultsFile, shardFile, shareOf } from './shards.ts';
import { summaryOf, type Summary } from './summary.ts';
import {
  appendResult,
  readResults,
  writeResults,
  type ResultLine,
  type Results,
} from './results-file.ts';

export interface Control {
  signal: AbortSignal;
  onProgress: (done: number, total: number, label: string) => void;
}

/** A course may be larger than what a page should hold. */
const CAPS = { entries: 50_000, total: 2_000_000_000 };

/** Grades what the command line named, and writes the results and the marks. */
export async function gradeFolder(args: GradeArguments, control: Control): Promise<Summary> {
  const startedAt = performance.now();
  const { signal, onProgress } = control;
  const plan = await prepare(args);
  const { out, log, header, before, assignment, book, privateChecks } = plan;
  const { gradingSeed } = header;
  const lines = await readShare(args, plan, control);
  writeResults(log, { header, lines });

  const toGrade = [...lines.values()].filter(({ row, graded }) => row.state === 'ready' && !graded);
  onProgress(0, toGrade.length, 'starting the browser');
  const { stopped } = await gradeHere({
    lines: toGrade,
    assignment,
    book,
    gradingSeed,
    privateChecks,
    jobs: args.jobs,
    signal,
    onLine: (line, done) => {
      lines.set(line.key, line);
      appendResult(log, line);
      onProgress(done, toGrade.length, `graded ${done} of ${toGrade.length}`);
    },
  });
  const all = [...lines.values()];
  await writeWhole(out, marksTable(all, assignment, await findAlike(all, assignment, book)));
  onProgress(1, 1, 'done');
  const resumed = all.filter(
    ({ key, row, graded }) => graded && row.state === 'ready' && before?.lines.get(key)?.graded,
  ).length;
  const elapsedMs = performance.now() - startedAt;
  return summaryOf(all, { out, log, gradingSeed, resumed, stopped, elapsedMs });
}

type Plan = Awaited<ReturnType<typeof prepare>>;

/** All that is to be read before the hand-ins are; refuses what could not be gone on with. */
async function prepare(args: GradeArguments) {
  const out = shardFile(args.out, args.shard);
  const log = resultsFile(out);
  requireWritable([out, log], { input: args.assignment, force: args.force || args.resume });
  const assignment = await assignmentFrom(args.assignment);
  const privateChecks = await privateChecksFrom(args.privateChecks, assignment);
  const privateKey = await keyFrom(args.key, assignment);
  const book = new BookOnDisk();
  const before = args.resume && existsSync(log) ? readResults(log) : undefined;
  const gradingSeed = args.seed ?? before?.header.gradingSeed ?? newGradingSeed();
  const header: Results['header'] = {
    format: 'heavy-weights-grading',
    version: 1,
    stamp: await gradingStamp(assignment, { gradingSeed, privateChecks, book: book.book }),
    assignment: assignment.id,
    book: book.book,
    gradingSeed,
    shard: args.shard,
  };
  if (before) requireSame(before.header, header, log);
  return { out, log, assignment, privateChecks, privateKey, book, before, header };
}

/** Reads the whole batch, and gives this part's share of it, with the marks that an earlier run came to. */
async function readShare(
  args: GradeArguments,
  { assignment, privateKey, before }: Plan,
  { signal, onProgress }: Control,
): Promise<Map<string, ResultLine>> {
  const { files, links } = await readInputs(args.inputs);
  if (links > 0) console.warn(`${links} symbolic links in the folder were left out.`);
  const batch = await readBatch(files, {
    assignment,
    ...(privateKey && { privateKey }),
    signal,
    caps: CAPS,
    onProgress: ({ files: read }) => {
      if (read % 100 === 0) onProgress(0, 1, `reading, ${read} files`);
    },
  });
  // Before anything is written: half a batch must not take the place of earlier results.
  if (batch.stopped) throw new ReaderError({ code: 'stopped', explain: 'Stopped while reading.' });
  const all = await keyedRows(batch.rows);
  for (const { row } of all) {
    if (args.received === undefined) continue;
    row.arrival = { at: args.received, from: 'file', zoned: true };
    row.remarks = withoutArrivalRemarks(row.remarks);
  }
  return new Map(
    shareOf(all, ({ key }) => key, args.shard).map((line) => {
      const graded = before?.lines.get(line.key)?.graded;
      return [line.key, graded ? { ...line, graded } : line];
    }),
  );
}

function requireSame(was: Results['header'], is: Results['header'], log: string): void {
  const same =
    was.stamp === is.stamp && was.shard.part === is.shard.part && was.shard.of === is.shard.of;
  if (same) return;
  throw new ReaderError({
    code: 'results-of-another-grading',
    explain: `${log} was made with another assignment, other private checks, another seed, another printing or another share.`,
    elaborate: 'Its marks and new ones would not be comparable.',
    hint: `Run the command as it was run then, or grade anew with --force into ${dirname(log)}.`,
  });
}
