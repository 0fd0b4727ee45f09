import { crc32 } from '../../engine/compression/crc32.ts';
import { inflateWithin } from '../../engine/keras/zip/inflate.ts';
import { ReaderError } from '../../shared/reader-error.ts';
import type { BatchCaps } from './batch-caps.ts';
import { bytesOf, damaged, type ZipEntry } from './zip-directory.ts';

const LOCAL = 0x04034b50;
const LOCAL_BYTES = 30;
const STORED = 0;
const DEFLATED = 8;

/**
 * Why an entry is not unpacked, by what the archive says of it; whatever it says, {@link unpackEntry} stops at the size.
 */
export const entryFault = (entry: ZipEntry, caps: BatchCaps): ReaderError | undefined => {
  const { size, packedSize, method, encrypted } = entry;
  const unpacked = size.toLocaleString('en-GB');
  if (encrypted) {
    return unsupported('is locked with a password', 'Ask the student for it without a password.');
  }
  if (method !== STORED && method !== DEFLATED) {
    return unsupported(`is packed in a way that is not read here (${method})`, ask);
  }
  if (size > caps.entry) {
    return new ReaderError({
      code: 'file-too-large',
      explain: `This file would take ${unpacked} bytes; a hand-in has at most ${caps.entry.toLocaleString('en-GB')}.`,
      hint: ask,
    });
  }
  if (size > caps.freeOfRatio && size > packedSize * caps.ratio) {
    return new ReaderError({
      code: 'zip-bomb',
      explain: `This file is packed as a zip bomb is: ${packedSize.toLocaleString('en-GB')} bytes would become ${unpacked}.`,
      elaborate: 'It was not unpacked.',
      hint: ask,
    });
  }
  return undefined;
};

/** Entries whose data lie over those of another, by their place in the list: one piece of data listed many times. */
export const overlapping = (entries: readonly ZipEntry[]): Set<ZipEntry> => {
  const over = new Set<ZipEntry>();
  const inOrder = entries.toSorted((a, b) => a.headerAt - b.headerAt);
  let end = 0;
  for (const entry of inOrder) {
    if (entry.headerAt < end) over.add(entry);
    end = Math.max(end, entry.headerAt + LOCAL_BYTES + entry.packedSize);
  }
  return over;
};

/**
 * One file of a zip, unpacked and compared with the size and the checksum that the zip gives.
 *
 * @throws ReaderError `zip-damaged`
 */
export const unpackEntry = async (blob: Blob, entry: ZipEntry): Promise<Uint8Array> => {
  const { headerAt, packedSize, size, method, crc } = entry;
  const header = await bytesOf(blob, headerAt, headerAt + LOCAL_BYTES);
  const view = new DataView(header.buffer);
  if (header.length < LOCAL_BYTES || view.getUint32(0, true) !== LOCAL) {
    throw damaged('this file is not where it should be');
  }
  const start = headerAt + LOCAL_BYTES + view.getUint16(26, true) + view.getUint16(28, true);
  const packed = await bytesOf(blob, start, start + packedSize);
  if (packed.length !== packedSize) throw damaged('this file is cut short');
  const bytes = method === DEFLATED ? inflateWithin(packed, size) : packed;
  if (bytes?.length !== size) throw damaged('this file is not of the size that it says');
  if (crc32(bytes) !== crc) throw damaged('the checksum of this file does not fit');
  return bytes;
};

const ask = 'Ask the student for the file that the book gave at Hand in.';

const unsupported = (what: string, hint: string): ReaderError =>
  new ReaderError({ code: 'zip-unsupported', explain: `This file ${what}.`, hint });
