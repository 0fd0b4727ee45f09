import { ReaderError } from '../shared/reader-error.ts';
import type { NpyArray } from './npy.ts';

export const shown = (shape: readonly (number | null)[]): string =>
  `[${shape.map((size) => size ?? '?').join(', ')}]`;

const sizeOf = (shape: readonly number[]): number =>
  shape.reduce((product, size) => product * size, 1);

const withoutOnes = (shape: readonly number[]): string =>
  shape.filter((size) => size !== 1).join(', ');

/**
 * Whether examples of one shape can stand for those of another with the same values in the same order: axes of size 1
 * come and go, and a flat row may be folded or a shape flattened.
 */
export function fitsShape(given: readonly number[], wanted: readonly number[]): boolean {
  if (sizeOf(given) !== sizeOf(wanted)) return false;
  return given.length === 1 || wanted.length === 1 || withoutOnes(given) === withoutOnes(wanted);
}

/**
 * An array must hold examples that fit the model's input.
 *
 * @param name - of the array
 * @param wanted - the model's input, without the batch
 * @throws ReaderError `examples-wrong-shape`, saying both shapes and what to do; `examples-empty`
 */
export function requireFit(name: string, { shape }: NpyArray, wanted: readonly number[]): void {
  const [count = 0, ...each] = shape;
  if (shape.length > 0 && count === 0) {
    throw new ReaderError({
      code: 'examples-empty',
      explain: `The array ${name} has the shape ${shown(shape)}: there is no example in it.`,
    });
  }
  if (shape.length > 0 && fitsShape(each, wanted)) return;
  throw new ReaderError({
    code: 'examples-wrong-shape',
    explain: `The array ${name} has the shape ${shown(shape)}; the model takes ${shown(['n' as never, ...wanted])}.`,
    hint: advice(name, shape, wanted),
  });
}

function advice(name: string, shape: readonly number[], wanted: readonly number[]): string {
  const each = shape.slice(1);
  if (fitsShape(shape, wanted)) {
    return `It is one example: give it an axis that counts, ${name}[numpy.newaxis], and better some hundred of them.`;
  }
  const last = wanted.length - 1;
  if (wanted.length > 1 && same(each, [wanted[last]!, ...wanted.slice(0, last)])) {
    const axes = [0, ...wanted.slice(0, last).map((_, axis) => axis + 2), 1].join(', ');
    return `Its channels come first, and the model takes them last: ${name}.transpose(${axes}).`;
  }
  if (same(shape.slice(0, -1), wanted) || fitsShape(shape.slice(0, -1), wanted)) {
    return `It seems to count its examples along the last axis: numpy.moveaxis(${name}, -1, 0).`;
  }
  if (sizeOf(each) === sizeOf(wanted)) {
    return 'The number of values is right and their order is not: transpose the axes to the order of the model’s input.';
  }
  const isImage = wanted.length === 3 && each.length >= 2;
  return isImage
    ? `Resize or crop the images to ${wanted[0]} × ${wanted[1]} with ${wanted[2]} channel${wanted[2] === 1 ? '' : 's'}, as they were when the model was trained.`
    : 'Prepare the examples as those that the model was trained on, the first axis counting them.';
}

const same = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((size, i) => size === b[i]);
