import { ReaderError } from '../shared/reader-error.ts';
import { shown } from './match-shape.ts';
import type { NpyArray } from './npy.ts';

/**
 * Reads the right answers of examples: one class index each, as [n] or [n, 1], or a one-hot row each, [n, classes].
 *
 * @param name - of the array
 * @param count - how many examples there are
 * @param classes - how many the model tells apart
 * @throws ReaderError `labels-wrong-shape`, `label-not-a-class`, `label-not-one-hot`, each naming the array and index
 */
export function readLabels(
  name: string,
  array: NpyArray,
  count: number,
  classes: number,
): Int32Array {
  const { shape } = array;
  const [n, width = 1, ...more] = shape;
  if (shape.length > 0 && n !== count) {
    throw wrongShape(name, shape, count, classes, 'It must have one label an example.');
  }
  const isIndex = shape.length === 1 || (shape.length === 2 && width === 1);
  if (isIndex) return indices(name, array, classes);
  if (more.length === 0 && width === classes) return oneHot(name, array, classes);
  throw wrongShape(
    name,
    shape,
    count,
    classes,
    shape.length === 2
      ? `One-hot rows of ${width} are for a model of ${width} classes; this one gives ${classes}.`
      : 'Save one class index an example.',
  );
}

function indices(name: string, { data }: NpyArray, classes: number): Int32Array {
  const bad = data.findIndex(
    (label) => !(Number.isInteger(label) && label >= 0 && label < classes),
  );
  if (bad < 0) return Int32Array.from(data);
  const isFromOne = data[bad] === classes && !data.includes(0);
  throw new ReaderError({
    code: 'label-not-a-class',
    explain: `${name}[${bad}] is ${data[bad]}; the model tells ${classes} classes apart, 0 … ${classes - 1}.`,
    hint: isFromOne
      ? `The labels seem to count from 1: save ${name} - 1.`
      : 'Labels are indices of the model’s outputs: whole numbers that count from 0.',
  });
}

function oneHot(name: string, { data }: NpyArray, classes: number): Int32Array {
  return Int32Array.from({ length: data.length / classes }, (_, i) => {
    const row = data.subarray(i * classes, (i + 1) * classes);
    const label = row.indexOf(1);
    if (label >= 0 && row.every((value, j) => value === (j === label ? 1 : 0))) return label;
    throw new ReaderError({
      code: 'label-not-one-hot',
      explain: `Row ${i} of ${name} is not one-hot: a row has one 1, at the right class, and 0 everywhere else.`,
      hint: `Probabilities become indices by ${name}.argmax(axis=1).`,
    });
  });
}

function wrongShape(
  name: string,
  shape: readonly number[],
  count: number,
  classes: number,
  hint: string,
): ReaderError {
  return new ReaderError({
    code: 'labels-wrong-shape',
    explain: `The labels ${name} have the shape ${shown(shape)}; for ${count} examples of ${classes} classes it must be [${count}] or [${count}, ${classes}].`,
    hint,
  });
}
