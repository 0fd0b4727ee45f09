/** Walks an array by the parameters that govern its parts: the geometry of per-axis and per-group. */
import { ReaderError } from '../../shared/reader-error.ts';
import { describe, requireInteger } from './arguments.ts';

/** A flat, row-major array seen around one axis: outer × size × inner. */
export interface AxisLayout {
  outer: number;
  size: number;
  inner: number;
  /** The axis counted from the front. */
  axis: number;
}

/** Elements `start, start + stride, …`, `count` of them, all governed by parameter `param`. */
export type RunVisitor = (param: number, start: number, count: number, stride: number) => void;

function requireShape(shape: readonly number[]): void {
  if (!Array.isArray(shape) || shape.length === 0) {
    throw new ReaderError({
      code: 'shape-not-an-array',
      explain: `shape must be an array of at least one size; ${describe(shape)} came.`,
      hint: 'A matrix of 784 rows and 300 columns has the shape [784, 300].',
    });
  }
  shape.forEach((size, i) => requireInteger(`shape[${i}]`, size, 1, Number.MAX_SAFE_INTEGER));
}

/** Checks a shape and an axis against the number of values. @internal */
export function axisLayout(
  name: string,
  length: number,
  shape: readonly number[],
  axis: number,
): AxisLayout {
  requireShape(shape);
  const product = shape.reduce((total, size) => total * size, 1);
  if (product !== length) {
    throw new ReaderError({
      code: 'shape-does-not-fit',
      explain: `shape [${shape.join(', ')}] holds ${product} values, but ${name} has ${length}.`,
      hint: 'Pass the shape of the tensor the values came from: tensor.shape.',
    });
  }
  const rank = shape.length;
  if (!Number.isInteger(axis) || axis < -rank || axis >= rank) {
    throw new ReaderError({
      code: 'axis-out-of-range',
      explain: `axis must be an integer from ${-rank} to ${rank - 1} for the shape [${shape.join(', ')}]; it is ${describe(axis)}.`,
      hint: '−1 is the last axis: the output units of a Dense kernel, the filters of a Conv2D kernel.',
    });
  }
  const front = axis < 0 ? axis + rank : axis;
  const times = (sizes: readonly number[]) => sizes.reduce((total, size) => total * size, 1);
  return {
    outer: times(shape.slice(0, front)),
    size: shape[front]!,
    inner: times(shape.slice(front + 1)),
    axis: front,
  };
}

/** Checks that groups of `groupSize` fill the axis exactly. @internal */
export function requireGroupSize(groupSize: number, size: number): void {
  requireInteger('groupSize', groupSize, 1, size);
  if (size % groupSize !== 0) {
    const divisors = Array.from({ length: size }, (_, i) => i + 1).filter((d) => size % d === 0);
    const nearest = divisors.reduce((best, d) =>
      Math.abs(d - groupSize) < Math.abs(best - groupSize) ? d : best,
    );
    throw new ReaderError({
      code: 'group-size-does-not-divide',
      explain: `groupSize ${groupSize} does not divide the axis, which has ${size} values.`,
      hint: `Groups must be whole: ${nearest} is the nearest size that divides ${size}.`,
    });
  }
}

/** Visits every element once; parameter `a` governs index `a` along the axis. @internal */
export function forEachAxisRun({ outer, size, inner }: AxisLayout, visit: RunVisitor): void {
  if (inner === 1) {
    // The last axis: one long strided run a parameter instead of very many runs of one element.
    for (let a = 0; a < size; a++) visit(a, a, outer, size);
    return;
  }
  for (let o = 0; o < outer; o++) {
    for (let a = 0; a < size; a++) visit(a, (o * size + a) * inner, inner, 1);
  }
}

/** Visits every group once; parameters are numbered in row-major order of (outer, group, inner). @internal */
export function forEachGroupRun(
  { outer, size, inner }: AxisLayout,
  groupSize: number,
  visit: RunVisitor,
): void {
  const groups = size / groupSize;
  for (let o = 0; o < outer; o++) {
    for (let g = 0; g < groups; g++) {
      for (let i = 0; i < inner; i++) {
        const start = (o * size + g * groupSize) * inner + i;
        visit((o * groups + g) * inner + i, start, groupSize, inner);
      }
    }
  }
}
