import { ReaderError } from '../../shared/reader-error.ts';
import { decodeName } from './file-name.ts';
import type { FileTime } from './file-time.ts';
import { readExtra, widen, zipTime } from './zip-extra.ts';

/** One file of a zip, as the list at its end tells of it: not believed yet. */
export interface ZipEntry {
  /** As the zip has it. */
  name: string;
  size: number;
  packedSize: number;
  method: number;
  crc: number;
  encrypted: boolean;
  headerAt: number;
  time: FileTime | undefined;
}

export interface ZipDirectory {
  entries: ZipEntry[];
  /** Entries beyond the most that are read. */
  leftOut: number;
}

const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const END64 = 0x06064b50;
const LOCATOR64 = 0x07064b50;
const CENTRAL_BYTES = 46;
const END_BYTES = 22;
const END64_BYTES = 56;
const LOCATOR64_BYTES = 20;
const MOST_COMMENT = 65_535;
const ENCRYPTED = 1;

/** Whether bytes begin as a zip does, an empty one too. */
export const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 &&
  bytes[1] === 0x4b &&
  ((bytes[2] === 3 && bytes[3] === 4) || (bytes[2] === 5 && bytes[3] === 6));

/** Some bytes of a file; fewer where it ends before. */
export const bytesOf = async (blob: Blob, from: number, to: number): Promise<Uint8Array> =>
  new Uint8Array(await blob.slice(from, to).arrayBuffer());

/**
 * The list of a zip's files, read from its end: the archive itself, which may have gigabytes, stays on the disk.
 *
 * @throws ReaderError `zip-damaged`
 * @see PKWARE, APPNOTE.TXT, version 6.3.10, section 4.3
 */
export const readZipDirectory = async (
  blob: Blob,
  most: { entries: number; directory: number },
): Promise<ZipDirectory> => {
  const { start, size } = await findDirectory(blob);
  if (size > most.directory) throw damaged(`its list of files alone would take ${size} bytes`);
  const bytes = await bytesOf(blob, start, start + size);
  const view = viewOf(bytes);
  const directory: ZipDirectory = { entries: [], leftOut: 0 };
  for (let at = 0; at < bytes.length;) {
    if (at + CENTRAL_BYTES > bytes.length || view.getUint32(at, true) !== CENTRAL) {
      throw damaged('its list of files is not whole');
    }
    const nameEnd = at + CENTRAL_BYTES + view.getUint16(at + 28, true);
    const extraEnd = nameEnd + view.getUint16(at + 30, true);
    const next = extraEnd + view.getUint16(at + 32, true);
    if (next > bytes.length) throw damaged('its list of files is not whole');
    if (directory.entries.length < most.entries) {
      directory.entries.push(readEntry(bytes, view, at, nameEnd, extraEnd));
    } else {
      directory.leftOut++;
    }
    at = next;
  }
  return directory;
};

const readEntry = (
  bytes: Uint8Array,
  view: DataView,
  at: number,
  nameEnd: number,
  extraEnd: number,
): ZipEntry => {
  const extra = readExtra(bytes.subarray(nameEnd, extraEnd));
  const [size, packedSize, headerAt] = widen(
    [view.getUint32(at + 24, true), view.getUint32(at + 20, true), view.getUint32(at + 42, true)],
    extra,
  );
  return {
    name: decodeName(bytes.subarray(at + CENTRAL_BYTES, nameEnd)),
    size,
    packedSize,
    headerAt,
    method: view.getUint16(at + 10, true),
    crc: view.getUint32(at + 16, true),
    encrypted: (view.getUint16(at + 8, true) & ENCRYPTED) !== 0,
    time: zipTime(view.getUint32(at + 12, true), extra),
  };
};

const findDirectory = async (blob: Blob): Promise<{ start: number; size: number }> => {
  const tailAt = Math.max(0, blob.size - END_BYTES - MOST_COMMENT - LOCATOR64_BYTES);
  const tail = await bytesOf(blob, tailAt, blob.size);
  const view = viewOf(tail);
  for (let at = tail.length - END_BYTES; at >= 0; at--) {
    if (view.getUint32(at, true) !== END) continue;
    if (at + END_BYTES + view.getUint16(at + 20, true) !== tail.length) continue;
    const locator = at - LOCATOR64_BYTES;
    const place =
      locator >= 0 && view.getUint32(locator, true) === LOCATOR64
        ? await findDirectory64(blob, Number(view.getBigUint64(locator + 8, true)))
        : { start: view.getUint32(at + 16, true), size: view.getUint32(at + 12, true) };
    if (place.start + place.size > tailAt + at) {
      throw damaged('its list of files is not where it says');
    }
    return place;
  }
  throw damaged('its list of files, which is at the end, is not there: the file was cut short');
};

const findDirectory64 = async (
  blob: Blob,
  at: number,
): Promise<{ start: number; size: number }> => {
  const bytes = await bytesOf(blob, at, at + END64_BYTES);
  const view = viewOf(bytes);
  if (bytes.length < END64_BYTES || view.getUint32(0, true) !== END64) {
    throw damaged('its list of files is not where it says');
  }
  return {
    start: Number(view.getBigUint64(48, true)),
    size: Number(view.getBigUint64(40, true)),
  };
};

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** A zip that does not say what it holds. */
export const damaged = (what: string): ReaderError =>
  new ReaderError({
    code: 'zip-damaged',
    explain: `The zip file is damaged: ${what}.`,
    hint: 'Download it again, or ask for it again.',
  });
