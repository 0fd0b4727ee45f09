import type { GradedItem } from '../../src/instructor/grade/graded.ts';
import type { ResultLine } from './results-file.ts';

export interface Summary {
  /** Lines for people. */
  text: string;
  stopped: boolean;
  /** Hand-ins that count and have no marks, or not of every item. */
  failed: number;
}

interface Facts {
  out: string;
  log: string;
  gradingSeed: number;
  /** Graded by an earlier run. */
  resumed: number;
  stopped: boolean;
  elapsedMs: number;
}

/** What became of a batch, in a few lines. */
export function summaryOf(lines: readonly ResultLine[], facts: Facts): Summary {
  const count = (fits: (line: ResultLine) => boolean): number => lines.filter(fits).length;
  const graded = count((line) => line.graded !== undefined && line.row.state === 'ready');
  const failed = count(
    ({ row, graded, fault }) =>
      row.state === 'ready' && (graded ? !isWhole(graded.items) : fault !== undefined),
  );
  const now = graded - facts.resumed;
  const seconds = facts.elapsedMs / 1000;
  const disputed = count(({ graded: marks }) => (marks?.claimedEarned ?? 0) > (marks?.earned ?? 0));
  const text = [
    `${graded} hand-ins graded in ${seconds.toFixed(1)} s${now > 0 ? `, ${(now / seconds).toFixed(1)} a second` : ''}${facts.resumed > 0 ? `; ${facts.resumed} of them before` : ''}.`,
    ...counted(
      count(({ row }) => row.state === 'superseded'),
      'older hand-ins of the same student do not count',
    ),
    ...counted(
      count(({ row }) => row.state === 'refused'),
      'files were refused',
    ),
    ...counted(failed, 'hand-ins could not be graded, or not in full: see their remarks'),
    ...counted(disputed, 'hand-ins claim more than they earned'),
    `Grading seed: ${facts.gradingSeed}`,
    `written: ${facts.out}`,
    `written: ${facts.log}`,
    ...(facts.stopped ? ['Stopped before the end: --resume goes on from here.'] : []),
  ].join('\n');
  return { text, stopped: facts.stopped, failed };
}

/** Whether the grader could judge every item. */
const isWhole = (items: readonly GradedItem[]): boolean =>
  items.every(({ status }) => status !== 'not-graded');

const counted = (count: number, what: string): string[] =>
  count === 0 ? [] : [`${count} ${what}.`];
