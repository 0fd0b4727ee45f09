/** What the functions of this folder demand of their arguments, said to the reader in one manner. */
import { ReaderError } from '../../shared/reader-error.ts';

const INT32_MIN = -(2 ** 31);
const INT32_MAX = 2 ** 31 - 1;

/** Names what came, briefly: for messages. @internal */
export function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === 'string') return `the text ${JSON.stringify(value.slice(0, 40))}`;
  if (typeof value === 'bigint') return `the bigint ${value}n`;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'function') return 'a function';
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (ArrayBuffer.isView(value)) return `a ${value[Symbol.toStringTag as never] ?? 'view'}`;
  const name = (value as object).constructor?.name;
  return name === undefined || name === 'Object' ? 'an object' : `a ${name}`;
}

function hintFor(value: unknown): string {
  if (value instanceof Promise) return 'It is a promise: put await before the call that made it.';
  if (value instanceof Map || value instanceof Set) return 'Spread it into an array first.';
  if (value !== null && typeof value === 'object' && 'dataSync' in value) {
    return 'It is a tensor: take its numbers with await tensor.data().';
  }
  return 'Pass a Float32Array, or an array of numbers such as [0.5, -1.25].';
}

/** A typed array of numbers or an array of them, of at least one element. @internal */
export function requireArray(name: string, values: ArrayLike<number>): void {
  const given: unknown = values;
  const isBig = given instanceof BigInt64Array || given instanceof BigUint64Array;
  if (isBig || !(Array.isArray(given) || (ArrayBuffer.isView(given) && 'length' in given))) {
    throw new ReaderError({
      code: 'not-an-array-of-numbers',
      explain: `${name} must be a typed array or an array of numbers; ${describe(given)} came.`,
      hint: isBig
        ? 'Turn its elements into numbers with Array.from(values, Number).'
        : hintFor(given),
    });
  }
  if (values.length === 0) {
    throw new ReaderError({
      code: 'array-empty',
      explain: `${name} is empty; it must hold at least one number.`,
      hint: 'Look at where it was filled: a filter or a slice may have left nothing.',
    });
  }
}

/** As {@link requireArray}, and every element is a finite number. @internal */
export function requireFiniteArray(name: string, values: ArrayLike<number>): void {
  requireArray(name, values);
  if (ArrayBuffer.isView(values) && allFinite(values)) return;
  for (let i = 0; i < values.length; i++) {
    const value: unknown = values[i];
    if (typeof value !== 'number' || !Number.isFinite(value)) throw notFinite(name, i, value);
  }
}

/** Whether a typed array is finite throughout: 0 times NaN or infinity is NaN, and stays in the sum. */
function allFinite(values: ArrayLike<number>): boolean {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += 0 * values[i]!;
  return sum === 0;
}

function notFinite(name: string, index: number, value: unknown): ReaderError {
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    return new ReaderError({
      code: 'array-nested',
      explain: `${name} must be flat; ${name}[${index}] is ${describe(value)}.`,
      hint: `Flatten it: ${name}.flat(Infinity). Shapes are passed beside the values.`,
    });
  }
  return new ReaderError({
    code: 'value-not-finite',
    explain: `${name} must hold finite numbers only; ${name}[${index}] is ${describe(value)}.`,
    hint:
      typeof value === 'number'
        ? 'A division by zero or an overflow before this step makes such values: look there.'
        : 'Convert it with Number(…) first.',
  });
}

/** The values as float32, the precision in which TFLite quantizes; every one checked. @internal */
export function toFloat32(name: string, values: ArrayLike<number>): Float32Array {
  requireFiniteArray(name, values);
  if (values instanceof Float32Array) return values;
  const floats = Float32Array.from(values);
  for (let i = 0; i < floats.length; i++) {
    if (!Number.isFinite(floats[i]!)) {
      throw new ReaderError({
        code: 'value-outside-float32',
        explain: `${name}[${i}] is ${values[i]}, beyond the largest float32, about 3.4e38.`,
        hint: 'Quantization reads its values as float32, as TFLite does.',
      });
    }
  }
  return floats;
}

/** A finite number. @internal */
export function requireNumber(name: string, value: number): void {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    throw new ReaderError({
      code: 'not-a-finite-number',
      explain: `${name} must be a finite number; it is ${describe(value)}.`,
    });
  }
}

/** An integer from min to max, both included. @internal */
export function requireInteger(name: string, value: number, min: number, max: number): void {
  const isInteger = (value | 0) === value || Number.isInteger(value);
  if (!isInteger || value < min || value > max) {
    throw new ReaderError({
      code: 'not-an-integer-in-range',
      explain: `${name} must be an integer from ${min} to ${max}; it is ${describe(value)}.`,
    });
  }
}

/** An int32; written so that the common case is one comparison. @internal */
export function requireInt32(name: string, value: number): void {
  if ((value | 0) !== value) requireInteger(name, value, INT32_MIN, INT32_MAX);
}

/** Two arrays of numbers of one length. @internal */
export function requireSameLength(
  names: readonly [string, string],
  a: ArrayLike<number>,
  b: ArrayLike<number>,
): void {
  requireFiniteArray(names[0], a);
  requireFiniteArray(names[1], b);
  if (a.length !== b.length) {
    throw new ReaderError({
      code: 'lengths-differ',
      explain: `${names[0]} and ${names[1]} must be of one length; ${names[0]} has ${a.length} numbers and ${names[1]} has ${b.length}.`,
      hint: 'Compare values with what was made from those very values.',
    });
  }
}
