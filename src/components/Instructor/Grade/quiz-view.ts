import type { GradedItem } from '../../../instructor/grade/graded.ts';
import type { QuizAnswer } from '../../../schemas/hand-in.ts';
import { make } from '../../live/dom.ts';
import { visibleText } from '../../Output/visible-text.ts';
import { triedLists, type QuestionVersions, type TriedList } from './tried-lists.ts';

const note = (text: string): HTMLElement =>
  make('p', { className: 'hw-note', textContent: visibleText(text) });

/** Which options a student tried, in order, and what each version of the question says of them. */
export const quizView = (
  answer: QuizAnswer | undefined,
  versions: QuestionVersions,
  graded: GradedItem | undefined,
): Node[] => {
  if (answer === undefined || answer.tried.length === 0) return [note('Not answered.')];
  return triedLists(answer, versions, graded).flatMap(listNodes);
};

const listNodes = ({ heading, notes, tried }: TriedList): Node[] => {
  const items = tried.map(({ text, right }) => {
    const said = right === undefined ? '' : right ? '✓ Right: ' : '✗ Wrong: ';
    const item = make('li', { textContent: visibleText(said + text) });
    if (right !== undefined) item.dataset['right'] = String(right);
    return item;
  });
  const label = `Options tried, in order${heading === undefined ? '' : `. ${heading}`}`;
  return [
    ...(heading === undefined ? [] : [make('h5', { textContent: heading })]),
    ...notes.map(note),
    ...(items.length === 0
      ? []
      : [make('ol', { className: 'grade-tried', ariaLabel: label }, items)]),
  ];
};
