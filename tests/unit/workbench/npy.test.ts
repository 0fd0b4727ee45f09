import { describe, expect, it } from 'vitest';
import { readNpy } from '../../../src/workbench/npz.ts';
import { readerError } from './reader-error.ts';
import { headerOf, npy, npyFile, toFortran, WRITERS } from './npy-files.ts';

const codeOf = (bytes: Uint8Array): string => readerError(() => readNpy(bytes)).code;

describe('readNpy', () => {
  const orders = Object.keys(WRITERS).flatMap((code) =>
    (WRITERS[code]![0] === 1 ? ['|', '<', '>'] : ['<', '>']).map((order) => order + code),
  );
  it.each(orders)('reads %s in either order of axes', (descr) => {
    const shape = [2, 3, 4];
    const wide = Array.from({ length: 24 }, (_, i) => (i % 7) + (descr.endsWith('1') ? 0 : 200));
    const values = descr.endsWith('b1')
      ? wide.map((value) => value % 2)
      : /[if]/.test(descr)
        ? wide.map((value, i) => (i % 2 === 0 && value !== 0 ? -value : value))
        : wide;
    const rows = readNpy(npy(descr, shape, values));
    expect(rows.shape).toEqual(shape);
    expect([...rows.data]).toEqual(values);
    const columns = readNpy(npy(descr, shape, toFortran(values, shape), true));
    expect([...columns.data]).toEqual(values);
    expect(columns.dtype).toBe(rows.dtype);
  });

  it('keeps what a type can hold: fractions, infinities, the largest integers', () => {
    const reals = [0.5, -0.125, 1e300, Infinity, -Infinity, NaN];
    expect([...readNpy(npy('<f8', [6], reals)).data]).toEqual(reals);
    expect([...readNpy(npy('>f2', [3], [0.375, -2, 0])).data]).toEqual([0.375, -2, 0]);
    const safe = [Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER];
    expect([...readNpy(npy('<i8', [2], safe)).data]).toEqual(safe);
    expect(codeOf(npy('<i8', [2], [0, 2 ** 53]))).toBe('npy-integer-too-large');
    expect(codeOf(npy('>u8', [1], [2 ** 60]))).toBe('npy-integer-too-large');
  });

  it('takes any truth for 1', () => {
    expect([...readNpy(npyFile(headerOf('|b1', [3]), Uint8Array.of(0, 1, 7))).data]).toEqual([
      0, 1, 1,
    ]);
  });

  it('reads scalars, empty arrays, and headers of versions 2 and 3', () => {
    expect(readNpy(npy('<f4', [], [2.5]))).toMatchObject({ shape: [], dtype: 'float32' });
    expect(readNpy(npy('<f4', [0, 3], [])).data).toHaveLength(0);
    expect(readNpy(npy('>f2', [0], [])).data).toHaveLength(0);
    const huge = npyFile(headerOf('<f4', [9e15, 9e15, 9e15, 0], true), new Uint8Array(0));
    expect(readNpy(huge).data).toHaveLength(0);
    for (const major of [2, 3]) {
      const file = npyFile(headerOf('|u1', [2]), Uint8Array.of(3, 4), major);
      expect([...readNpy(file).data]).toEqual([3, 4]);
    }
  });

  it('reads the headers that old and other writers make', () => {
    const data = Uint8Array.of(1, 2, 3, 4);
    for (const header of [
      "{'descr': '|u1', 'fortran_order': False, 'shape': (4L,), }",
      '{"shape":(4,),"fortran_order":False,"descr":"|u1"}',
      "{ 'fortran_order' : False , 'descr':'|u1','shape':( 2 , 2 ) }",
      "{'descr': '|u1', 'fortran_order': True, 'shape': (4, 1,)}",
    ]) {
      expect([...readNpy(npyFile(header, data)).data], header).toEqual([1, 2, 3, 4]);
    }
  });

  it('does not share memory with the file', () => {
    const file = npy('|u1', [2], [1, 2]);
    const { data } = readNpy(file);
    file.fill(0);
    expect([...data]).toEqual([1, 2]);
  });

  it('reads a file that lies anywhere in a buffer', () => {
    const file = npy('<f4', [2], [1.5, -2]);
    const moved = new Uint8Array(file.length + 3);
    moved.set(file, 3);
    expect([...readNpy(moved.subarray(3)).data]).toEqual([1.5, -2]);
  });

  it('refuses pickled objects, records, texts and other types, and says why', () => {
    const four = new Uint8Array(4);
    const object = readerError(() =>
      readNpy(npyFile(headerOf('|O', [1]), four), 'The array x.npy'),
    );
    expect(object.code).toBe('npy-object-refused');
    expect(object.message).toContain('The array x.npy');
    const fields = "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }";
    expect(codeOf(npyFile(fields, four))).toBe('npy-structured');
    for (const descr of [
      '<U1',
      '|S4',
      '<c8',
      '<M8[ns]',
      '<f16',
      '|V4',
      '=f4',
      '|f4',
      'f4',
      '',
      '<',
    ]) {
      expect(codeOf(npyFile(headerOf(descr, [1]), four)), descr).toBe('npy-type-unsupported');
    }
  });

  it('refuses more or fewer bytes than the header says', () => {
    const header = headerOf('<f4', [2, 2]);
    expect(codeOf(npyFile(header, new Uint8Array(15)))).toBe('npy-cut-short');
    expect(codeOf(npyFile(header, new Uint8Array(17)))).toBe('npy-trailing-bytes');
    const endless = headerOf('<f8', [9e15, 9e15, 9e15]);
    expect(codeOf(npyFile(endless, new Uint8Array(64)))).toBe('npy-cut-short');
  });

  it('refuses what is no .npy file', () => {
    expect(codeOf(new Uint8Array(0))).toBe('npy-not-one');
    expect(codeOf(new TextEncoder().encode('x_NUMPY and more'))).toBe('npy-not-one');
    const file = npy('|u1', [1], [1]);
    const altered = (at: number, value: number): Uint8Array => {
      const copy = file.slice();
      copy[at] = value;
      return copy;
    };
    expect(codeOf(altered(6, 4))).toBe('npy-version-unknown');
    expect(codeOf(altered(7, 1))).toBe('npy-version-unknown');
    expect(codeOf(altered(9, 0xff))).toBe('npy-header-invalid');
    expect(codeOf(file.subarray(0, 40))).toBe('npy-cut-short');
    expect(codeOf(npyFile(headerOf('|u1', [1]), new Uint8Array(0), 2).subarray(0, 11))).toBe(
      'npy-cut-short',
    );
  });

  it.each([
    "{'descr': '|u1', 'fortran_order': False}",
    "{'descr': '|u1', 'fortran_order': False, 'shape': (1,), 'more': 1}",
    "{'descr': '|u1', 'descr': '|u1', 'fortran_order': False, 'shape': (1,)}",
    "{'descr': '|u1', 'fortran_order': 0, 'shape': (1,)}",
    "{'descr': '|u1', 'fortran_order': False, 'shape': (1)}",
    "{'descr': '|u1', 'fortran_order': False, 'shape': (-1,)}",
    "{'descr': '|u1', 'fortran_order': False, 'shape': (01,)}",
    "{'descr': '|u1', 'fortran_order': False, 'shape': (1.0,)}",
    "{'descr': '|u1', 'fortran_order': False, 'shape': (99999999999999999999,)}",
    "{'descr': '|u1', 'fortran_order': False, 'shape': (9007199254740993,)}",
    "{'descr': '|u1', 'fortran_order': False, 'shape': (1 1,)}",
    "{'descr': '|u1', 'fortran_order': False, 'shape': (1, 1 1)}",
    "{'descr': '|u1', 'fortran_order': False, 'shape': [1]}",
    "{'descr': '|u1' 'fortran_order': False, 'shape': (1,)}",
    "{'descr': '\\x7cu1', 'fortran_order': False, 'shape': (1,)}",
    "{'descr': __import__('os').system('x'), 'fortran_order': False, 'shape': (1,)}",
    "{'descr': '|u1', 'fortran_order': False, 'shape': (1,)} + {}",
    "{'descr': '|u1\n', 'fortran_order': False, 'shape': (1,)}",
    "{'descr': '|u1, 'fortran_order': False, 'shape': (1,)}",
    '[]',
    '',
    `{'descr': '|u1', 'fortran_order': False, 'shape': (${'1, '.repeat(65)})}`,
  ])('refuses the header %s', (header) => {
    expect(codeOf(npyFile(header, Uint8Array.of(1)))).toBe('npy-header-invalid');
  });
});
