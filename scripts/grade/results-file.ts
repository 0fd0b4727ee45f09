/**
 * The results of a grading: a line of JSON that says what it is, then a line for each file that came in. A line is added
 * when its hand-in is done, so a grading that was killed loses what was under way and nothing else.
 */
import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { BatchRow } from '../../src/instructor/batch/batch-row.ts';
import type { GradedHandIn } from '../../src/instructor/grade/graded.ts';
import { assignmentIdSchema } from '../../src/schemas/assignment.ts';
import { ReaderError, type ReaderErrorData } from '../../src/shared/reader-error.ts';

const headerSchema = z.object({
  format: z.literal('heavy-weights-grading'),
  version: z.literal(1),
  /** What marks depend on besides the hand-in: see `gradingStamp`. */
  stamp: z.string(),
  assignment: assignmentIdSchema,
  book: z.string(),
  gradingSeed: z.number().int().min(0),
  shard: z.object({ part: z.number().int().min(1), of: z.number().int().min(1) }),
});

export type ResultsHeader = z.infer<typeof headerSchema>;

/** One file that came in, and what became of it. */
export interface ResultLine {
  /** The same on every machine that reads the same batch. */
  key: string;
  row: BatchRow;
  graded?: GradedHandIn;
  /** Why there are no marks, though it is a hand-in. */
  fault?: ReaderErrorData;
}

const lineSchema = z.looseObject({
  key: z.string(),
  row: z.looseObject({
    path: z.string(),
    state: z.enum(['ready', 'superseded', 'refused']),
    remarks: z.array(z.unknown()),
  }),
});

export interface Results {
  header: ResultsHeader;
  /** By key, the newest of each. */
  lines: Map<string, ResultLine>;
}

/**
 * Reads a file of results. A last line that was cut off is left out.
 *
 * @throws ReaderError `results-missing`, `results-damaged`
 */
export function readResults(path: string): Results {
  if (!existsSync(path)) {
    throw new ReaderError({ code: 'results-missing', explain: `There are no results ${path}.` });
  }
  const [first = '', ...rest] = readFileSync(path, 'utf8').split('\n');
  const header = headerSchema.safeParse(parsed(first));
  if (!header.success) throw damaged(path, 1);
  // What follows the last line end is empty, or a line that was being written.
  rest.pop();
  const lines = new Map<string, ResultLine>();
  for (const [index, text] of rest.entries()) {
    const line = lineSchema.safeParse(parsed(text));
    if (!line.success) throw damaged(path, index + 2);
    lines.set(line.data.key, line.data as unknown as ResultLine);
  }
  return { header: header.data, lines };
}

/** Writes results anew, whole or not at all. */
export function writeResults(path: string, { header, lines }: Results): void {
  const texts = [header, ...lines.values()].map((line) => `${JSON.stringify(line)}\n`);
  writeFileSync(`${path}.part`, texts.join(''));
  renameSync(`${path}.part`, path);
}

export const appendResult = (path: string, line: ResultLine): void => {
  appendFileSync(path, `${JSON.stringify(line)}\n`);
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

const damaged = (path: string, line: number): ReaderError =>
  new ReaderError({
    code: 'results-damaged',
    explain: `Line ${line} of ${path} is not what this command writes.`,
    hint: 'Name a file that ends in .results.jsonl, or grade anew with --force.',
  });
