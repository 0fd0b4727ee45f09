import type { WrittenItem } from '../../schemas/assignment.ts';
import type { WrittenAnswer } from '../../schemas/hand-in.ts';
import type { GradedItem } from './graded.ts';

/** A written answer is for a person to mark. */
export const gradeWritten = (item: WrittenItem, { text }: WrittenAnswer): GradedItem => ({
  ...blank(item),
  status: text.trim() === '' ? 'missing' : 'to-mark',
});

/** An item that was not answered. */
export const blank = ({
  kind,
  id,
  points,
}: Pick<GradedItem, 'kind' | 'id' | 'points'>): GradedItem => ({
  kind,
  id,
  points,
  earned: 0,
  status: 'missing',
  claimedPassed: false,
  claimedEarned: 0,
  drift: false,
  hints: 0,
  attempts: 0,
  solutionShown: false,
  remarks: [],
});
