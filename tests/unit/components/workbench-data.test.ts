import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { InputRange } from '../../../src/components/Workbench/settings.ts';
import { toCompressOptions } from '../../../src/components/Workbench/worker/compress-options.ts';
import { readData, type Purpose } from '../../../src/components/Workbench/worker/read-data.ts';
import { MOST_BYTES, readFile } from '../../../src/components/Workbench/worker/read-file.ts';
import { bytesToRange, rangeFor } from '../../../src/components/Workbench/worker/value-range.ts';
import { DEFAULTS } from '../../../src/components/Workbench/settings.ts';

/** A .npy file of version 1, as numpy writes it. */
const npy = (descr: string, shape: number[], data: ArrayBufferView): Uint8Array => {
  const list = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${list}), }`;
  const padded = text.padEnd(Math.ceil((text.length + 11) / 64) * 64 - 11, ' ') + '\n';
  const header = new TextEncoder().encode(padded);
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return Uint8Array.from([
    0x93,
    ...new TextEncoder().encode('NUMPY'),
    1,
    0,
    header.length & 255,
    header.length >> 8,
    ...header,
    ...bytes,
  ]);
};

const images = npy(
  '|u1',
  [3, 2, 2],
  Uint8Array.of(0, 255, 51, 102, 0, 0, 0, 0, 255, 255, 255, 255),
);
const labels = npy('<i4', [3], Int32Array.of(2, 0, 1));
const npz = (entries: Record<string, Uint8Array>, name = 'data.npz'): File =>
  new File([zipSync(entries) as BlobPart], name);

const purpose = (changes: Partial<Purpose> = {}): Purpose => ({
  role: 'calibration',
  inputShape: [2, 2, 1],
  classes: 3,
  range: 'unit',
  ...changes,
});
const between = (): Promise<void> => Promise.resolve();
const read = (files: File[], changes: Partial<Purpose> = {}) =>
  readData(files, purpose(changes), between);

describe('data of the reader’s own', () => {
  it('are the arrays of a .npz, with labels', async () => {
    const { examples } = await read([npz({ 'x.npy': images, 'y.npy': labels })], {
      role: 'labelled',
    });
    expect(examples).toMatchObject({ count: 3, shape: [2, 2, 1], scale: 1 / 255 });
    expect([...examples.labels!]).toEqual([2, 0, 1]);
  });

  it('are one .npy, for calibration', async () => {
    const { examples } = await read([new File([images as BlobPart], 'some.npy')]);
    expect(examples.count).toBe(3);
  });

  it.each([
    ['byte', 1, 255, 51],
    ['signed', 1, 1, -0.6],
    ['unit', 1 / 255, 255, 51],
  ] as const)('have bytes become %s', async (range, scale, second, third) => {
    const { examples } = await read([npz({ 'x.npy': images })], { range });
    expect(examples.scale).toBe(scale);
    expect(examples.values[1]).toBe(second);
    expect(examples.values[2]).toBeCloseTo(third);
  });

  it('are left as they are where they are no bytes', async () => {
    const floats = npy('<f4', [1, 2, 2], Float32Array.of(0, 0.25, 0.5, 1));
    const { examples } = await read([npz({ 'x.npy': floats })], { range: 'signed' });
    expect([...examples.values]).toEqual([0, 0.25, 0.5, 1]);
    expect(examples.scale).toBe(1);
  });

  it('scale what is held out as the rest', async () => {
    const file = npz({
      'x_train.npy': images,
      'y_train.npy': labels,
      'x_test.npy': images,
      'y_test.npy': labels,
    });
    const { heldOut } = await read([file], { role: 'labelled', range: 'signed' });
    expect(heldOut!.values[0]).toBe(-1);
    expect([...heldOut!.labels!]).toEqual([2, 0, 1]);
  });

  it.each([
    ['labels-missing', [npz({ 'x.npy': images })], 'labelled'],
    ['labels-missing', [new File(['x'], 'cat.png', { type: 'image/png' })], 'labelled'],
    ['data-file-unknown', [new File(['x'], 'data.csv')], 'calibration'],
    ['data-file-unknown', [npz({ 'x.npy': images }), npz({ 'x.npy': images })], 'calibration'],
    ['data-file-unknown', [], 'calibration'],
    ['file-empty', [new File([], 'data.npz')], 'calibration'],
  ] as const)('are refused as %s', async (code, files, role) => {
    await expect(read([...files], { role })).rejects.toMatchObject({ code });
  });

  it('are refused when they do not fit the model, saying both shapes', async () => {
    const refused = read([npz({ 'x.npy': images })], { inputShape: [3, 3, 1] });
    await expect(refused).rejects.toMatchObject({
      code: 'examples-wrong-shape',
      message: expect.stringMatching(/2, 2.*3, 3, 1/s),
    });
  });
});

describe('a file', () => {
  it('is refused by its size before it is read', async () => {
    let wasRead = false;
    const huge = {
      name: 'huge.h5',
      size: MOST_BYTES + 1,
      arrayBuffer: () => {
        wasRead = true;
        return Promise.resolve(new ArrayBuffer(0));
      },
    };
    await expect(readFile(huge as unknown as File)).rejects.toMatchObject({
      code: 'file-too-large',
    });
    expect(wasRead).toBe(false);
  });

  it('says what the browser says when it cannot be read', async () => {
    const gone = {
      name: 'gone.h5',
      size: 4,
      arrayBuffer: () => Promise.reject(new Error('moved')),
    };
    await expect(readFile(gone as unknown as File)).rejects.toMatchObject({
      code: 'file-not-readable',
      message: expect.stringContaining('moved'),
    });
  });
});

describe('the range of what goes in', () => {
  it('is asked of the model unless it is told', () => {
    expect(rangeFor('auto', false)).toBe('unit');
    expect(rangeFor('auto', true)).toBe('byte');
    expect(rangeFor('signed', true)).toBe('signed');
  });

  it('leaves the examples that came as they are', () => {
    const examples = { count: 1, shape: [2], values: Uint8Array.of(0, 255), scale: 1, source: 'x' };
    expect([...bytesToRange(examples, 'signed').values]).toEqual([-1, 1]);
    expect([...examples.values]).toEqual([0, 255]);
  });

  it.each([
    ['auto', undefined],
    ['unit', [0, 1]],
    ['signed', [-1, 1]],
    ['byte', [0, 255]],
  ] as [InputRange, number[] | undefined][])('is that of noise too: %s', (inputRange, range) => {
    const data = { mnist: undefined, ownCalibration: undefined, ownLabelled: undefined };
    const source = { name: 'm', bytes: 1 };
    const { generatedRange } = toCompressOptions({ ...DEFAULTS, inputRange }, data, source);
    expect(generatedRange).toEqual(range);
  });
});
