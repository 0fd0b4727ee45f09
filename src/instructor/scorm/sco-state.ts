/**
 * The student's answers as a line of plain ASCII: SCORM 1.2 keeps 4,096 bytes of `cmi.suspend_data`, and some systems
 * count bytes, some characters. `hw1:<mark>:021.1..3`: the options tried of each question, in order.
 */
import type { ScormQuestion } from './course.ts';

/** Below the 4,096 of the standard, since systems escape and wrap what they keep. */
export const MOST_SUSPEND = 3_800;
/** Tries kept of a question; there are five options at most. */
export const MOST_TRIES = 40;

const VERSION = 'hw1';

/** Options tried, question by question. */
export type Tries = readonly (readonly number[])[];

type Shape = Pick<ScormQuestion, 'id' | 'options'>;

/** Eight hexadecimal figures that change when the questions do: answers to others are not taken for answers to these. */
export function questionsMark(questions: readonly Shape[]): string {
  const text = questions
    .map(({ id, options }) => `${id}/${options.map(({ correct }) => (correct ? 1 : 0)).join('')}`)
    .join('\n');
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

export const noTries = (questions: number): Tries => Array.from({ length: questions }, () => []);

/** The tries with one more; past {@link MOST_TRIES} the newest takes the place of the last. */
export const withTry = (tries: Tries, question: number, option: number): Tries =>
  tries.map((tried, index) =>
    index === question ? [...tried.slice(0, MOST_TRIES - 1), option] : tried,
  );

export const writeTries = (mark: string, tries: Tries): string =>
  `${VERSION}:${mark}:${tries.map((tried) => tried.slice(0, MOST_TRIES).join('')).join('.')}`;

/**
 * What {@link writeTries} wrote, or undefined if it is anything else: empty, cut off, of other questions.
 *
 * @param options how many options each question has
 */
export function readTries(
  text: string,
  mark: string,
  options: readonly number[],
): Tries | undefined {
  const head = `${VERSION}:${mark}:`;
  if (text.length > MOST_SUSPEND || !text.startsWith(head)) return undefined;
  const parts = text.slice(head.length).split('.');
  if (parts.length !== options.length) return undefined;
  const fits = parts.every(
    (part, index) =>
      part.length <= MOST_TRIES &&
      [...part].every((digit) => /^\d$/.test(digit) && Number(digit) < options[index]!),
  );
  return fits ? parts.map((part) => [...part].map(Number)) : undefined;
}

/** Of two states of one student, that with more in it: answers are only ever added. */
export function fuller(one: Tries | undefined, other: Tries | undefined): Tries | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  const size = (tries: Tries): number => tries.reduce((total, { length }) => total + length, 0);
  return size(other) > size(one) ? other : one;
}
