/** Group F, F26: .npz and .npy files that do harm. */
import '@tensorflow/tfjs-backend-cpu';
import { afterAll, describe, expect, it } from 'vitest';
import { readNpz } from '../../../../src/workbench/npz.ts';
import { headerOf, npy, npyFile, npz, toFortran } from '../../workbench/npy-files.ts';
import { OPEN, outcomeOf, refused } from './attempt.ts';
import { smallNpz } from './small-files.ts';

const one = (file: Uint8Array): Uint8Array => npz({ x: file });
const BYTES = new Uint8Array(24);

afterAll(async () => {
  expect(await outcomeOf(OPEN.npz, smallNpz())).toBe('opened');
});

describe('group F, .npz', () => {
  it('F26 a header to be evaluated', async () => {
    (globalThis as Record<string, unknown>)['evaluated'] = 0;
    for (const header of [
      `__import__('os').system('id')`,
      `{'descr': __import__('os').system('id'), 'fortran_order': False, 'shape': (6,), }`,
      `{'descr': '<f4', 'fortran_order': False, 'shape': (globalThis.evaluated++,), }`,
      `{'descr': '<f4', 'fortran_order': (evaluated++), 'shape': (6,), }`,
      `{'descr': '<f4', 'fortran_order': False, 'shape': (6,), 'x': lambda: 0, }`,
      `{'descr': '<f4', 'fortran_order': False, 'shape': (2*3,), }`,
      `{'__proto__': '<f4', 'fortran_order': False, 'shape': (6,), }`,
      `${'('.repeat(9000)}`,
      `{'descr': '<f4', 'fortran_order': False, 'shape': (${'1, '.repeat(3000)}), }`,
    ]) {
      expect((await refused('npz', one(npyFile(header, BYTES)), header)).code).toBe(
        'npy-header-invalid',
      );
    }
    expect((globalThis as Record<string, unknown>)['evaluated']).toBe(0);
  });

  it('F26 pickled objects', async () => {
    const pickle = Uint8Array.from(`\x80\x04cos\nsystem\n(S'id'\ntR.`, (c) => c.charCodeAt(0));
    for (const descr of ['|O', 'O', '<O8']) {
      const error = await refused('npz', one(npyFile(headerOf(descr, [1]), pickle)), descr);
      expect(error.code).toBe('npy-object-refused');
      expect(error.message).toContain('to run whatever they say');
    }
    const records = `{'descr': [('a', '|O')], 'fortran_order': False, 'shape': (1,), }`;
    expect((await refused('npz', one(npyFile(records, pickle)))).code).toBe('npy-structured');
  });

  it('F26 fortran order is turned into row-major', () => {
    const values = [0, 1, 2, 3, 4, 5];
    const file = npy('<f4', [2, 3], toFortran(values, [2, 3]), true);
    expect([...readNpz(one(file)).get('x')!.data]).toEqual(values);
  });

  it('F26 more declared than stored, and less', async () => {
    for (const shape of [[7], [2 ** 40], [2 ** 31, 2 ** 31, 2 ** 31], [9e15, 9e15]]) {
      const error = await refused('npz', one(npyFile(headerOf('<f4', shape), BYTES)), `${shape}`);
      expect(error.code).toBe('npy-cut-short');
      expect(error.message).toContain('24 follow');
    }
    expect((await refused('npz', one(npyFile(headerOf('<f4', [5]), BYTES)))).code).toBe(
      'npy-trailing-bytes',
    );
  });

  it('F26 a header of version 3, in UTF-8', async () => {
    const header = headerOf('<f4', [6]);
    expect(readNpz(one(npyFile(header, BYTES, 3))).get('x')).toMatchObject({ shape: [6] });
    const named = header.replace("'descr'", "'größe': '', 'descr'");
    expect((await refused('npz', one(npyFile(named, BYTES, 3)))).message).toContain('größe');
    // A header of 4 GB, as its length says.
    const long = npyFile(header, BYTES, 3);
    new DataView(long.buffer).setUint32(8, 2 ** 32 - 1, true);
    expect((await refused('npz', one(long))).code).toBe('npy-header-invalid');
  });
});
