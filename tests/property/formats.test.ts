import * as fc from 'fast-check';
import { numerics } from 'heavy-weights';
import { describe, expect, it } from 'vitest';
import { finiteFloat32 } from './arbitraries.ts';

const RUNS = { numRuns: 20_000 };

/** The platform's own half precision: what V8 rounds and stores. */
const platform = { f16round: Math.f16round, view: new DataView(new ArrayBuffer(4)) };

const halves = fc.float({ min: -65504, max: 65504, noNaN: true });
/** Halfway between two float16 numbers, where only the tie rule decides. */
const ties = fc
  .integer({ min: 0, max: 0x7bfe })
  .map((bits) => numerics.decodeFloat16([bits, bits + 1]))
  .map(([a, b]) => (a! + b!) / 2);

describe('float16', () => {
  it('rounds as the platform does', () => {
    fc.assert(
      fc.property(fc.oneof(halves, ties), (x) => {
        expect(numerics.toFloat16([x])[0]).toBe(platform.f16round(Math.fround(x)));
      }),
      RUNS,
    );
  });

  it('gives the bits that the platform stores', () => {
    fc.assert(
      fc.property(fc.oneof(halves, ties), (x) => {
        platform.view.setFloat16(0, Math.fround(x));
        expect(numerics.encodeFloat16([x])[0]).toBe(platform.view.getUint16(0));
      }),
      RUNS,
    );
  });

  it('clamps whatever lies beyond', () => {
    fc.assert(
      fc.property(fc.float({ min: 65504, noNaN: true, noDefaultInfinity: true }), (x) => {
        expect(Array.from(numerics.toFloat16([x, -x]))).toEqual([65504, -65504]);
      }),
    );
  });

  it('reads all 65,536 words as the platform does', () => {
    const words = Uint16Array.from({ length: 65_536 }, (_, i) => i);
    const numbers = numerics.decodeFloat16(words);
    const differing = words.filter((word) => {
      platform.view.setUint16(0, word);
      return !Object.is(numbers[word], platform.view.getFloat16(0));
    });
    expect(Array.from(differing)).toEqual([]);
  });
});

/** The neighbours of a number in bfloat16, by cutting bits off, and the nearer of them by distance. */
function nearestBfloat16(x: number): number {
  const { view } = platform;
  view.setFloat32(0, x);
  const word = view.getUint32(0);
  view.setUint32(0, word & 0xffff0000);
  const below = view.getFloat32(0);
  view.setUint32(0, (word & 0xffff0000) + 0x10000);
  const above = view.getFloat32(0);
  // Past the largest number the next step would be 2^128: infinity stands for it.
  const distanceAbove = Math.abs((Number.isFinite(above) ? above : Math.sign(x) * 2 ** 128) - x);
  const distanceBelow = Math.abs(x - below);
  if (distanceBelow !== distanceAbove) return distanceBelow < distanceAbove ? below : above;
  return (word & 0x10000) === 0 ? below : above;
}

describe('bfloat16', () => {
  it('is the nearer neighbour, the even one at a tie', () => {
    const bfloatTies = fc.integer({ min: 0, max: 0x7f7e }).map((bits) => {
      platform.view.setUint32(0, bits * 0x10000 + 0x8000);
      return platform.view.getFloat32(0);
    });
    fc.assert(
      fc.property(fc.oneof(finiteFloat32, bfloatTies), (x) => {
        expect(numerics.toBfloat16([x])[0]).toBe(nearestBfloat16(x));
      }),
      RUNS,
    );
  });

  it('codes what it decodes, for every finite word', () => {
    const words = Uint16Array.from({ length: 65_536 }, (_, i) => i).filter(
      (word) => (word & 0x7f80) !== 0x7f80,
    );
    expect(words).toHaveLength(65_536 - 256);
    expect(numerics.encodeBfloat16(numerics.decodeBfloat16(words))).toEqual(words);
  });
});

describe('int4', () => {
  const int4s = fc.array(fc.integer({ min: -8, max: 7 }), { minLength: 1, maxLength: 99 });

  it('unpacks what it packed, from half the bytes', () => {
    fc.assert(
      fc.property(int4s, (values) => {
        const bytes = numerics.packInt4(values);
        expect(bytes).toHaveLength(Math.ceil(values.length / 2));
        expect(Array.from(numerics.unpackInt4(bytes, values.length))).toEqual(values);
      }),
    );
  });

  it('puts the earlier value into the low nibble', () => {
    fc.assert(
      fc.property(int4s, (values) => {
        numerics.packInt4(values).forEach((byte, i) => {
          const nibble = (v: number | undefined) => ((v ?? 0) + 16) % 16;
          expect(byte).toBe(nibble(values[2 * i]) + 16 * nibble(values[2 * i + 1]));
        });
      }),
    );
  });

  it('packs again what it unpacked, for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), (bytes) => {
        expect(numerics.packInt4(numerics.unpackInt4(bytes, 2 * bytes.length))).toEqual(bytes);
      }),
    );
  });
});
