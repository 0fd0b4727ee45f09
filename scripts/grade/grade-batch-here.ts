import { gradeBatch } from '../../src/instructor/grade/grade-batch.ts';
import type { GradeContext } from '../../src/instructor/grade/graded.ts';
import type { Assignment } from '../../src/schemas/assignment.ts';
import { ensureBrowser } from '../ensure-browser.mjs';
import type { BookOnDisk } from './book-on-disk.ts';
import { BrowserRunners } from './browser-runners.ts';
import { requireProven } from './read-files.ts';
import type { ResultLine } from './results-file.ts';
import { startGradingSite } from './site.ts';

export interface Grading {
  /** Those to grade: each is a hand-in. */
  lines: readonly ResultLine[];
  assignment: Assignment;
  book: BookOnDisk;
  gradingSeed: number;
  privateChecks: Readonly<Record<string, string>>;
  jobs: number;
  signal: AbortSignal;
  /** Told of each as it is done, and how many are. */
  onLine: (line: ResultLine, done: number) => void;
}

/** Runs every program again, in headless Chromium. Gives whether it was stopped before the end. */
export async function gradeHere(grading: Grading): Promise<{ stopped: boolean }> {
  const { lines, assignment, book, gradingSeed, privateChecks, jobs, signal, onLine } = grading;
  if (lines.length === 0) return { stopped: false };
  const site = await startGradingSite();
  const browser = new BrowserRunners(site.url, ensureBrowser());
  try {
    await requireProven(privateChecks, book, { runner: browser.runnerOf(0), seed: gradingSeed });
    const byKey = new Map(lines.map((line) => [line.key, line]));
    const common: Omit<GradeContext, 'runner'> = { sheets: book, gradingSeed, privateChecks };
    const queue = gradeBatch({
      handIns: lines.map(({ key, row }) => ({ key, handIn: row.handIn! })),
      assignment,
      parallel: jobs,
      contextOf: (slot) => ({ ...common, runner: browser.runnerOf(slot) }),
      onRow: ({ key, result, error }, { done }) => {
        const line = byKey.get(key)!;
        onLine(error ? { ...line, fault: error } : { ...line, graded: result! }, done);
      },
    });
    if (signal.aborted) queue.stop();
    signal.addEventListener('abort', () => queue.stop());
    return { stopped: (await queue.done).stopped };
  } finally {
    await browser.close();
    await site.close();
  }
}
