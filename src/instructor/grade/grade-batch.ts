import type { Assignment } from '../../schemas/assignment.ts';
import type { HandIn } from '../../schemas/hand-in.ts';
import { canonicalJson } from '../canonical-json.ts';
import { sha256Hex } from '../hash.ts';
import { gradeHandIn } from './grade-hand-in.ts';
import type { GradeContext, GradedHandIn } from './graded.ts';
import { runQueue } from './queue.ts';
import type { QueueHandle, QueueOptions } from './queue.ts';

/** A hand-in as the batch knows it. */
export interface Submitted {
  /** A student's or a file's. */
  key: string;
  handIn: HandIn;
}

export interface BatchOptions extends Pick<
  QueueOptions<Submitted, GradedHandIn>,
  'parallel' | 'finished' | 'patienceMs' | 'onRow'
> {
  handIns: readonly Submitted[];
  assignment: Assignment;
  /** Each slot has a runner, and so a sandbox, of its own. */
  contextOf(slot: number): GradeContext;
}

/** Grades many hand-ins, some at a time. Marks do not depend on their order, nor on how many run at once. */
export const gradeBatch = ({
  handIns,
  assignment,
  contextOf,
  ...options
}: BatchOptions): QueueHandle<GradedHandIn> =>
  runQueue({
    ...options,
    jobs: handIns,
    keyOf: ({ key }) => key,
    work: ({ handIn }, slot, signal) =>
      gradeHandIn(handIn, assignment, { ...contextOf(slot), signal }),
  });

/**
 * What marks depend on besides the hand-in itself: of two gradings with the same stamp, one may go on with the rows of the
 * other.
 *
 * @param book - the printing that grades
 */
export const gradingStamp = async (
  assignment: Assignment,
  {
    gradingSeed,
    privateChecks = {},
    book,
  }: Pick<GradeContext, 'gradingSeed' | 'privateChecks'> & { book: string },
): Promise<string> => {
  const { id, items, pinned, pinnedQuestions, policy } = assignment;
  const kept = { pinned, pinnedQuestions };
  const decisive = { id, items, ...kept, policy, gradingSeed, privateChecks, book };
  return (await sha256Hex(canonicalJson(decisive))).slice(0, 16);
};
