/** Values as text, the way a browser's console writes them. Survives whatever a reader's object does. */

const maxItems = 20;
const maxKeys = 20;
const maxDepth = 3;
const maxString = 10_000;

/** Strings as they are, everything else as {@link formatValue} writes it. */
export function formatMessage(values: readonly unknown[]): string {
  return values.map((value) => (typeof value === 'string' ? value : formatValue(value))).join(' ');
}

/** Never throws: what cannot be read is named as such. */
export function formatValue(value: unknown): string {
  try {
    return format(value, 0, []);
  } catch {
    return '[a value that cannot be shown]';
  }
}

function format(value: unknown, depth: number, parents: object[]): string {
  switch (typeof value) {
    case 'string':
      return quote(value);
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value);
    case 'bigint':
      return `${value}n`;
    case 'symbol':
      return Symbol.prototype.toString.call(value);
    case 'function':
      return `[${/^class\b/.test(Function.prototype.toString.call(value)) ? 'class' : 'function'} ${safeName(value) || '(anonymous)'}]`;
    case 'object':
      return value === null ? 'null' : guarded(() => formatObject(value, depth, parents));
    default:
      return String(value);
  }
}

function formatObject(value: object, depth: number, parents: object[]): string {
  if (parents.includes(value)) return '[Circular]';
  const inside = [...parents, value];
  if (isTensor(value)) return formatTensor(value);
  if (isModel(value))
    return `Model ${quote(String(value.name))} (${value.layers.length} layers, ${group(value.countParams())} parameters)`;
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return formatTyped(value);
  if (value instanceof ArrayBuffer) return `ArrayBuffer(${value.byteLength} bytes)`;
  if (value instanceof Error) return formatError(value);
  if (value instanceof Date)
    return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (value instanceof RegExp) return RegExp.prototype.toString.call(value);
  if (value instanceof Promise) return 'Promise (await it to see its value)';
  const name = className(value);
  if (Array.isArray(value)) {
    if (depth >= maxDepth) return `Array(${value.length})`;
    const prefix = value.length > maxItems ? `Array(${value.length}) ` : '';
    return `${prefix}[${some(value, value.length, (item) => format(item, depth + 1, inside))}]`;
  }
  if (value instanceof Map) {
    if (depth >= maxDepth) return `Map(${value.size})`;
    const item = ([key, of]: [unknown, unknown]): string =>
      `${format(key, depth + 1, inside)} => ${format(of, depth + 1, inside)}`;
    return `Map(${value.size}) {${some(value, value.size, item)}}`;
  }
  if (value instanceof Set) {
    if (depth >= maxDepth) return `Set(${value.size})`;
    return `Set(${value.size}) {${some(value, value.size, (item) => format(item, depth + 1, inside))}}`;
  }
  if (depth >= maxDepth) return `${name || 'Object'} {…}`;
  const keys = Object.keys(value);
  const text = some(
    keys,
    keys.length,
    (key) => {
      const label = /^[\w$]+$/.test(key) ? key : quote(key);
      return `${label}: ${guarded(() => format((value as Record<string, unknown>)[key], depth + 1, inside))}`;
    },
    maxKeys,
  );
  return `${name && name !== 'Object' ? `${name} ` : ''}${text === '' ? '{}' : `{ ${text} }`}`;
}

function some<T>(
  items: Iterable<T>,
  count: number,
  show: (item: T) => string,
  limit = maxItems,
): string {
  const shown: string[] = [];
  for (const item of items) {
    if (shown.length >= limit) break;
    shown.push(show(item));
  }
  if (count > shown.length) shown.push(`… ${group(count - shown.length)} more`);
  return shown.join(', ');
}

/** Text of a part that may throw when it is read. */
function guarded(read: () => string): string {
  try {
    return read();
  } catch {
    return '[throws when read]';
  }
}

function formatError(error: Error): string {
  const name = guarded(() => String(error.name));
  const message = guarded(() => String(error.message));
  return message === '' ? name : `${name}: ${message}`;
}

interface TensorLike {
  dtype: string;
  shape: number[];
  size: number;
  isDisposed: boolean;
  toString(): string;
  dataSync(): ArrayLike<number>;
}

function isTensor(value: object): value is TensorLike {
  const { dtype, shape, dataSync } = value as Partial<TensorLike>;
  return typeof dtype === 'string' && Array.isArray(shape) && typeof dataSync === 'function';
}

function formatTensor(tensor: TensorLike): string {
  const head = `Tensor ${tensor.dtype} [${tensor.shape.join(', ')}]`;
  if (tensor.isDisposed) return `${head} (disposed)`;
  const data = tensor.dataSync();
  if (tensor.shape.length <= 1)
    return `${head} ${tensor.shape.length === 0 ? shortNumber(data[0]!) : `[${numbers(data)}]`}`;
  // TensorFlow.js has its own layout for matrices: `Tensor\n    [[1, 2],\n …`.
  return `${head}\n${tensor.toString().split('\n').slice(1).join('\n')}`;
}

interface ModelLike {
  name: string;
  layers: unknown[];
  countParams(): number;
}

function isModel(value: object): value is ModelLike {
  const { layers, countParams } = value as Partial<ModelLike>;
  return Array.isArray(layers) && typeof countParams === 'function';
}

function formatTyped(value: ArrayBufferView): string {
  const array = value as unknown as ArrayLike<number | bigint>;
  return `${className(value)}(${array.length}) [${numbers(array)}]`;
}

function numbers(data: ArrayLike<number | bigint>): string {
  const shown: string[] = [];
  for (let index = 0; index < Math.min(data.length, maxItems); index++)
    shown.push(shortNumber(data[index]!));
  if (data.length > maxItems) shown.push(`… ${group(data.length - maxItems)} more`);
  return shown.join(', ');
}

/** Seven significant digits: what a float32 holds. */
function shortNumber(value: number | bigint): string {
  if (typeof value !== 'number' || Number.isInteger(value))
    return Object.is(value, -0) ? '-0' : String(value);
  return String(Number(value.toPrecision(7)));
}

function group(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

function className(value: object): string {
  const prototype = Object.getPrototypeOf(value) as { constructor?: unknown } | null;
  return prototype === null ? '' : safeName(prototype.constructor);
}

function safeName(of: unknown): string {
  const name = typeof of === 'function' ? (of as { name: unknown }).name : '';
  return typeof name === 'string' ? name.slice(0, 100) : '';
}

function quote(text: string): string {
  const short = text.length > maxString ? `${text.slice(0, maxString)}…` : text;
  return `'${short.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`;
}
