import type { Answer, HandIn } from '../schemas/hand-in.ts';

/** Titles by item: `exercise magnitude-mask` → “The mask, and the weights that tie”. */
export type ItemTitles = Readonly<Record<string, string>>;

/** What a title is looked up under. */
export const titleKey = ({ kind, id }: Pick<Answer, 'kind' | 'id'>): string => `${kind} ${id}`;

/**
 * A hand-in for people: who, what, when, and each answer in full. It stands first in the file, so that it can be read
 * where the file is opened as text; nothing is ever read back from it.
 */
export const handInReadMe = (
  handIn: Omit<HandIn, 'readMe' | 'receipt'>,
  receipt: string,
  titles: ItemTitles = {},
): string[] => {
  const { assignment, student, book, startedAt, handedInAt, answers } = handIn;
  return [
    'A hand-in of The Adventure of the Heavy Weights. Hand in this file as it is.',
    'Instructors: the Grade page of the book reads it and runs every answer again.',
    '',
    `Assignment: ${oneLine(assignment.title)} (${assignment.id})`,
    `Student: ${oneLine(student.name)}${student.id.trim() === '' ? '' : ` (${oneLine(student.id)})`}`,
    `Begun: ${startedAt}`,
    `Handed in: ${handedInAt}, by the student’s own clock`,
    `Printing of the book: ${oneLine(book)}`,
    `Receipt: ${receipt}`,
    ...answers.flatMap((answer, index) => [
      '',
      `${index + 1}. ${Object.hasOwn(titles, titleKey(answer)) ? oneLine(titles[titleKey(answer)]!) : answer.id}`,
      ...answerLines(answer),
    ]),
  ];
};

const answerLines = (answer: Answer): string[] => {
  if (answer.kind === 'quiz') {
    const tried = answer.tried.map((option) => String.fromCharCode(65 + (option % 26)));
    return [tried.length === 0 ? '   Not answered.' : `   Options tried: ${tried.join(', ')}.`];
  }
  if (answer.kind === 'written') return indented(answer.text);
  const { claimed, attempts, hintsShown, solutionShown, code } = answer;
  return [
    `   The student’s page says: ${claimed.checks} of ${claimed.of} checks passed. Attempts: ${attempts}. Hints: ${hintsShown}. Solution ${solutionShown ? 'opened' : 'not opened'}.`,
    ...indented(code),
  ];
};

const indented = (text: string): string[] => text.split(/\r\n|\r|\n/).map((line) => `   ${line}`);

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
