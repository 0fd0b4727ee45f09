import type { CheckReport } from '../../../runtime/protocol.ts';
import type { GradedItem } from '../../../instructor/grade/graded.ts';
import type { WrittenItem } from '../../../schemas/assignment.ts';
import type { ExerciseAnswer } from '../../../schemas/hand-in.ts';
import { reportNodes } from '../../Exercise/results.ts';
import { make } from '../../live/dom.ts';
import { visibleText } from '../../Output/visible-text.ts';
import { diffView } from './code-view.ts';
import { counted } from './words.ts';

const note = (text: string): HTMLElement =>
  make('p', { className: 'hw-note', textContent: visibleText(text) });

/** What the student's own page said of an exercise: claims, all of them. */
const claimNote = ({ claimed, attempts, hintsShown, solutionShown }: ExerciseAnswer): string =>
  [
    `The student’s page claims ${claimed.passed ? 'a pass' : `${claimed.checks} of ${counted(claimed.of, 'check')}`}`,
    counted(attempts, 'attempt'),
    counted(hintsShown, 'hint'),
    ...(solutionShown ? ['the solution was opened'] : []),
  ].join(', ') + '.';

const reportView = (
  heading: string,
  report: CheckReport,
  goTo: (line: number) => void,
): HTMLElement => {
  const seed = note(`Its inputs were drawn with seed ${report.seed}.`);
  return make('div', { className: 'hw-results' }, [
    make('h5', { textContent: heading }),
    ...reportNodes(report, goTo),
    seed,
  ]);
};

/** A student's code beside the starter, and what the re-run found. */
export const exerciseView = (
  answer: ExerciseAnswer | undefined,
  graded: GradedItem | undefined,
  starter: string | undefined,
): Node[] => {
  if (answer === undefined) return [note('Not handed in.')];
  const root = make('div', { className: 'grade-work' });
  const goTo = (line: number): void => {
    root.querySelector(`[data-line="${line}"]`)?.scrollIntoView({ block: 'center' });
  };
  root.append(note(claimNote(answer)), ...diffView(answer.code, starter, 'The student’s code'));
  const { report, pinnedReport, privateReport, earnedByBook } = graded ?? {};
  if (pinnedReport !== undefined) {
    root.append(
      reportView('By the assignment’s version, which gives the mark', pinnedReport, goTo),
    );
  }
  if (report !== undefined) {
    const heading =
      pinnedReport === undefined
        ? 'Re-run'
        : `By the book’s version of today: ${earnedByBook ?? 0} of ${graded?.points ?? 0}`;
    root.append(reportView(heading, report, goTo));
  }
  if (privateReport !== undefined) {
    root.append(reportView('Your own checks', privateReport, goTo));
  }
  return [root];
};

/** A written answer as the text that it is, between its prompt and its rubric. */
export const writtenView = (
  item: WrittenItem,
  text: string | undefined,
  prompt: readonly Node[],
): Node[] => {
  const question = make('details', {}, [
    make('summary', { textContent: 'The question' }),
    ...prompt,
  ]);
  const empty = text === undefined || text.trim() === '';
  const answer = empty
    ? note('Not answered.')
    : make('div', { className: 'grade-written', textContent: visibleText(text), tabIndex: 0 });
  if (!empty) {
    answer.setAttribute('role', 'group');
    answer.setAttribute('aria-label', `The answer, ${counted(wordsIn(text), 'word')}`);
  }
  return [
    question,
    answer,
    ...(empty
      ? []
      : [note(`${counted(wordsIn(text), 'word')}. The question is worth ${item.points}.`)]),
  ];
};

const wordsIn = (text: string): number => text.match(/[\p{L}\p{N}’'-]+/gu)?.length ?? 0;
