import { buildHandIn, writeHandIn } from '../../../instructor/hand-in-file.ts';
import { handInText } from '../../../instructor/hand-in-text.ts';
import { seal, writeSealed } from '../../../instructor/seal.ts';
import type { Assignment } from '../../../schemas/assignment.ts';
import type { Answer, Student } from '../../../schemas/hand-in.ts';

/** What Hand in gives: a file and the same as a text, with the receipt of what is in it. */
export interface MadeHandIn {
  fileName: string;
  /** What the file holds: sealed, if the assignment asks for it. */
  file: string;
  paste: string;
  receipt: string;
  /** ISO, by this device's clock. */
  at: string;
  answered: number;
}

export interface HandInInput {
  assignment: Assignment;
  student: Student;
  book: string;
  startedAt: string;
  now: Date;
  answers: Answer[];
  titles: Readonly<Record<string, string>>;
}

/** Letters and figures of a name, for a file: `Ada Lovelace` → `ada-lovelace`. */
const slug = (text: string): string =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    // Not in the middle of a letter that takes two code units.
    .match(/^.{0,40}/u)?.[0] ?? '';

/** `hand-in-quantization-ada-lovelace-20261126-1405.json`, with the minute in UTC. */
export const handInFileName = (title: string, student: Student, at: Date): string => {
  const minute = at.toISOString().slice(0, 16).replaceAll(/[-:]/g, '').replace('T', '-');
  const parts = ['hand-in', slug(title), slug(student.name) || slug(student.id), minute];
  return `${parts.filter(Boolean).join('-')}.json`;
};

/**
 * Makes a hand-in.
 *
 * @throws ReaderError `hand-in-damaged` if an answer is longer than a hand-in may hold
 */
export const makeHandIn = async ({
  assignment,
  student,
  book,
  startedAt,
  now,
  answers,
  titles,
}: HandInInput): Promise<MadeHandIn> => {
  const at = now.toISOString();
  const handIn = await buildHandIn({
    assignment,
    student,
    book,
    startedAt,
    handedInAt: at,
    answers,
    titles,
  });
  const open = writeHandIn(handIn);
  const { sealKey } = assignment;
  const file = sealKey === undefined ? open : writeSealed(await seal(open, assignment.id, sealKey));
  return {
    fileName: handInFileName(assignment.title, student, now),
    file,
    paste: handInText(file),
    receipt: handIn.receipt,
    at,
    answered: answers.length,
  };
};
