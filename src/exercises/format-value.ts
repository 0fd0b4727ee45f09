/** Short text for the values of a check: what a reader sees of an argument or an answer. */

interface FormatOptions {
  /** Significant digits of a number that is not an integer. */
  digits?: number;
  /** Elements of an array shown before the rest is counted. */
  items?: number;
  /** Characters of a string shown. */
  characters?: number;
}

const defaults = { digits: 6, items: 8, characters: 60 };
type Options = typeof defaults;

/**
 * One value, short: `0.0125`, `[1, -2, 3]`, `Float32Array [0.5, … 99 more]`, `{ scale: 0.1 }`.
 *
 * @example
 * ```ts
 * console.log(formatValue(new Float32Array([0.1, 2]))); // Float32Array [0.1, 2]
 * ```
 */
export function formatValue(value: unknown, options: FormatOptions = {}): string {
  return formatAtDepth(value, { ...defaults, ...options }, 0);
}

/** The call as the reader would write it, with short arguments. */
export function formatCall(name: string, args: readonly unknown[]): string {
  return `${name}(${args.map((arg) => formatValue(arg)).join(', ')})`;
}

/** Two values that differ, with as many digits as it takes to see that they do. */
export function formatPair(actual: unknown, expected: unknown): [string, string] {
  let pair: [string, string] = ['', ''];
  for (const digits of [6, 9, 13, 17]) {
    pair = [formatValue(actual, { digits }), formatValue(expected, { digits })];
    if (pair[0] !== pair[1]) break;
  }
  return pair;
}

function formatAtDepth(value: unknown, options: Options, depth: number): string {
  if (value === null || value === undefined || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return formatNumber(value, options.digits);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'string') return formatString(value, options.characters);
  if (typeof value !== 'object') return `a ${typeof value}`;
  if (isTensor(value)) return formatTensor(value, options);
  if (ArrayBuffer.isView(value)) return formatView(value, options);
  if (depth >= 3) return Array.isArray(value) ? '[…]' : '{…}';
  if (Array.isArray(value)) return formatItems(value, options, depth);
  return formatRecord(value, options, depth);
}

function formatNumber(value: number, digits: number): string {
  if (Object.is(value, -0)) return '-0';
  if (Number.isInteger(value) || !Number.isFinite(value)) return String(value);
  // Of a large number too a fraction is shown: two places at least.
  const whole = Math.max(0, Math.floor(Math.log10(Math.abs(value))) + 1);
  return String(Number(value.toPrecision(Math.min(21, Math.max(digits, whole + 2)))));
}

function formatString(value: string, characters: number): string {
  return JSON.stringify(value.length > characters ? `${value.slice(0, characters)}…` : value);
}

function formatItems(values: ArrayLike<unknown>, options: Options, depth: number): string {
  const shown: string[] = [];
  for (let i = 0; i < Math.min(values.length, options.items); i++) {
    shown.push(formatAtDepth(values[i], options, depth + 1));
  }
  const left = values.length - shown.length;
  if (left > 0) shown.push(`… ${left} more`);
  return `[${shown.join(', ')}]`;
}

function formatView(view: ArrayBufferView, options: Options): string {
  const name = view.constructor.name;
  if (view instanceof DataView) return `DataView of ${view.byteLength} bytes`;
  const shortest =
    name === 'Float32Array' ? { ...options, digits: Math.min(options.digits, 9) } : options;
  return `${name} ${formatItems(view as unknown as ArrayLike<number>, shortest, 1)}`;
}

function formatRecord(value: object, options: Options, depth: number): string {
  const entries = Object.entries(value);
  if (entries.length === 0) return '{}';
  const shown = entries
    .slice(0, options.items)
    .map(([key, item]) => `${key}: ${formatAtDepth(item, options, depth + 1)}`);
  if (entries.length > shown.length) shown.push(`… ${entries.length - shown.length} more`);
  return `{ ${shown.join(', ')} }`;
}

/** Enough of a TensorFlow.js tensor to read it, without a dependency on TensorFlow.js. */
export interface TensorLike {
  shape: number[];
  dtype: string;
  dataSync(): ArrayLike<number>;
}

/** Whether a value is a TensorFlow.js tensor. */
export function isTensor(value: unknown): value is TensorLike {
  return (
    typeof value === 'object' &&
    value !== null &&
    'dataSync' in value &&
    typeof value.dataSync === 'function' &&
    'shape' in value &&
    Array.isArray(value.shape)
  );
}

function formatTensor(tensor: TensorLike, options: Options): string {
  return `tensor of shape [${tensor.shape.join(', ')}] ${formatItems(tensor.dataSync(), options, 1)}`;
}
