import * as fc from 'fast-check';
import { numerics } from 'heavy-weights';
import { describe, expect, it } from 'vitest';

const pairs = fc.integer({ min: 1, max: 50 }).chain((n) => {
  const list = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), {
    minLength: n,
    maxLength: n,
  });
  return fc.tuple(list, list);
});

const sum = (numbers: number[]) => numbers.reduce((total, x) => total + x, 0);
const near = (actual: number, expected: number) =>
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(expected)));

describe('error measures', () => {
  it('mse is the mean of squares, and lies under the square of the largest error', () => {
    fc.assert(
      fc.property(pairs, ([x, y]) => {
        near(numerics.mse(x, y), sum(x.map((v, i) => (v - y[i]!) ** 2)) / x.length);
        const largest = numerics.maxAbsError(x, y);
        expect(numerics.mse(x, y)).toBeLessThanOrEqual(largest ** 2 * (1 + 1e-12));
        expect(largest).toBe(Math.max(...x.map((v, i) => Math.abs(v - y[i]!))));
      }),
    );
  });

  it('sqnr follows from mse and the power of the signal', () => {
    fc.assert(
      fc.property(pairs, ([x, y]) => {
        const power = sum(x.map((v) => v * v)) / x.length;
        const noise = numerics.mse(x, y);
        fc.pre(power > 1e-100 && noise > 1e-100);
        near(numerics.sqnr(x, y), 10 * Math.log10(power / noise));
        expect(numerics.sqnr(x, x)).toBe(Infinity);
      }),
    );
  });

  it('one bit more is worth about six decibels', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 11 }), (numBits) => {
        const ramp = Float32Array.from({ length: 20_001 }, (_, i) => i / 10_000 - 1);
        const decibels = [numBits, numBits + 1].map((bits) => {
          const params = numerics.chooseQuantizationParams({ min: -1, max: 1 }, { numBits: bits });
          return numerics.sqnr(ramp, numerics.dequantize(numerics.quantize(ramp, params), params));
        });
        expect(decibels[1]! - decibels[0]!).toBeGreaterThan(5.3);
        expect(decibels[1]! - decibels[0]!).toBeLessThan(6.7);
      }),
    );
  });

  it('cosineSimilarity does not see a common factor, and turns with the sign', () => {
    fc.assert(
      fc.property(pairs, fc.double({ min: 0.01, max: 100, noNaN: true }), ([x, y], factor) => {
        fc.pre(sum(x.map((v) => v * v)) > 1e-12 && sum(y.map((v) => v * v)) > 1e-12);
        const cosine = numerics.cosineSimilarity(x, y);
        near(
          numerics.cosineSimilarity(
            x,
            y.map((v) => v * factor),
          ),
          cosine,
        );
        near(
          numerics.cosineSimilarity(
            x,
            y.map((v) => -v),
          ),
          -cosine,
        );
        near(numerics.cosineSimilarity(x, x), 1);
        expect(Math.abs(cosine)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
