import * as fc from 'fast-check';
import { compression } from 'heavy-weights';
import { describe, expect, it } from 'vitest';
import { finiteFloat32 } from './arbitraries.ts';

const packable = fc.integer({ min: 1, max: 16 }).chain((bits) =>
  fc.record({
    bits: fc.constant(bits),
    values: fc.array(fc.integer({ min: 0, max: 2 ** bits - 1 }), { minLength: 1, maxLength: 100 }),
  }),
);

/** All values as one large integer, the first in its lowest bits. */
const oracle = (values: number[], bits: number): number[] => {
  let all = values.reduceRight((sum, value) => (sum << BigInt(bits)) | BigInt(value), 0n);
  return Array.from({ length: Math.ceil((values.length * bits) / 8) }, () => {
    const byte = Number(all & 255n);
    all >>= 8n;
    return byte;
  });
};

describe('packBits', () => {
  it('is the large integer of all values, byte by byte', () => {
    fc.assert(
      fc.property(packable, ({ bits, values }) => {
        expect(Array.from(compression.packBits(values, bits))).toEqual(oracle(values, bits));
      }),
    );
  });

  it('is undone by unpackBits', () => {
    fc.assert(
      fc.property(packable, ({ bits, values }) => {
        const packed = compression.packBits(values, bits);
        expect(Array.from(compression.unpackBits(packed, bits, values.length))).toEqual(values);
      }),
    );
  });
});

/** Mostly zeros, in long runs; values of every kind between them. */
const sparse = <T extends ArrayLike<number>>(
  from: (values: number[]) => T,
  value: fc.Arbitrary<number>,
): fc.Arbitrary<T> =>
  fc
    .array(fc.tuple(fc.nat({ max: 40 }), fc.option(value, { nil: undefined })), {
      minLength: 1,
      maxLength: 40,
    })
    .map((runs) =>
      from(
        runs.flatMap(([zeros, last]) => [
          ...Array<number>(zeros).fill(0),
          ...(last === undefined ? [0] : [last]),
        ]),
      ),
    );

const arrays: fc.Arbitrary<compression.SparseValues> = fc.oneof(
  sparse((v) => Float32Array.from(v), fc.oneof(finiteFloat32, fc.constantFrom(-0, 0, 1))),
  sparse((v) => Int8Array.from(v), fc.integer({ min: -128, max: 127 })),
  sparse((v) => Uint8Array.from(v), fc.nat(255)),
  sparse((v) => Int16Array.from(v), fc.integer({ min: -32768, max: 32767 })),
  sparse((v) => Uint16Array.from(v), fc.nat(65535)),
);

const bitsOf = (values: compression.SparseValues): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

describe('encodeSparse', () => {
  const formats = fc.constantFrom<compression.SparseFormat>('bitmask', 'csr', 'relative');

  it('comes back bit for bit, in every format and type', () => {
    const options = fc.record({ format: formats, indexBits: fc.integer({ min: 1, max: 8 }) });
    fc.assert(
      fc.property(arrays, options, fc.nat(5), (values, { format, indexBits }, divisor) => {
        const columns = divisor === 0 ? 1 : Math.ceil(values.length / divisor);
        const isMatrix = values.length % columns === 0;
        const shape = isMatrix ? [values.length / columns, columns] : [1, values.length];
        const encoding = compression.encodeSparse(values, shape, { format, indexBits });
        const decoded = compression.decodeSparse(encoding);
        expect(decoded.constructor).toBe(values.constructor);
        expect(bitsOf(decoded)).toEqual(bitsOf(values));
        expect(compression.decodeSparse(encoding.bytes)).toEqual(decoded);
        const stored = values.filter((value) => value !== 0 || Object.is(value, -0)).length;
        expect(encoding.kept).toBe(stored);
        expect(encoding.valueBytes).toBe((stored + encoding.fillers) * values.BYTES_PER_ELEMENT);
      }),
      { numRuns: 600 },
    );
  });

  it('takes as many fillers as gaps are too large', () => {
    fc.assert(
      fc.property(arrays, fc.integer({ min: 1, max: 8 }), (values, indexBits) => {
        const { fillers } = compression.encodeSparse(values, undefined, { indexBits });
        let expected = 0;
        let zeros = 0;
        for (const value of values) {
          const isZero = Object.is(value, 0);
          // One zero too many to be skipped: it becomes an entry.
          if (isZero && zeros === 2 ** indexBits - 1) expected++;
          zeros = isZero && zeros < 2 ** indexBits - 1 ? zeros + 1 : 0;
        }
        expect(fillers).toBe(expected);
      }),
    );
  });
});
