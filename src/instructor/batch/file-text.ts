import { ReaderError } from '../../shared/reader-error.ts';

const ask = 'Ask the student for the file that the book gave at Hand in, which ends in .json.';

/** What files begin with that students hand in by mistake. */
const KINDS: readonly (readonly [string, readonly number[]])[] = [
  ['a PDF', [0x25, 0x50, 0x44, 0x46]],
  ['a picture (PNG)', [0x89, 0x50, 0x4e, 0x47]],
  ['a picture (JPEG)', [0xff, 0xd8, 0xff]],
  ['an archive of another kind (7z)', [0x37, 0x7a, 0xbc, 0xaf]],
  ['an archive of another kind (RAR)', [0x52, 0x61, 0x72, 0x21]],
  ['an archive of another kind (gzip)', [0x1f, 0x8b]],
];

/**
 * The text of a file: UTF-8, or UTF-16 where it says so with its mark, without that mark.
 *
 * @throws ReaderError `file-not-text`
 */
export const fileText = (bytes: Uint8Array): string => {
  const kind = KINDS.find(([, start]) => start.every((byte, index) => bytes[index] === byte))?.[0];
  if (kind !== undefined) throw notText(`it is ${kind}`);
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : 'utf-8';
  let text: string;
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw notText('its bytes are no text in UTF-8');
  }
  if (text.includes('\0')) throw notText('it holds bytes that are in no text');
  return text;
};

const notText = (what: string): ReaderError =>
  new ReaderError({
    code: 'file-not-text',
    explain: `This file is not a hand-in: ${what}.`,
    hint: ask,
  });
