/**
 * A hand-in, open or sealed, as text to paste where no file can be handed in: packed, in lines that mail programs leave
 * alone, between two lines that are found again whatever the form around them adds.
 */
import { handInCaps } from '../schemas/hand-in.ts';
import { packText, unpackText } from '../shared/packed-text.ts';
import { ReaderError } from '../shared/reader-error.ts';

const BEGIN = 'BEGIN HEAVY WEIGHTS HAND-IN';
const END = 'END HEAVY WEIGHTS HAND-IN';
const LINE = 64;
const BEGINS = /BEGIN\s+HEAVY\s+WEIGHTS\s+HAND.?IN/i;
const ENDS = /\bEND\s+HEAVY\s+WEIGHTS\s+HAND.?IN/i;

/** Whether a text holds a pasted hand-in, whole or cut. */
export const isHandInText = (text: string): boolean => BEGINS.test(text);

/** The text to paste for a hand-in's file. */
export const handInText = (file: string): string => {
  // Base64 with + and /: some editors turn the two hyphens of the other kind into a dash.
  const packed = packText(file).replaceAll('-', '+').replaceAll('_', '/');
  const lines = packed.match(new RegExp(`.{1,${LINE}}`, 'g')) ?? [];
  return [`=== ${BEGIN} ===`, ...lines, `=== ${END} ===`, ''].join('\n');
};

/**
 * The hand-in's file within a pasted text. Marks of quotation, tags, spaces and ends of lines that were added on the way
 * do not matter.
 *
 * @throws ReaderError `hand-in-text-missing`, `hand-in-text-cut`, `hand-in-text-damaged`
 */
export const readHandInText = (text: string): string => {
  const begin = BEGINS.exec(text);
  if (begin === null) throw fault('missing', 'There is no pasted hand-in in this text.');
  const rest = text.slice(begin.index + begin[0].length);
  // Searched once each: one expression over both would try every beginning against the whole text.
  const end = rest.search(ENDS);
  if (end < 0) {
    throw fault('cut', `The pasted hand-in was cut short: its last line, “${END}”, is missing.`);
  }
  const packed = rest
    .slice(0, end)
    // A form may have kept it as HTML.
    .replace(/<[^<>]{0,200}>|&#?[a-z0-9]{1,8};/gi, '')
    .replace(/[^A-Za-z0-9+/]/g, '')
    .replaceAll('+', '-')
    .replaceAll('/', '_');
  const unpacked = unpackText(packed, handInCaps.file);
  if ('text' in unpacked) return unpacked.text;
  throw fault(
    'damaged',
    unpacked.fault === 'too-much'
      ? 'The pasted hand-in unpacks to more than any hand-in holds.'
      : 'The pasted hand-in is damaged: a part of it was lost or changed.',
  );
};

const fault = (code: string, explain: string): ReaderError =>
  new ReaderError({
    code: `hand-in-text-${code}`,
    explain,
    hint: 'Ask the student to paste the whole text again, or to hand in the file.',
  });
