import { Hdf5Bytes, Hdf5Cursor } from './hdf5-bytes.ts';
import { hdf5Invalid, hdf5Truncated } from './hdf5-errors.ts';

const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
/** A file may begin after bytes of something else: at 0, 512, 1024, 2048, … */
const FIRST_USER_BLOCK = 512;

/** Where an HDF5 file begins in the bytes; undefined where there is none. @internal */
export function findHdf5(bytes: Uint8Array): number | undefined {
  for (
    let at = 0;
    at + SIGNATURE.length <= bytes.length;
    at = at === 0 ? FIRST_USER_BLOCK : at * 2
  ) {
    if (SIGNATURE.every((byte, i) => bytes[at + i] === byte)) return at;
  }
  return undefined;
}

/** The file with the sizes its numbers have, and the address of its root group's header. */
export interface Superblock {
  file: Hdf5Bytes;
  root: number;
}

/**
 * Reads the superblock, versions 0 to 3.
 *
 * @throws ReaderError `hdf5-invalid`, `hdf5-truncated`
 * @see HDF5 File Format Specification, version 3.0, section II.A
 * @internal
 */
export function readSuperblock(bytes: Uint8Array, start: number): Superblock {
  const cursor = new Hdf5Cursor(new Hdf5Bytes(bytes, start), start, bytes.length, 'the superblock');
  cursor.skip(SIGNATURE.length);
  const version = cursor.u8();
  if (version > 3) {
    throw hdf5Invalid(`its superblock is of version ${version}; those known are 0 to 3`);
  }
  if (version >= 2) {
    const sizes = { offsetSize: cursor.u8(), lengthSize: cursor.u8() };
    cursor.skip(1);
    return finish(cursor, bytes, start, sizes, () => cursor.offset());
  }
  cursor.skip(4);
  const sizes = { offsetSize: cursor.u8(), lengthSize: cursor.u8() };
  // Reserved, how full nodes are, flags.
  cursor.skip(version === 0 ? 9 : 13);
  return finish(cursor, bytes, start, sizes, () => {
    cursor.offset();
    // The root's entry: name, then its header.
    cursor.offset();
    return cursor.offset();
  });
}

function finish(
  cursor: Hdf5Cursor,
  bytes: Uint8Array,
  start: number,
  sizes: { offsetSize: number; lengthSize: number },
  rootOf: () => number,
): Superblock {
  for (const size of Object.values(sizes)) {
    if (size !== 4 && size !== 8) throw hdf5Invalid(`its addresses would be of ${size} bytes`);
  }
  Object.assign(cursor.file, sizes);
  const base = cursor.offset();
  // In files with something before them some writers give the address in the whole, others 0.
  if (base !== 0 && base !== start) {
    throw hdf5Invalid(`it says that it begins at byte ${base}, and begins at ${start}`);
  }
  // Free space, or an extension; then the end.
  cursor.offset();
  const end = cursor.offset();
  if (end > bytes.length) {
    throw hdf5Truncated(`it says that it is ${end} bytes long, and ${bytes.length} came`);
  }
  return { file: cursor.file, root: rootOf() };
}
