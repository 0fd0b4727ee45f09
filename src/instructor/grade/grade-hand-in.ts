import type { Assignment, Item } from '../../schemas/assignment.ts';
import type { Answer, HandIn } from '../../schemas/hand-in.ts';
import { ReaderError } from '../../shared/reader-error.ts';
import { assignmentHash } from '../assignment-file.ts';
import { catalogueKey } from '../catalogue.ts';
import { verifyReceipt } from '../hand-in-file.ts';
import { gradeExercise } from './grade-exercise.ts';
import { blank, gradeWritten } from './grade-others.ts';
import { gradeQuiz } from './grade-quiz.ts';
import { waitsForPerson } from './graded.ts';
import type { GradeContext, GradedHandIn, GradedItem, Remark } from './graded.ts';
import { roundPoints } from './marks.ts';

/**
 * Grades one hand-in: every program is run again against the version that the assignment names, with inputs drawn from the
 * grading seed; every question is judged by the key of the options that the student had. What the hand-in says of its marks is shown and counts nothing.
 *
 * What this proves is that the code works. It does not prove who wrote it.
 *
 * @param handIn - as `readHandIn` gives it
 * @throws ReaderError `hand-in-of-another-assignment`; whatever the source of sheets throws; the signal's reason when stopped
 */
export const gradeHandIn = async (
  handIn: HandIn,
  assignment: Assignment,
  context: GradeContext,
): Promise<GradedHandIn> => {
  requireAssignment(handIn, assignment);
  const startedAt = performance.now();
  // A list made by hand may answer one item twice: the first counts, and it is said.
  const answers = new Map<string, Answer>();
  for (const answer of handIn.answers) {
    const key = catalogueKey(answer);
    if (!answers.has(key)) answers.set(key, answer);
  }
  const items: GradedItem[] = [];
  // One after the other: a sandbox runs one check at a time.
  for (const item of assignment.items) {
    items.push(await gradeItem(item, answers.get(catalogueKey(item)), handIn, assignment, context));
  }
  const sum = (of: 'earned' | 'points' | 'claimedEarned'): number =>
    roundPoints(items.reduce((total, item) => total + item[of], 0));
  return {
    student: handIn.student,
    receipt: handIn.receipt,
    claimedAt: handIn.handedInAt,
    items,
    earned: sum('earned'),
    possible: sum('points'),
    claimedEarned: sum('claimedEarned'),
    toMark: items.filter(waitsForPerson).length,
    remarks: await handInRemarks(handIn, assignment),
    elapsedMs: performance.now() - startedAt,
  };
};

const requireAssignment = (handIn: HandIn, { id, title }: Assignment): void => {
  if (handIn.assignment.id === id) return;
  throw new ReaderError({
    code: 'hand-in-of-another-assignment',
    explain: `This hand-in answers another assignment: “${handIn.assignment.title}” (${handIn.assignment.id}).`,
    elaborate: `The one that is being graded is “${title}” (${id}).`,
    hint: 'Ask the student for the right file, or grade it with its own assignment.',
  });
};

const gradeItem = async (
  item: Item,
  answer: Answer | undefined,
  { student }: HandIn,
  assignment: Assignment,
  context: GradeContext,
): Promise<GradedItem> => {
  if (item.kind === 'exercise' && answer?.kind === 'exercise') {
    return gradeExercise(item, answer, { assignment, student }, context);
  }
  if (item.kind === 'quiz' && answer?.kind === 'quiz') {
    return gradeQuiz(item, answer, assignment, context);
  }
  if (item.kind === 'written' && answer?.kind === 'written') return gradeWritten(item, answer);
  return blank(item);
};

const handInRemarks = async (handIn: HandIn, assignment: Assignment): Promise<Remark[]> => {
  const remarks: Remark[] = [];
  if (!(await verifyReceipt(handIn))) {
    remarks.push({
      code: 'receipt-differs',
      text: 'The receipt does not fit the rest of the file: it was changed after it was made. The marks are by what it holds now.',
    });
  }
  if (handIn.assignment.hash !== (await assignmentHash(assignment))) {
    remarks.push({
      code: 'assignment-differs',
      text: 'The student had another edition of the assignment than this one.',
    });
  }
  const asked = new Set(assignment.items.map(catalogueKey));
  const given = handIn.answers.map(catalogueKey);
  const strange = given.filter((key) => !asked.has(key));
  if (strange.length > 0) {
    remarks.push({
      code: 'not-asked',
      text: `It answers what was not asked: ${strange.slice(0, 6).join(', ')}. That counts nothing.`,
    });
  }
  if (new Set(given).size < given.length) {
    remarks.push({ code: 'answered-twice', text: 'It answers one item twice. The first counts.' });
  }
  if (handIn.book !== assignment.book) {
    remarks.push({
      code: 'other-printing',
      text: `It was written in printing ${handIn.book} of the book; the assignment was made in ${assignment.book}.`,
    });
  }
  if (Date.parse(handIn.handedInAt) < Date.parse(handIn.startedAt)) {
    remarks.push({
      code: 'clock',
      text: 'By its own clock it was handed in before it was begun.',
    });
  }
  return remarks;
};
