import * as fc from 'fast-check';
import { numerics } from 'heavy-weights';
import { describe, expect, it } from 'vitest';
import { int32 } from './arbitraries.ts';
import * as oracle from './bigint-oracle.ts';

const RUNS = { numRuns: 20_000 };

describe('fixed point against exact integers', () => {
  it('saturatingRoundingDoublingHighMul, over all of int32', () => {
    fc.assert(
      fc.property(int32, int32, (a, b) => {
        expect(numerics.saturatingRoundingDoublingHighMul(a, b)).toBe(oracle.highMul(a, b));
      }),
      RUNS,
    );
  });

  it('roundingDivideByPOT, over all of int32 and every exponent', () => {
    fc.assert(
      fc.property(int32, fc.integer({ min: 0, max: 31 }), (x, exponent) => {
        expect(numerics.roundingDivideByPOT(x, exponent)).toBe(oracle.divideByPOT(x, exponent));
      }),
      RUNS,
    );
  });

  it('multiplyByQuantizedMultiplier, over all of int32 and every shift', () => {
    fc.assert(
      fc.property(int32, int32, fc.integer({ min: -31, max: 31 }), (x, multiplier, shift) => {
        const expected = oracle.multiply32(x, multiplier, shift);
        expect(numerics.multiplyByQuantizedMultiplier(x, multiplier, shift)).toBe(expected);
      }),
      RUNS,
    );
  });

  it('multiplyByQuantizedMultiplierInt64, over 48 bits and every shift', () => {
    const wide = fc.oneof(
      fc.integer({ min: -(2 ** 47), max: 2 ** 47 - 1 }),
      fc.constantFrom(-(2 ** 47), 2 ** 47 - 1, -(2 ** 24), 2 ** 24 - 1, -1, 0, 1),
    );
    const multiplier = fc.oneof(
      fc.integer({ min: 0, max: 2 ** 31 - 1 }),
      fc.constantFrom(0x7ffeffff, 0x7fff0000, 0x7fffffff, 0x40000000, 0x7fff, 0x8000),
    );
    let fitted = 0;
    fc.assert(
      fc.property(wide, multiplier, fc.integer({ min: -31, max: 7 }), (x, m, shift) => {
        const expected = oracle.multiply64(x, m, shift);
        const call = () => numerics.multiplyByQuantizedMultiplierInt64(x, m, shift);
        if (expected === undefined) {
          expect(call).toThrow(/does not fit int32/);
        } else {
          fitted++;
          expect(call()).toBe(expected);
        }
      }),
      RUNS,
    );
    // Narrow accumulators, so that the left shifts are met with results that fit.
    fc.assert(
      fc.property(int32, multiplier, fc.integer({ min: -15, max: 7 }), (x, m, shift) => {
        const narrow = x >> Math.max(0, shift);
        const expected = oracle.multiply64(narrow, m, shift);
        if (expected === undefined) return;
        expect(numerics.multiplyByQuantizedMultiplierInt64(narrow, m, shift)).toBe(expected);
      }),
      RUNS,
    );
    expect(fitted).toBeGreaterThan(RUNS.numRuns / 10);
  });
});

describe('quantizeMultiplier', () => {
  const factor = fc
    .tuple(fc.double({ min: 0.5, max: 1, noNaN: true }), fc.integer({ min: -31, max: 60 }))
    .chain(([fraction, exponent]) =>
      fc.constantFrom(fraction * 2 ** exponent, -fraction * 2 ** exponent),
    );

  it('is within 2^-31 of the factor, its fraction between a half and one', () => {
    fc.assert(
      fc.property(factor, (real) => {
        const { multiplier, shift } = numerics.quantizeMultiplier(real);
        expect(multiplier | 0).toBe(multiplier);
        expect(Math.abs(multiplier)).toBeGreaterThanOrEqual(2 ** 30);
        const coded = multiplier * 2 ** (shift - 31);
        expect(Math.abs(coded - real)).toBeLessThanOrEqual(Math.abs(real) * 2 ** -31);
      }),
      RUNS,
    );
  });

  it('doubling the factor adds one to the shift', () => {
    fc.assert(
      fc.property(factor, (real) => {
        const { multiplier, shift } = numerics.quantizeMultiplier(real);
        expect(numerics.quantizeMultiplier(2 * real)).toEqual({ multiplier, shift: shift + 1 });
      }),
    );
  });

  it('factors below 2^-33 vanish', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 2 ** -33, noNaN: true }), (real) => {
        expect(numerics.quantizeMultiplier(real)).toEqual({ multiplier: 0, shift: 0 });
      }),
    );
  });
});

describe('requantize', () => {
  const scale = fc.double({ min: 1e-4, max: 1, noNaN: true });
  const zeroPoint = fc.integer({ min: -128, max: 127 });

  it('is the multiplier, the zero points and a clamp', () => {
    const small = fc.integer({ min: -(2 ** 24), max: 2 ** 24 });
    fc.assert(
      fc.property(fc.array(small, { minLength: 1 }), scale, scale, zeroPoint, (v, s, t, z) => {
        const { multiplier, shift } = numerics.quantizeMultiplier(s / t);
        const expected = v.map((x) =>
          Math.min(127, Math.max(-128, oracle.multiply32(x - 3, multiplier, shift) + z)),
        );
        const from = { scale: s, zeroPoint: 3 };
        const q = numerics.requantize(v, from, { scale: t, zeroPoint: z });
        expect(Array.from(q)).toEqual(expected);
      }),
    );
  });

  it('the wide path is the reduced multiplier and a clamp', () => {
    const wide = fc.integer({ min: -(2 ** 34), max: 2 ** 34 });
    const to = { numBits: 16, signed: true, zeroPoint: 0 };
    fc.assert(
      fc.property(fc.array(wide, { minLength: 1 }), scale, (v, s) => {
        const ratio = s / 64;
        const { multiplier, shift } = numerics.quantizeMultiplier(ratio);
        const expected = v.map((x) =>
          Math.min(32767, Math.max(-32768, oracle.multiply64(x, multiplier, shift)!)),
        );
        const from = { scale: ratio, zeroPoint: 0 };
        const q = numerics.requantize(v, from, { ...to, scale: 1 }, { accumulator: 'int64' });
        expect(Array.from(q)).toEqual(expected);
      }),
    );
  });

  it('uses each channel its own scale', () => {
    const channels = fc.array(scale, { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(channels, scale, zeroPoint, (scales, out, z) => {
        const rows = [-5000, 77, 12345];
        const values = rows.flatMap((v) => scales.map(() => v));
        const shape = [rows.length, scales.length];
        const from = { scales, zeroPoints: scales.map(() => 0), axis: 1, shape };
        const to = { scale: out, zeroPoint: z };
        const q = numerics.requantize(values, from, to);
        scales.forEach((channelScale, c) => {
          const alone = numerics.requantize(rows, { scale: channelScale, zeroPoint: 0 }, to);
          expect(rows.map((_, r) => q[r * scales.length + c])).toEqual(Array.from(alone));
        });
      }),
    );
  });
});
