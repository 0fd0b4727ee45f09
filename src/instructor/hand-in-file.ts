import type { Assignment } from '../schemas/assignment.ts';
import {
  handInCaps,
  handInFormat,
  handInSchema,
  handInVersion,
  type Answer,
  type HandIn,
  type Student,
} from '../schemas/hand-in.ts';
import { assignmentHash } from './assignment-file.ts';
import { canonicalJson } from './canonical-json.ts';
import { handInReadMe, type ItemTitles } from './hand-in-read-me.ts';
import { sha256Hex } from './hash.ts';
import { parseVersioned, readVersioned, type FileKind } from './versioned-file.ts';

/** What a hand-in's file is. A new version adds a step to `steps`, and a frozen file to the tests. */
const handInFile: FileKind<HandIn> = {
  what: 'hand-in',
  code: 'hand-in',
  format: handInFormat,
  version: handInVersion,
  most: handInCaps.file,
  schema: handInSchema,
  steps: {},
  hint: 'Ask the student to press Hand in again, and to hand in the new file unopened.',
};

export interface HandInParts {
  assignment: Assignment;
  student: Student;
  /** The student's printing of the book. */
  book: string;
  startedAt: string;
  handedInAt: string;
  answers: Answer[];
  titles?: ItemTitles;
}

/**
 * A hand-in with its receipt.
 *
 * @throws ReaderError `hand-in-damaged` if an answer is larger than a hand-in may hold, or the name is missing
 */
export const buildHandIn = async ({
  assignment,
  student,
  book,
  startedAt,
  handedInAt,
  answers,
  titles,
}: HandInParts): Promise<HandIn> => {
  const body: Omit<HandIn, 'readMe' | 'receipt'> = {
    format: handInFormat,
    version: handInVersion,
    assignment: {
      id: assignment.id,
      title: assignment.title,
      hash: await assignmentHash(assignment),
    },
    student: { name: student.name.trim(), id: student.id.trim() },
    book,
    startedAt,
    handedInAt,
    answers,
  };
  const receipt = await sha256Hex(canonicalJson(body));
  return parseVersioned(
    { readMe: handInReadMe(body, receipt, titles), ...body, receipt },
    handInFile,
  );
};

/** The text of a hand-in's file: what people read first. */
export const writeHandIn = ({ readMe, ...rest }: HandIn): string =>
  `${JSON.stringify({ readMe, ...rest }, null, 2)}\n`;

/**
 * Reads a hand-in's file, of this version or an older one. What it claims is not thereby true.
 *
 * @throws ReaderError `hand-in-too-large`, `hand-in-not-json`, `hand-in-wrong-format`, `hand-in-newer`, `hand-in-damaged`
 */
export const readHandIn = (text: string): HandIn => readVersioned(text, handInFile);

/** The same from parsed JSON. */
export const parseHandIn = (value: unknown): HandIn => parseVersioned(value, handInFile);

/** The receipt that fits what a hand-in holds. */
export const receiptOf = ({ readMe: _, receipt: _receipt, ...body }: HandIn): Promise<string> =>
  sha256Hex(canonicalJson(body));

/**
 * Whether a hand-in is as the page wrote it. It shows damage and careless changes; who knows how can make a receipt for
 * anything, so it proves nothing of who wrote the answers.
 */
export const verifyReceipt = async (handIn: HandIn): Promise<boolean> =>
  (await receiptOf(handIn)) === handIn.receipt;
