import { compression, tf } from 'heavy-weights';
import { describe, expect, it } from 'vitest';
import { errorOf } from './compression-errors.ts';

const wrong = (value: unknown) => value as never;

/** Every function that takes numbers, called with the given ones. */
const takers: Record<string, { name: string; call: (values: never) => unknown }> = {
  entropyBits: { name: 'counts', call: (v) => compression.entropyBits(v) },
  huffmanCodeLengths: { name: 'counts', call: (v) => compression.huffmanCodeLengths(v) },
  canonicalCodes: { name: 'lengths', call: (v) => compression.canonicalCodes(v) },
  encodeHuffman: { name: 'symbols', call: (v) => compression.encodeHuffman(v) },
  packBits: { name: 'values', call: (v) => compression.packBits(v, 4) },
  encodeSparse: { name: 'values', call: (v) => compression.encodeSparse(v) },
};

describe.each(Object.entries(takers))('%s', (caller, { name, call }) => {
  it.each([NaN, Infinity, -Infinity, 'x', null, undefined, [1], {}])(
    'names the index of %s',
    (bad) => {
      const { explain } = errorOf(() => call(wrong([1, 0, bad])));
      expect(explain).toContain(`${name}[2]`);
    },
  );

  it.each([NaN, Infinity])('names the index of %s in a typed array', (bad) => {
    const { explain } = errorOf(() => call(wrong(Float32Array.of(1, 0, bad))));
    expect(explain).toContain(`${name}[2]`);
    expect(explain).toContain(String(bad));
  });

  it.each([
    ['undefined', undefined],
    ['null', null],
    ['a number', 5],
    ['a text', 'abc'],
    ['an object', {}],
    ['a promise', Promise.resolve([1])],
    ['large integers', BigInt64Array.of(1n)],
    ['a buffer', new ArrayBuffer(4)],
    ['a tensor', tf.tensor1d([1, 2])],
  ])('refuses %s', (_, value) => {
    const { code, explain } = errorOf(() => call(wrong(value)));
    expect(code).toBe('not-an-array-of-numbers');
    expect(explain).toContain(name);
  });

  if (caller === 'encodeHuffman') return;
  it('refuses nothing at all', () => {
    expect(errorOf(() => call(wrong([]))).code).toBe('array-empty');
  });
});

/** Those of them that take integers of some range only. */
const integers: [string, (value: number) => unknown, number[]][] = [
  ['entropyBits', (v) => compression.entropyBits([1, v]), [-1, 0.5, 2 ** 53]],
  ['huffmanCodeLengths', (v) => compression.huffmanCodeLengths([1, v]), [-1, 0.5, 2 ** 53]],
  ['canonicalCodes', (v) => compression.canonicalCodes([1, v]), [-1, 0.5, 25]],
  ['encodeHuffman', (v) => compression.encodeHuffman([1, v]), [-1, 0.5, 65536, 2 ** 32]],
  ['packBits', (v) => compression.packBits([1, v], 4), [-1, 0.5, 16, 2 ** 32]],
];

it.each(integers)('%s names the index of a number that does not fit', (_, call, values) => {
  for (const value of values) {
    const { explain } = errorOf(() => call(value));
    expect(explain).toContain('[1]');
    expect(explain).toContain(String(value));
  }
});

describe('options and sizes', () => {
  it.each([0, 17, 2.5, NaN, '4', null])('refuses %s bits', (bits) => {
    expect(errorOf(() => compression.packBits([0], wrong(bits))).code).toBe(
      'not-an-integer-in-range',
    );
    expect(errorOf(() => compression.unpackBits(Uint8Array.of(0), wrong(bits), 1)).code).toBe(
      'not-an-integer-in-range',
    );
  });

  it.each([-1, 1.5, NaN, 3, 9, Infinity, '2'])(
    'refuses %s values in one byte of three bits each',
    (count) => {
      const { code, explain } = errorOf(() =>
        compression.unpackBits(Uint8Array.of(0), 3, wrong(count)),
      );
      expect(code).toBe('packed-length-differs');
      expect(explain).toContain('2 at most');
    },
  );

  it('refuses packed bytes that are none, and bits after the last value', () => {
    expect(errorOf(() => compression.unpackBits(wrong([0]), 3, 2)).code).toBe('not-bytes');
    expect(errorOf(() => compression.unpackBits(Uint8Array.of(0x40), 3, 2)).code).toBe(
      'packed-padding-not-zero',
    );
    expect(compression.unpackBits(Uint8Array.of(0x3f), 3, 2)).toEqual(Uint8Array.of(7, 7));
  });

  it('refuses lengths of no code, and more symbols than there are', () => {
    expect(errorOf(() => compression.canonicalCodes([1, 1, 2])).code).toBe(
      'code-lengths-impossible',
    );
    expect(compression.canonicalCodes([2, 2])).toEqual(Uint32Array.of(0, 1));
    expect(errorOf(() => compression.huffmanCodeLengths(new Uint8Array(65537))).code).toBe(
      'too-many-symbols',
    );
    for (const maxLength of [0, 25, 1.5, wrong('8')]) {
      expect(errorOf(() => compression.huffmanCodeLengths([1, 1], { maxLength })).code).toBe(
        'not-an-integer-in-range',
      );
    }
  });

  it.each<[string, unknown[], string]>([
    ['a format unknown', [[1, 0], [2], { format: 'coo' }], 'sparse-format-unknown'],
    [
      'a format that is a property of every object',
      [[1, 0], [2], { format: 'toString' }],
      'sparse-format-unknown',
    ],
    ['no bits of a gap', [[1, 0], [2], { indexBits: 0 }], 'not-an-integer-in-range'],
    ['nine bits of a gap', [[1, 0], [2], { indexBits: 9 }], 'not-an-integer-in-range'],
    ['a shape that does not fit', [[1, 0], [3]], 'shape-does-not-fit'],
    ['a shape of nothing', [[1], []], 'shape-does-not-fit'],
    ['a shape with a negative size', [[1], [-1, -1]], 'shape-does-not-fit'],
    ['a shape that is none', [[1], 1], 'shape-does-not-fit'],
    ['options for a shape', [[1, 0], { format: 'csr' }], 'shape-does-not-fit'],
    ['rows of a list', [[1, 0], [2], { format: 'csr' }], 'sparse-not-a-matrix'],
    ['rows of a cube', [[1, 0], [1, 1, 2], { format: 'csr' }], 'sparse-not-a-matrix'],
    [
      'more columns than 65,536',
      [new Int8Array(65537), [1, 65537], { format: 'csr' }],
      'sparse-not-a-matrix',
    ],
    ['doubles', [Float64Array.of(1, 0)], 'array-type-unsupported'],
    ['int32', [Int32Array.of(1, 0)], 'array-type-unsupported'],
    ['numbers beyond float32', [[1e39]], 'value-outside-float32'],
  ])('encodeSparse refuses %s', (_, given, code) => {
    expect(errorOf(() => compression.encodeSparse(...(given as [never]))).code).toBe(code);
  });

  it.each([undefined, null, 5, 'x', [1, 2], {}, { bytes: [1] }, new Int8Array(3)])(
    'decoders refuse %s for bytes',
    (value) => {
      expect(errorOf(() => compression.decodeSparse(wrong(value))).code).toBe('not-bytes');
      expect(errorOf(() => compression.decodeHuffman(wrong(value))).code).toBe('not-bytes');
    },
  );

  it('refuses options that are not known, or none', () => {
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
    const bytes = compression.encodeModel(model);
    const takers: ((options: never) => unknown)[] = [
      (options) => compression.huffmanCodeLengths([1, 1], options),
      (options) => compression.encodeSparse([1], [1], options),
      (options) => compression.decodeSparse(compression.encodeSparse([1]), options),
      (options) => compression.encodeModel(model, options),
      (options) => compression.decodeModel(bytes, options),
      (options) => compression.compressionReport(bytes, options),
    ];
    for (const take of takers) {
      const { code, explain } = errorOf(() => take(wrong({ max_length: 3 })));
      expect(code).toBe('option-unknown');
      expect(explain).toContain('max_length');
      expect(errorOf(() => take(wrong(null))).code).toBe('options-not-an-object');
      expect(errorOf(() => take(wrong('x'))).code).toBe('options-not-an-object');
    }
  });

  it.each([0, -1, 1.5, NaN, '9'])('decodeSparse refuses room for %s values', (maxValues) => {
    const { bytes } = compression.encodeSparse([1, 0]);
    expect(
      errorOf(() => compression.decodeSparse(bytes, { maxValues: wrong(maxValues) })).code,
    ).toBe('not-an-integer-in-range');
  });
});
