import { ReaderError } from '../../shared/reader-error.ts';

export type TableEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** The text of a table, its byte order mark with it, and what it takes to write it as it was. */
export interface TableText {
  text: string;
  encoding: TableEncoding;
}

const MOST_BYTES = 20_000_000;
const hint =
  'Export the gradebook from the course system again, as CSV, and drop that file as it is.';

/**
 * Decodes a table: UTF-8, UTF-16 where it has the mark, else the one-byte kind that older programs write.
 *
 * @throws ReaderError `gradebook-too-large`, `gradebook-is-excel`, `gradebook-not-text`
 */
export const decodeTable = (bytes: Uint8Array): TableText => {
  if (bytes.length > MOST_BYTES) {
    throw new ReaderError({
      code: 'gradebook-too-large',
      explain: `This file has ${bytes.length.toLocaleString('en-GB')} bytes; a gradebook has at most ${MOST_BYTES.toLocaleString('en-GB')}.`,
      hint,
    });
  }
  const starts = (...expected: number[]): boolean =>
    expected.every((byte, index) => bytes[index] === byte);
  if (starts(0x50, 0x4b) || starts(0xd0, 0xcf, 0x11, 0xe0)) {
    throw new ReaderError({
      code: 'gradebook-is-excel',
      explain: 'This is a spreadsheet of Excel, or an archive; a table in CSV is read here.',
      hint,
    });
  }
  const encoding = starts(0xff, 0xfe) ? 'utf-16le' : starts(0xfe, 0xff) ? 'utf-16be' : 'utf-8';
  const table = decodeAs(bytes, encoding) ?? decodeAs(bytes, 'windows-1252');
  if (table !== undefined && !table.text.includes('\0')) return table;
  throw new ReaderError({
    code: 'gradebook-not-text',
    explain: 'This file is not a table in CSV: it holds bytes that are in no text.',
    hint,
  });
};

const decodeAs = (bytes: Uint8Array, encoding: TableEncoding): TableText | undefined => {
  try {
    const text = new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
    return { text, encoding };
  } catch {
    return undefined;
  }
};

/** The bytes of a table: those that it was decoded from, where nothing was changed. */
export const encodeTable = ({ text, encoding }: TableText): Uint8Array<ArrayBuffer> => {
  if (encoding === 'utf-8') return new TextEncoder().encode(text);
  if (encoding === 'windows-1252') {
    return Uint8Array.from(text, (character) => oneByte().get(character) ?? 0x3f);
  }
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < text.length; i++) {
    view.setUint16(2 * i, text.charCodeAt(i), encoding === 'utf-16le');
  }
  return bytes;
};

/** Each of the 256 characters of Windows-1252 and its byte. */
const oneByte = (): Map<string, number> => {
  known ??= new Map(
    Array.from(
      new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 256 }, (_, byte) => byte)),
      (character, byte): [string, number] => [character, byte],
    ),
  );
  return known;
};
let known: Map<string, number> | undefined;
