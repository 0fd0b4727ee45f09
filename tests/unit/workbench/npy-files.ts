/** .npy and .npz files written by hand, byte for byte as numpy writes them. */
import { zipSync, type Zippable } from 'fflate';

/** How numpy writes a shape: a tuple of one keeps its comma. */
export const tuple = (shape: readonly number[]): string =>
  shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;

export const headerOf = (descr: string, shape: readonly number[], fortran = false): string =>
  `{'descr': '${descr}', 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': ${tuple(shape)}, }`;

/** A .npy file of a header's text and the bytes after it. */
export function npyFile(header: string, data: Uint8Array, major = 1): Uint8Array {
  const lengthBytes = major === 1 ? 2 : 4;
  const before = 8 + lengthBytes;
  const text = new TextEncoder().encode(header);
  const length = Math.ceil((before + text.length + 1) / 64) * 64 - before;
  const file = new Uint8Array(before + length + data.length).fill(0x20, before, before + length);
  file.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, major, 0]);
  const view = new DataView(file.buffer);
  if (major === 1) view.setUint16(8, length, true);
  else view.setUint32(8, length, true);
  file.set(text, before);
  file[before + length - 1] = 0x0a;
  file.set(data, before + length);
  return file;
}

type Write = (view: DataView, at: number, value: number, little: boolean) => void;

/** Element types by numpy's code: their size, and how one is written. */
export const WRITERS: Record<string, [bytes: number, write: Write]> = {
  b1: [1, (view, at, value) => view.setUint8(at, value)],
  u1: [1, (view, at, value) => view.setUint8(at, value)],
  i1: [1, (view, at, value) => view.setInt8(at, value)],
  u2: [2, (view, at, value, little) => view.setUint16(at, value, little)],
  i2: [2, (view, at, value, little) => view.setInt16(at, value, little)],
  u4: [4, (view, at, value, little) => view.setUint32(at, value, little)],
  i4: [4, (view, at, value, little) => view.setInt32(at, value, little)],
  u8: [8, (view, at, value, little) => view.setBigUint64(at, BigInt(value), little)],
  i8: [8, (view, at, value, little) => view.setBigInt64(at, BigInt(value), little)],
  f2: [2, (view, at, value, little) => view.setUint16(at, halfBits(value), little)],
  f4: [4, (view, at, value, little) => view.setFloat32(at, value, little)],
  f8: [8, (view, at, value, little) => view.setFloat64(at, value, little)],
};

/** Bits of a half-precision number that is exact: small multiples of 1/8. */
function halfBits(value: number): number {
  if (value === 0) return 0;
  const exponent = Math.floor(Math.log2(Math.abs(value)));
  const fraction = Math.abs(value) / 2 ** exponent - 1;
  return ((value < 0 ? 1 : 0) << 15) | ((exponent + 15) << 10) | (fraction * 1024);
}

/** A .npy file of numbers, of a type such as `<f4`. */
export function npy(
  descr: string,
  shape: readonly number[],
  values: ArrayLike<number>,
  fortran = false,
): Uint8Array {
  const [bytes, write] = WRITERS[descr.slice(1)]!;
  const data = new Uint8Array(values.length * bytes);
  const view = new DataView(data.buffer);
  for (let i = 0; i < values.length; i++) write(view, i * bytes, values[i]!, descr[0] !== '>');
  return npyFile(headerOf(descr, shape, fortran), data);
}

/** A .npz file of .npy files by name, deflated. */
export function npz(arrays: Record<string, Uint8Array>, level: 0 | 6 = 6): Uint8Array {
  const files = Object.entries(arrays).map(([name, file]) => [`${name}.npy`, file] as const);
  return zipSync(Object.fromEntries(files) as Zippable, { level });
}

/** A number of a fortran-ordered array of this shape, from the row-major values. */
export function toFortran(values: readonly number[], shape: readonly number[]): number[] {
  const found = new Array<number>(values.length);
  values.forEach((value, flat) => {
    let [rest, at, stride] = [flat, 0, 1];
    const index = shape.map(() => 0);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis] = rest % shape[axis]!;
      rest = Math.floor(rest / shape[axis]!);
    }
    for (let axis = 0; axis < shape.length; axis++) {
      at += index[axis]! * stride;
      stride *= shape[axis]!;
    }
    found[at] = value;
  });
  return found;
}
