import { ReaderError } from '../shared/reader-error.ts';
import { isZip, readZip } from '../engine/keras/zip/read-zip.ts';
import { readNpy, type NpyArray } from './npy.ts';

export { readNpy } from './npy.ts';
export type { NpyArray } from './npy.ts';

const MOST_BYTES = 256 * 2 ** 20;

/**
 * Reads a .npz file: a zip archive of arrays, as `numpy.savez` and `numpy.savez_compressed` write it. Sizes are counted
 * as bytes come out of the archive, whatever it says of them.
 *
 * @param bytes - the whole file
 * @param mostBytes - of all arrays together, unpacked; 256 MB unless told
 * @returns the arrays by name, without `.npy`; entries that are no arrays are left out
 * @throws ReaderError `npz-not-one`, `npz-no-arrays`, `zip-invalid` and `zip-unsupported` of {@link readZip}, and those
 *   of {@link readNpy}, naming the entry
 */
export function readNpz(bytes: Uint8Array, mostBytes = MOST_BYTES): Map<string, NpyArray> {
  if (!isZip(bytes)) throw notOne(bytes);
  const arrays = new Map<string, NpyArray>();
  let left = mostBytes;
  for (const [name, unpack] of unzip(() => readZip(bytes))) {
    if (!name.endsWith('.npy')) continue;
    const file = unzip(() => unpack(left));
    left -= file.length;
    arrays.set(name.slice(0, -'.npy'.length), readNpy(file, `The array ${name}`));
  }
  if (arrays.size > 0) return arrays;
  throw new ReaderError({
    code: 'npz-no-arrays',
    explain: 'The archive has no entry that ends in .npy.',
    hint: 'Write it with numpy.savez("data.npz", x=images, y=labels).',
  });
}

/** The zip reader is that of Keras's files: its advice is not for arrays. */
function unzip<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof ReaderError)) throw error;
    throw new ReaderError({
      ...error.toData(),
      hint: 'Save the arrays again with numpy.savez; some hundred examples are enough to calibrate with, some thousand to measure.',
    });
  }
}

function notOne(bytes: Uint8Array): ReaderError {
  const isNpy = bytes[0] === 0x93 && bytes[1] === 0x4e;
  return new ReaderError({
    code: 'npz-not-one',
    explain: `This is no .npz file: it does not begin as a zip archive does.${isNpy ? ' It is a .npy file, one array by itself.' : ''}`,
    hint: 'Write it with numpy.savez("data.npz", x=images, y=labels).',
  });
}
