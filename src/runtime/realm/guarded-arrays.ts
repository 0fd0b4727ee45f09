/**
 * Array constructors for readers' code that refuse what no cell can need. A browser hands out 2 GB
 * readily and runs into trouble only when they are written to; by then the whole tab suffers.
 */
const mostBytes = 1024 ** 3;

const constructors = [
  Float32Array,
  Float64Array,
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  BigInt64Array,
  BigUint64Array,
];

/** By name; readers' modules get them in place of the global ones, the engine keeps those. */
export const guardedArrays = new Map<string, unknown>([
  ['ArrayBuffer', guard(ArrayBuffer, 1)],
  ...constructors.map((constructor): [string, unknown] => [
    constructor.name,
    guard(constructor, constructor.BYTES_PER_ELEMENT),
  ]),
]);

function guard(
  constructor: abstract new (...args: never[]) => object,
  bytesPerItem: number,
): unknown {
  return new Proxy(constructor, {
    construct(target, args: unknown[], newTarget) {
      const [length] = args;
      if (typeof length === 'number' && length * bytesPerItem > mostBytes) {
        // The words of a browser that refuses by itself, so both are explained alike.
        throw new RangeError(
          `Array buffer allocation failed: ${(length * bytesPerItem).toLocaleString('en-GB')} bytes asked for, at most ${mostBytes.toLocaleString('en-GB')} given`,
        );
      }
      return Reflect.construct(target, args, newTarget) as object;
    },
  });
}
