import { formatPair, formatValue, isTensor } from '../format-value.ts';
import { CheckFailure } from './check-failure.ts';
import { firstDifference, isArrayLike, sameNumber, within } from './compare.ts';
import type { Difference } from './compare.ts';
import { countExpectation } from './expectation-count.ts';

/** What every expectation takes: the name by which its message calls the value. */
export interface Labelled {
  /** How the message names the value: `scale`, `the codes`. Default: `the answer`. */
  label?: string;
}

/** How far a number may be off: |actual − expected| ≤ tolerance + relative · |expected|. */
export interface Tolerance extends Labelled {
  tolerance?: number;
  relative?: number;
}

/** Names of typed arrays that an answer may be asked to be. */
export type TypedArrayName =
  | 'Int8Array'
  | 'Uint8Array'
  | 'Int16Array'
  | 'Uint16Array'
  | 'Int32Array'
  | 'Uint32Array'
  | 'Float32Array'
  | 'Float64Array';

/** Asks that an array be of one kind. */
export interface ArrayKind {
  type?: TypedArrayName;
}

/** The answer is exactly this: numbers, strings, arrays (of any kind), plain objects, tensors. */
export function expectEqual(actual: unknown, expected: unknown, options: Labelled = {}): void {
  countExpectation();
  failOn(firstDifference(actual, expected, sameNumber), actual, expected, options);
}

/** Every number of the answer is within a tolerance (1e-6, absolute, unless one is given). */
export function expectClose(actual: unknown, expected: unknown, options: Tolerance = {}): void {
  countExpectation();
  const { relative = 0, tolerance = options.relative === undefined ? 1e-6 : 0 } = options;
  failOn(firstDifference(actual, expected, within(tolerance, relative)), actual, expected, options);
}

/** An array or typed array with exactly these elements; the message points to the first that differs. */
export function expectArrayEqual(
  actual: unknown,
  expected: ArrayLike<unknown>,
  options: Labelled & ArrayKind = {},
): void {
  expectArrayKind(actual, options);
  expectEqual(actual, expected, options);
}

/** An array or typed array whose elements are within a tolerance of these. */
export function expectArrayClose(
  actual: unknown,
  expected: ArrayLike<unknown>,
  options: Tolerance & ArrayKind = {},
): void {
  expectArrayKind(actual, options);
  expectClose(actual, expected, options);
}

/** The condition holds; otherwise the message, written by the check's author, is what the reader sees. */
export function expectTrue(
  condition: boolean,
  message: string,
  values: { got?: unknown; expected?: unknown } = {},
): void {
  countExpectation();
  if (condition === true) return;
  throw new CheckFailure(message, {
    ...('got' in values ? { got: formatValue(values.got) } : {}),
    ...('expected' in values ? { expected: formatValue(values.expected) } : {}),
  });
}

/** Fails with a message of the check's own. */
export function fail(message: string, values: { got?: unknown; expected?: unknown } = {}): never {
  expectTrue(false, message, values);
  throw new CheckFailure(message);
}

function expectArrayKind(
  actual: unknown,
  { label = 'the answer', type }: Labelled & ArrayKind,
): void {
  if (!isArrayLike(actual)) {
    throw new CheckFailure(`${sentenceCase(label)} should be an array of numbers.`, {
      got: formatValue(actual),
      expected: type === undefined ? 'an array' : `a value of type ${type}`,
    });
  }
  const kind = actual.constructor.name;
  if (type === undefined || kind === type) return;
  throw new CheckFailure(
    `${sentenceCase(label)} should be of type ${type}; it is of type ${kind}.`,
    {
      got: formatValue(actual),
      expected: `a value of type ${type}`,
    },
  );
}

function failOn(
  difference: Difference | undefined,
  actual: unknown,
  expected: unknown,
  { label = 'the answer' }: Labelled,
): void {
  if (difference === undefined) return;
  const [got, wanted] = formatPair(actual, expected);
  throw new CheckFailure(describe(difference, label), {
    got: withFirstDifference(got, difference, 'actual'),
    expected: withFirstDifference(wanted, difference, 'expected'),
    ofArray: isArrayLike(actual),
  });
}

function describe({ path, actual, expected, reason }: Difference, label: string): string {
  const name = path === '' ? sentenceCase(label) : namePart(label, path);
  if (reason !== undefined) return `${name} ${reason}.`;
  const [got, wanted] = formatPair(actual, expected);
  return `${name} should be ${wanted}; it is ${got}.`;
}

/** `scale[3]` when the label is a name of code, `Element 3 of the answer` when it is words. */
function namePart(label: string, path: string): string {
  if (/^[\w.[\]]+$/.test(label)) return label + path;
  const index = /^\[(\d+)\]$/.exec(path)?.[1];
  if (index !== undefined) return `Element ${index} of ${label}`;
  const key = /^\.(\w+)$/.exec(path)?.[1];
  return key === undefined ? `${sentenceCase(label)} at ${path}` : `${key} of ${label}`;
}

/** A label of words starts a sentence; a name of code (`zeroPoint`) keeps its case. */
function sentenceCase(label: string): string {
  return label.includes(' ') ? label.charAt(0).toUpperCase() + label.slice(1) : label;
}

/** Long arrays are shortened: the element that differs is shown by its index if it was left out. */
function withFirstDifference(
  text: string,
  difference: Difference,
  side: 'actual' | 'expected',
): string {
  if (difference.path === '' || !text.includes('more') || isTensor(difference[side])) return text;
  return `${text}, with ${difference.path.replace(/^\./, '')} = ${formatPair(difference.actual, difference.expected)[side === 'actual' ? 0 : 1]}`;
}
