import { ReaderError } from '../../../shared/reader-error.ts';
import { crc32 } from '../../compression/crc32.ts';
import { inflateWithin } from './inflate.ts';

/** One file in a zip, as the list at its end tells of it. */
interface Entry {
  name: string;
  method: number;
  crc: number;
  size: number;
  packedSize: number;
  headerAt: number;
}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const END_BYTES = 22;
const CENTRAL_BYTES = 46;
const LOCAL_BYTES = 30;
const MOST_COMMENT = 65_535;
const MOST_ENTRIES = 10_000;
const ENCRYPTED = 1;
const STORED = 0;
const DEFLATED = 8;
const ZIP64 = 0xffffffff;

/** Whether bytes begin as a zip does. @internal */
export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;
}

/**
 * The files of a zip by name, each unpacked when it is asked for, to at most so many bytes.
 *
 * What the zip says of itself is checked first: names that lead elsewhere or are there twice, files that lie over each
 * other, and encrypted ones are refused.
 *
 * @throws ReaderError `zip-invalid`, `zip-unsupported`
 * @see PKWARE, APPNOTE.TXT, version 6.3.10, section 4.3
 * @internal
 */
export function readZip(bytes: Uint8Array): Map<string, (mostBytes: number) => Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { count, at } = findEnd(view);
  const entries = readCentral(bytes, view, count, at);
  requireApart(entries, view, at);
  return new Map(
    entries.map((entry) => [entry.name, (mostBytes) => unpack(bytes, view, entry, mostBytes)]),
  );
}

function findEnd(view: DataView): { count: number; at: number } {
  const last = view.byteLength - END_BYTES;
  for (let at = last; at >= Math.max(0, last - MOST_COMMENT); at--) {
    if (view.getUint32(at, true) !== END) continue;
    if (at + END_BYTES + view.getUint16(at + 20, true) !== view.byteLength) continue;
    const disks = view.getUint32(at + 4, true);
    const count = view.getUint16(at + 10, true);
    const size = view.getUint32(at + 12, true);
    const start = view.getUint32(at + 16, true);
    if (disks !== 0 || count !== view.getUint16(at + 8, true)) {
      throw unsupported('a zip in several parts');
    }
    if (start + size !== at) throw invalid('its list of files is not where it says');
    if (count > MOST_ENTRIES) throw invalid(`it lists ${count} files`);
    return { count, at: start };
  }
  throw invalid('its list of files, which is at the end, is not there: the file was cut');
}

function readCentral(bytes: Uint8Array, view: DataView, count: number, start: number): Entry[] {
  const names = new Set<string>();
  let at = start;
  return Array.from({ length: count }, () => {
    if (at + CENTRAL_BYTES > bytes.length || view.getUint32(at, true) !== CENTRAL) {
      throw invalid('its list of files is shorter than it says');
    }
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const commentLength = view.getUint16(at + 32, true);
    const next = at + CENTRAL_BYTES + nameLength + extraLength + commentLength;
    if (next > bytes.length) throw invalid('its list of files is shorter than it says');
    const name = readName(bytes.subarray(at + CENTRAL_BYTES, at + CENTRAL_BYTES + nameLength));
    if (names.has(name)) throw invalid(`the file ${name} is in it twice`);
    names.add(name);
    if (view.getUint16(at + 8, true) & ENCRYPTED) throw unsupported(`the file ${name}, encrypted`);
    const entry = {
      name,
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packedSize: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      headerAt: view.getUint32(at + 42, true),
    };
    if ([entry.packedSize, entry.size, entry.headerAt].includes(ZIP64)) {
      throw unsupported(`the file ${name}, of more than 4 GB`);
    }
    at = next;
    return entry;
  });
}

/** Names are paths below the zip itself. */
function readName(encoded: Uint8Array): string {
  let name: string;
  try {
    name = new TextDecoder('utf-8', { fatal: true }).decode(encoded);
  } catch {
    throw invalid('the name of a file in it is no text in UTF-8');
  }
  const leadsAway =
    name === '' ||
    name.startsWith('/') ||
    /^[a-z]:/i.test(name) ||
    name.includes('\\') ||
    name.includes('\0') ||
    name.split('/').includes('..');
  if (leadsAway) throw invalid(`the name ${JSON.stringify(name.slice(0, 60))} leads out of it`);
  return name;
}

/** A zip bomb can list one piece of data many times. */
function requireApart(entries: readonly Entry[], view: DataView, end: number): void {
  const inOrder = entries.toSorted((a, b) => a.headerAt - b.headerAt);
  for (const [index, entry] of inOrder.entries()) {
    const next = inOrder[index + 1]?.headerAt ?? end;
    if (dataStart(view, entry) + entry.packedSize > next) {
      throw invalid(`the file ${entry.name} lies over what follows it`);
    }
  }
}

function dataStart(view: DataView, { headerAt, name }: Entry): number {
  if (headerAt + LOCAL_BYTES > view.byteLength || view.getUint32(headerAt, true) !== LOCAL) {
    throw invalid(`the file ${name} is not where it should be`);
  }
  const lengths = view.getUint16(headerAt + 26, true) + view.getUint16(headerAt + 28, true);
  return headerAt + LOCAL_BYTES + lengths;
}

function unpack(bytes: Uint8Array, view: DataView, entry: Entry, mostBytes: number): Uint8Array {
  const { name, size, packedSize, method, crc } = entry;
  if (size > mostBytes) {
    throw invalid(`the file ${name} would take ${size} bytes; at most ${mostBytes} are read`);
  }
  const start = dataStart(view, entry);
  const packed = bytes.subarray(start, start + packedSize);
  if (method !== STORED && method !== DEFLATED) {
    throw unsupported(`the file ${name}, packed by method ${method}`);
  }
  const unpacked = method === DEFLATED ? inflateWithin(packed, size) : packed;
  if (unpacked?.length !== size) throw invalid(`the file ${name} is not of the size it says`);
  if (crc32(unpacked) !== crc) throw invalid(`the checksum of the file ${name} does not fit`);
  return unpacked;
}

function invalid(what: string): ReaderError {
  return new ReaderError({
    code: 'zip-invalid',
    explain: `The zip file is damaged: ${what}.`,
    hint: 'Download it or save it again; a .keras file is a zip, and must not be changed on its way.',
  });
}

function unsupported(what: string): ReaderError {
  return new ReaderError({
    code: 'zip-unsupported',
    explain: `The zip file holds what is not read here: ${what}.`,
    hint: 'Save the model again with model.save in Keras.',
  });
}
