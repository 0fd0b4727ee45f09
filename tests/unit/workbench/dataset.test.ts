import { createRng } from 'heavy-weights';
import { describe, expect, it } from 'vitest';
import { datasetFrom } from '../../../src/workbench/dataset.ts';
import { batchOf } from '../../../src/workbench/examples.ts';
import type { NpyArray } from '../../../src/workbench/npz.ts';
import '@tensorflow/tfjs-backend-cpu';
import { readerError } from './reader-error.ts';

const bytes = (...shape: number[]): NpyArray => {
  const size = shape.reduce((all, each) => all * each, 1);
  const data = Uint8Array.from({ length: size }, (_, i) => (i * 37) % 256);
  return { dtype: 'uint8', shape, data };
};
const reals = (...shape: number[]): NpyArray => {
  const size = shape.reduce((all, each) => all * each, 1);
  return { dtype: 'float32', shape, data: createRng(1).floats(size) };
};
const labels = (...values: number[]): NpyArray => ({
  dtype: 'int64',
  shape: [values.length],
  data: Float64Array.from(values),
});
const arrays = (record: Record<string, NpyArray>) => new Map(Object.entries(record));
const IMAGE = [4, 4, 1];

describe('datasetFrom finds', () => {
  it.each([
    ['x', 'y'],
    ['X_train', 'Y_TRAIN'],
    ['train_images', 'train_labels'],
    ['images', 'labels'],
    ['data', 'target'],
    ['arr_0', 'arr_1'],
  ])('%s with %s', (x, y) => {
    const { examples, heldOut } = datasetFrom(
      arrays({ other: reals(7), [y]: labels(2, 0), [x]: reals(2, 4, 4, 1) }),
      IMAGE,
      { classes: 3 },
    );
    expect(examples).toMatchObject({ count: 2, shape: IMAGE, source: x, scale: 1 });
    expect([...examples.labels!]).toEqual([2, 0]);
    expect(heldOut).toBeUndefined();
  });

  it.each([
    ['x_train', 'y_train', 'x_test', 'y_test'],
    ['arr_0', 'arr_1', 'arr_2', 'arr_3'],
  ])('what the file keeps apart: %s, %s, %s, %s', (x, y, xTest, yTest) => {
    const found = datasetFrom(
      arrays({
        [x]: reals(2, 4, 4),
        [y]: labels(1, 1),
        [xTest]: bytes(3, 4, 4),
        [yTest]: labels(0, 2, 1),
      }),
      IMAGE,
      { classes: 3 },
    );
    expect(found.examples.source).toBe(x);
    expect(found.heldOut).toMatchObject({ source: xTest, count: 3, scale: 1 / 255 });
    expect([...found.heldOut!.labels!]).toEqual([0, 2, 1]);
  });

  it('a test set by itself, and the only array of any name', () => {
    expect(datasetFrom(arrays({ x_test: reals(2, 16) }), [16]).examples.source).toBe('x_test');
    expect(datasetFrom(arrays({ pictures: reals(2, 16) }), [16]).examples.count).toBe(2);
    const mixed = arrays({ pictures: reals(2, 16), classes: labels(0, 1) });
    expect(datasetFrom(mixed, [16], { classes: 2 }).examples.source).toBe('pictures');
  });

  it('nothing where several could be meant, and says what there is', () => {
    const { code, explain, hint } = readerError(() =>
      datasetFrom(arrays({ left: reals(2, 16), right: reals(2, 16) }), [16]),
    );
    expect(code).toBe('dataset-no-examples');
    expect(explain).toContain('left [2, 16], right [2, 16]');
    expect(hint).toContain('numpy.savez');
  });
});

describe('datasetFrom brings to the input', () => {
  it.each([
    [[3, 4, 4], IMAGE],
    [[3, 4, 4, 1], IMAGE],
    [[3, 1, 4, 4], IMAGE],
    [[3, 16], IMAGE],
    [[3, 4, 4], [16]],
    [[3, 4, 4, 1], [16]],
    [[3, 2, 8], [16]],
    [[3], [1]],
  ])('%j for %j', (given, wanted) => {
    const array = reals(...given);
    const { examples, notes } = datasetFrom(arrays({ x: array }), wanted);
    expect(examples).toMatchObject({ count: 3, shape: wanted });
    const isSame = given.slice(1).join() === wanted.join();
    expect(notes.some((note) => note.includes('reshaped'))).toBe(!isSame);
    const batch = batchOf(examples, [2, 0]);
    expect(batch.shape).toEqual([2, ...wanted]);
    const size = array.data.length / 3;
    const values = [...array.data];
    expect([...batch.dataSync()]).toEqual([...values.slice(2 * size), ...values.slice(0, size)]);
    batch.dispose();
  });

  it('bytes scaled to 0 … 1, and says so', () => {
    const { examples, notes } = datasetFrom(arrays({ x: bytes(2, 16) }), [16]);
    expect(notes).toEqual(['x: bytes of 0 … 255 were divided by 255, to 0 … 1.']);
    const batch = batchOf(examples, [1]);
    const values = batch.dataSync();
    batch.dispose();
    examples.values.subarray(16).forEach((byte, i) => expect(values[i]).toBeCloseTo(byte / 255, 6));
  });

  it('bytes of 0 and 1 as they are, and anything when told how', () => {
    const bits = { dtype: 'uint8' as const, shape: [1, 2], data: Uint8Array.of(0, 1) };
    expect(datasetFrom(arrays({ x: bits }), [2]).examples.scale).toBe(1);
    const told = datasetFrom(arrays({ x: bytes(1, 16) }), [16], { scale: 1 });
    expect(told.examples.scale).toBe(1);
    expect(told.notes).toEqual([]);
  });

  it('large floats as they are, with a warning', () => {
    const large = { dtype: 'float32' as const, shape: [1, 2], data: Float32Array.of(0, 255) };
    const { examples, notes } = datasetFrom(arrays({ x: large }), [2]);
    expect(examples.scale).toBe(1);
    expect(notes[0]).toContain('values reach 255');
  });
});

describe('datasetFrom refuses', () => {
  const shapeError = (given: number[], wanted: number[]) => {
    const error = readerError(() => datasetFrom(arrays({ x: reals(...given) }), wanted));
    expect(error.code).toBe('examples-wrong-shape');
    expect(error.explain).toContain(`[${given.join(', ')}]`);
    expect(error.explain).toContain(`[n, ${wanted.join(', ')}]`);
    return error.hint;
  };
  it('other shapes, saying both and what to do', () => {
    expect(shapeError([5, 3, 32, 30], [32, 30, 3])).toContain('x.transpose(0, 2, 3, 1)');
    expect(shapeError([32, 30, 3, 5], [32, 30, 3])).toContain('numpy.moveaxis(x, -1, 0)');
    expect(shapeError([4, 4, 1], IMAGE)).toContain('x[numpy.newaxis]');
    expect(shapeError([5, 2, 8], IMAGE)).toContain('transpose');
    expect(shapeError([5, 28, 28], IMAGE)).toContain('Resize or crop the images to 4 × 4');
    expect(shapeError([5, 7], [16])).toContain('as those that the model was trained on');
    expect(shapeError([], [16])).toBeDefined();
  });

  it('no examples, values that are not finite, an input of open size', () => {
    const code = (record: Record<string, NpyArray>, shape: (number | null)[]) =>
      readerError(() => datasetFrom(arrays(record), shape)).code;
    expect(code({ x: reals(0, 16) }, [16])).toBe('examples-empty');
    const nan = { ...reals(2, 2), data: Float32Array.of(0, 1, NaN, 0) };
    expect(code({ x: nan }, [2])).toBe('examples-not-finite');
    expect(code({ x: reals(2, 4, 4, 1) }, [null, null, 1])).toBe('input-shape-open');
  });

  const labelError = (y: NpyArray, classes = 3) =>
    readerError(() => datasetFrom(arrays({ x: reals(2, 16), y }), [16], { classes }));

  it('labels that are no classes, naming the place', () => {
    expect(labelError(labels(0, 3))).toMatchObject({ code: 'label-not-a-class' });
    expect(labelError(labels(0, 3)).explain).toContain('y[1] is 3');
    expect(labelError(labels(1, 3)).hint).toContain('y - 1');
    for (const bad of [-1, 0.5, NaN]) {
      expect(labelError(labels(0, bad)).code).toBe('label-not-a-class');
    }
  });

  it('labels of other shapes', () => {
    expect(labelError(labels(0, 1, 2)).code).toBe('labels-wrong-shape');
    expect(labelError({ ...reals(2, 4), shape: [2, 4] }).hint).toContain('One-hot rows of 4');
    expect(labelError(reals(2, 3, 1)).code).toBe('labels-wrong-shape');
    expect(labelError({ dtype: 'uint8', shape: [], data: Uint8Array.of(1) }).code).toBe(
      'labels-wrong-shape',
    );
  });

  it('rows that are not one-hot', () => {
    const rows = (...data: number[]): NpyArray => ({
      dtype: 'float32',
      shape: [2, 3],
      data: Float32Array.from(data),
    });
    const { examples } = datasetFrom(arrays({ x: reals(2, 16), y: rows(0, 0, 1, 1, 0, 0) }), [16], {
      classes: 3,
    });
    expect([...examples.labels!]).toEqual([2, 0]);
    for (const bad of [
      [1, 0, 0, 0, 0, 0],
      [1, 0, 0, 1, 0, 1],
      [1, 0, 0, 0.2, 0.8, 0],
    ]) {
      expect(labelError(rows(...bad))).toMatchObject({ code: 'label-not-one-hot' });
    }
    expect(labelError(rows(1, 0, 0, 0, 0, 0)).explain).toContain('Row 1');
  });

  it('nothing of labels where the model tells no classes apart', () => {
    const { examples } = datasetFrom(arrays({ x: reals(2, 16), y: labels(7, 8) }), [16]);
    expect(examples.labels).toBeUndefined();
  });

  it('labels in a column as indices', () => {
    const column = { dtype: 'uint8' as const, shape: [2, 1], data: Uint8Array.of(2, 1) };
    const { examples } = datasetFrom(arrays({ x: reals(2, 16), y: column }), [16], { classes: 3 });
    expect([...examples.labels!]).toEqual([2, 1]);
  });
});
