import type { Assignment } from '../../schemas/assignment.ts';
import type { HandIn } from '../../schemas/hand-in.ts';
import { ReaderError } from '../../shared/reader-error.ts';
import { parseHandIn, readHandIn } from '../hand-in-file.ts';
import { isHandInText, readHandInText } from '../hand-in-text.ts';
import { isSealed, readSealed, unseal } from '../seal.ts';
import { fileText } from './file-text.ts';

/** What a file is opened with. */
export interface OpenWith {
  assignment: Pick<Assignment, 'id' | 'title'>;
  /** The assignment's private key, for sealed hand-ins. */
  privateKey?: JsonWebKey;
}

/**
 * The hand-in that a file holds, open, sealed or as pasted text, of this assignment. Its part for people is dropped:
 * nothing is read of it.
 *
 * @throws ReaderError what {@link fileText}, `readHandIn`, `readHandInText`, `readSealed` and `unseal` throw;
 *   `file-not-a-hand-in`, `sealed-locked`, `hand-in-of-another-assignment`
 */
export const openHandIn = async (
  bytes: Uint8Array,
  { assignment, privateKey }: OpenWith,
): Promise<HandIn> => {
  let text = unwrapped(fileText(bytes));
  let value = parsed(text);
  if (isSealed(value)) {
    const sealed = readSealed(text);
    if (sealed.assignment !== assignment.id) throw ofAnother(assignment, sealed.assignment);
    if (privateKey === undefined) throw locked();
    text = await unseal(sealed, privateKey);
    value = parsed(text);
  }
  // The reader of files says best why a text is no JSON.
  const handIn = value === undefined ? readHandIn(text) : parseHandIn(value);
  if (handIn.assignment.id !== assignment.id) {
    throw ofAnother(assignment, `“${handIn.assignment.title}”, ${handIn.assignment.id}`);
  }
  return { ...handIn, readMe: [] };
};

/** A file as it is, or the one within a pasted text. */
const unwrapped = (text: string): string => {
  if (/^\s*[{[]/u.test(text)) return text;
  if (isHandInText(text)) return readHandInText(text);
  throw new ReaderError({
    code: 'file-not-a-hand-in',
    explain: 'This file is not a hand-in: there is none in its text.',
    hint: 'Ask the student for the file that the book gave at Hand in, or for the text to paste.',
  });
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

const ofAnother = ({ title, id }: OpenWith['assignment'], came: string): ReaderError =>
  new ReaderError({
    code: 'hand-in-of-another-assignment',
    explain: 'This is a hand-in of another assignment.',
    elaborate: `It is of ${came}; “${title}”, ${id}, is being graded.`,
    hint: 'Grade it with its own assignment, or ask the student for the right file.',
  });

const locked = (): ReaderError =>
  new ReaderError({
    code: 'sealed-locked',
    explain: 'This hand-in is sealed.',
    hint: 'Load the key file that was saved when the assignment was made, and drop the hand-ins again.',
  });
