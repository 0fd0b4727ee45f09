import { isTensor } from '../format-value.ts';

/** Where two values first differ: `path` as the reader would write it, such as `[3]` or `.scale`. */
export interface Difference {
  path: string;
  actual: unknown;
  expected: unknown;
  /** Set when the difference is not in a value: a length, a kind, a missing key. */
  reason?: string;
}

type NumberRule = (actual: number, expected: number) => boolean;

/** 0 and −0 are equal, NaN equals NaN. */
export const sameNumber: NumberRule = (actual, expected) =>
  actual === expected || (Number.isNaN(actual) && Number.isNaN(expected));

/** |actual − expected| ≤ tolerance + relative · |expected|; infinities and NaN only equal themselves. */
export function within(tolerance: number, relative: number): NumberRule {
  return (actual, expected) =>
    sameNumber(actual, expected) ||
    (Number.isFinite(actual) &&
      Number.isFinite(expected) &&
      Math.abs(actual - expected) <= tolerance + relative * Math.abs(expected));
}

/**
 * The first difference between two plain values, or undefined. Arrays and typed arrays are equal when
 * their elements are, whatever their kind; objects must have the same keys; tensors the same shape.
 */
export function firstDifference(
  actual: unknown,
  expected: unknown,
  rule: NumberRule = sameNumber,
  path = '',
): Difference | undefined {
  if (typeof expected === 'number') {
    if (typeof actual !== 'number') return { path, actual, expected, reason: 'is not a number' };
    return rule(actual, expected) ? undefined : { path, actual, expected };
  }
  if (isTensor(expected)) return compareTensors(actual, expected, rule, path);
  if (isArrayLike(expected)) return compareArrays(actual, expected, rule, path);
  if (typeof expected === 'object' && expected !== null) {
    return compareObjects(actual, expected, rule, path);
  }
  return Object.is(actual, expected) ? undefined : { path, actual, expected };
}

/** Whether a value is an array or a typed array. */
export function isArrayLike(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

function compareArrays(
  actual: unknown,
  expected: ArrayLike<unknown>,
  rule: NumberRule,
  path: string,
): Difference | undefined {
  if (!isArrayLike(actual)) return { path, actual, expected, reason: 'is not an array' };
  const length = Math.min(actual.length, expected.length);
  for (let i = 0; i < length; i++) {
    const found = firstDifference(actual[i], expected[i], rule, `${path}[${i}]`);
    if (found) return found;
  }
  if (actual.length === expected.length) return undefined;
  return {
    path,
    actual,
    expected,
    reason: `has ${count(actual.length)}, not ${expected.length}`,
  };
}

function count(elements: number): string {
  return `${elements} ${elements === 1 ? 'element' : 'elements'}`;
}

function compareTensors(
  actual: unknown,
  expected: { shape: number[]; dataSync(): ArrayLike<number> },
  rule: NumberRule,
  path: string,
): Difference | undefined {
  if (!isTensor(actual)) return { path, actual, expected, reason: 'is not a tensor' };
  const shapes = [actual.shape, expected.shape].map((shape) => `[${shape.join(', ')}]`);
  if (shapes[0] !== shapes[1]) {
    return { path, actual, expected, reason: `has the shape ${shapes[0]}, not ${shapes[1]}` };
  }
  return compareArrays(actual.dataSync(), expected.dataSync(), rule, path);
}

function compareObjects(
  actual: unknown,
  expected: object,
  rule: NumberRule,
  path: string,
): Difference | undefined {
  if (typeof actual !== 'object' || actual === null || isArrayLike(actual)) {
    return { path, actual, expected, reason: 'is not an object' };
  }
  for (const [key, wanted] of Object.entries(expected)) {
    if (!Object.hasOwn(actual, key)) {
      return { path, actual, expected, reason: `has no ${key}` };
    }
    const found = firstDifference(
      actual[key as keyof typeof actual],
      wanted,
      rule,
      `${path}.${key}`,
    );
    if (found) return found;
  }
  const extra = Object.keys(actual).find((key) => !Object.hasOwn(expected, key));
  return extra === undefined
    ? undefined
    : { path, actual, expected, reason: `has ${extra}, which is not asked for` };
}
