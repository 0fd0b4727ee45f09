import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readNpz } from '../../../src/workbench/npz.ts';
import { readerError } from './reader-error.ts';
import { npy, npz } from './npy-files.ts';

const CENTRAL = [0x50, 0x4b, 1, 2];
const LOCAL = [0x50, 0x4b, 3, 4];
const x = npy('<f4', [2, 2], [1, -2, 3.5, 0]);
const y = npy('|u1', [2], [0, 1]);

/** Places where these bytes stand. */
function placesOf(bytes: Uint8Array, mark: readonly number[]): number[] {
  const found: number[] = [];
  for (let at = 0; at + mark.length <= bytes.length; at++) {
    if (mark.every((byte, i) => bytes[at + i] === byte)) found.push(at);
  }
  return found;
}

/** Changes a 16- or 32-bit field at an offset of every central, or local, header. */
function altered(
  bytes: Uint8Array,
  mark: readonly number[],
  offset: number,
  value: number,
  size: 2 | 4 = 4,
): Uint8Array {
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  for (const at of placesOf(bytes, mark)) {
    if (size === 2) view.setUint16(at + offset, value, true);
    else view.setUint32(at + offset, value, true);
  }
  return copy;
}

const errorOf = (bytes: Uint8Array) => readerError(() => readNpz(bytes));

/** A zip of one entry as numpy.savez writes it: zip64 is reserved in the local header and nowhere used. */
function asNumpyWrites(name: string, file: Uint8Array): Uint8Array {
  const plain = zipSync({ [name]: file }, { level: 0 });
  const [local] = placesOf(plain, LOCAL);
  const nameEnd = local! + 30 + name.length;
  const extra = new Uint8Array(20);
  const view = new DataView(extra.buffer);
  view.setUint16(0, 1, true);
  view.setUint16(2, 16, true);
  view.setBigUint64(4, BigInt(file.length), true);
  view.setBigUint64(12, BigInt(file.length), true);
  const bytes = new Uint8Array(plain.length + extra.length);
  bytes.set(plain.subarray(0, nameEnd));
  bytes.set(extra, nameEnd);
  bytes.set(plain.subarray(nameEnd), nameEnd + extra.length);
  const all = new DataView(bytes.buffer);
  all.setUint16(local! + 4, 45, true);
  all.setUint32(local! + 18, 0xffffffff, true);
  all.setUint32(local! + 22, 0xffffffff, true);
  all.setUint16(local! + 28, 20, true);
  const [central] = placesOf(bytes, CENTRAL);
  all.setUint16(central! + 6, 45, true);
  all.setUint32(bytes.length - 22 + 16, central!, true);
  return bytes;
}

describe('readNpz', () => {
  it.each([0, 6] as const)('reads arrays by name, packed at level %i', (level) => {
    const arrays = readNpz(npz({ x, y, 'deeper/z': y }, level));
    expect([...arrays.keys()]).toEqual(['x', 'y', 'deeper/z']);
    expect([...arrays.get('x')!.data]).toEqual([1, -2, 3.5, 0]);
    expect(arrays.get('y')).toMatchObject({ dtype: 'uint8', shape: [2] });
  });

  it('reads what numpy.savez writes, zip64 reserved in its local headers', () => {
    expect([...readNpz(asNumpyWrites('x.npy', x)).get('x')!.data]).toEqual([1, -2, 3.5, 0]);
  });

  it('leaves out what is no array, and says when nothing is left', () => {
    const more = zipSync({ 'x.npy': x, 'read.me': y, 'folder/': new Uint8Array(0) });
    expect([...readNpz(more).keys()]).toEqual(['x']);
    expect(errorOf(zipSync({ 'read.me': y })).code).toBe('npz-no-arrays');
  });

  it('names the array that cannot be read', () => {
    expect(errorOf(npz({ x, broken: x.subarray(0, x.length - 1) })).message).toContain(
      'broken.npy',
    );
  });

  it('says what it is that is no .npz', () => {
    expect(errorOf(x)).toMatchObject({ code: 'npz-not-one' });
    expect(errorOf(x).message).toContain('.npy file');
    expect(errorOf(new Uint8Array(0)).code).toBe('npz-not-one');
  });

  it.each(['../x.npy', '/x.npy', 'a/../../x.npy', 'C:/x.npy', 'a\\x.npy', 'a\0.npy'])(
    'refuses an entry that leads elsewhere: %j',
    (name) => {
      const { code, explain, hint } = errorOf(zipSync({ [name]: x }));
      expect(code).toBe('zip-invalid');
      expect(explain).toContain(JSON.stringify(name));
      expect(hint).toContain('numpy.savez');
    },
  );

  it('refuses one name twice', () => {
    const twice = zipSync({ 'x.npy': x, 'y.npy': x });
    for (const at of placesOf(twice, [...new TextEncoder().encode('y.npy')])) twice[at] = 0x78;
    expect(errorOf(twice)).toMatchObject({ code: 'zip-invalid' });
    expect(errorOf(twice).explain).toContain('x.npy');
  });

  it('refuses encrypted entries, unknown methods and zip64', () => {
    const bytes = npz({ x });
    expect(errorOf(altered(bytes, CENTRAL, 8, 1, 2)).explain).toContain('x.npy, encrypted');
    expect(errorOf(altered(bytes, CENTRAL, 10, 14, 2)).explain).toContain('method 14');
    for (const offset of [20, 24, 42]) {
      const refused = errorOf(altered(bytes, CENTRAL, offset, 0xffffffff));
      expect(refused.code, String(offset)).toBe('zip-unsupported');
      expect(refused.explain).toContain('x.npy');
    }
  });

  it('unpacks no more than 256 MB, and no more than an entry says', () => {
    const large = altered(npz({ x }), CENTRAL, 24, 300 * 2 ** 20);
    expect(errorOf(large).explain).toContain('x.npy');
    expect(errorOf(large).explain).toContain(String(256 * 2 ** 20));
    // 16 MB of zeros in 16 kB, and the directory says that they are 128 bytes.
    const bomb = npz({ x: new Uint8Array(16 * 2 ** 20) });
    expect(bomb.length).toBeLessThan(100_000);
    expect(errorOf(altered(bomb, CENTRAL, 24, 128)).code).toBe('zip-invalid');
  });

  it('counts all entries together', () => {
    const bytes = npz({ x, y });
    expect(readNpz(bytes, x.length + y.length).size).toBe(2);
    const { code, explain } = readerError(() => readNpz(bytes, x.length + y.length - 1));
    expect(code).toBe('zip-invalid');
    expect(explain).toContain(`y.npy would take ${y.length} bytes`);
  });

  it('refuses entries that lie upon each other, and altered bytes', () => {
    const bytes = npz({ x, y }, 0);
    const [, second] = placesOf(bytes, CENTRAL);
    const overlapping = bytes.slice();
    new DataView(overlapping.buffer).setUint32(second! + 42, 0, true);
    expect(errorOf(overlapping).code).toBe('zip-invalid');
    const flipped = npz({ x }, 0);
    flipped[flipped.length - 22 - 46 - 5 - 1]! ^= 1;
    expect(errorOf(flipped).explain).toContain('checksum');
    expect(errorOf(bytes.subarray(0, bytes.length - 1)).code).toBe('zip-invalid');
  });
});
