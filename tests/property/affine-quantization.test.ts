import * as fc from 'fast-check';
import { numerics } from 'heavy-weights';
import { describe, expect, it } from 'vitest';
import { quantizationOptions, weight, weights } from './arbitraries.ts';

const paramsOf = (values: Float32Array, options: object) =>
  numerics.chooseQuantizationParams(numerics.minMax(values), options);

/** What float32 loses on the way through quotient and product: a few units in the last place. */
const float32Slack = (x: number) => 2 ** -21 * Math.abs(x);

/** Half a step, and a nudged zero point shifts the ends of the range by up to half a step more. */
const stepsOff = (
  x: number,
  { scale, zeroPoint, qmin, qmax }: numerics.QuantizationParams,
): number => {
  const lowest = scale * (qmin - zeroPoint);
  const highest = scale * (qmax - zeroPoint);
  return x < lowest || x > highest ? 1 : 0.5;
};

describe('affine quantization', () => {
  it('comes back within half a step inside the range', () => {
    fc.assert(
      fc.property(weights, quantizationOptions, (values, options) => {
        const params = paramsOf(values, options);
        const back = numerics.dequantize(numerics.quantize(values, params), params);
        values.forEach((x, i) => {
          const allowed = params.scale * stepsOff(x, params) + float32Slack(x);
          expect(Math.abs(x - back[i]!)).toBeLessThanOrEqual(allowed);
        });
      }),
    );
  });

  it('keeps zero exact', () => {
    fc.assert(
      fc.property(weights, quantizationOptions, (values, options) => {
        const params = paramsOf(values, options);
        const q = numerics.quantize([0], params);
        expect(q[0]).toBe(params.zeroPoint);
        expect(numerics.dequantize(q, params)[0]).toBe(0);
      }),
    );
  });

  it('keeps the order of values', () => {
    fc.assert(
      fc.property(weights, quantizationOptions, (values, options) => {
        const sorted = values.slice().sort();
        const q = numerics.quantize(sorted, paramsOf(values, options));
        for (let i = 1; i < q.length; i++) expect(q[i]!).toBeGreaterThanOrEqual(q[i - 1]!);
      }),
    );
  });

  it('saturates outside the range, and reaches both ends', () => {
    fc.assert(
      fc.property(weights, quantizationOptions, (values, options) => {
        const params = paramsOf(values, options);
        const q = numerics.quantize([-3e38, 3e38], params);
        expect(Array.from(q)).toEqual([params.qmin, params.qmax]);
      }),
    );
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(weights, quantizationOptions, (values, options) => {
        const params = paramsOf(values, options);
        const q = numerics.quantize(values, params);
        expect(numerics.quantize(numerics.dequantize(q, params), params)).toEqual(q);
      }),
    );
  });

  it('symmetric parameters treat a number and its negative alike', () => {
    fc.assert(
      fc.property(weights, fc.integer({ min: 2, max: 16 }), (values, numBits) => {
        const params = paramsOf(values, { numBits, symmetric: true, narrowRange: true });
        const negated = values.map((x) => -x);
        const mirrored = Array.from(numerics.quantize(negated, params), (q) => 0 - q);
        expect(mirrored).toEqual(Array.from(numerics.quantize(values, params), (q) => q + 0));
      }),
    );
  });

  it('agrees with the formula, computed in float32 step by step', () => {
    const integer = fc.integer({ min: -128, max: 127 });
    const scale = fc.double({ min: 1e-4, max: 10, noNaN: true });
    fc.assert(
      fc.property(weight, scale, integer, (x, step, zeroPoint) => {
        const steps = Math.fround(x / Math.fround(step));
        const nearest = Math.sign(steps) * Math.floor(Math.abs(steps) + 0.5);
        const expected = Math.min(127, Math.max(-128, nearest + zeroPoint));
        expect(numerics.quantize([x], { scale: step, zeroPoint })[0]).toBe(expected);
      }),
    );
  });
});

describe('ties', () => {
  it('go away from zero, on either side of it', () => {
    const step = fc.integer({ min: -10, max: 3 }).map((exponent) => 2 ** exponent);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), step, (n, scale) => {
        const tie = (n + 0.5) * scale;
        const q = numerics.quantize([tie, -tie], { scale, zeroPoint: 0 });
        expect(Array.from(q)).toEqual([n + 1, -n - 1]);
      }),
    );
  });
});

describe('roundHalfAway', () => {
  it('is nearest, and away from zero at a half', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), (x) => {
        const rounded = numerics.roundHalfAway(x);
        expect(Number.isInteger(rounded)).toBe(true);
        expect(Math.abs(rounded - x)).toBeLessThanOrEqual(0.5);
        if (Math.abs(rounded - x) === 0.5) expect(Math.abs(rounded)).toBeGreaterThan(Math.abs(x));
      }),
    );
    fc.assert(
      fc.property(fc.integer({ min: -1000, max: 1000 }), (n) => {
        expect(numerics.roundHalfAway(n + 0.5)).toBe(n >= 0 ? n + 1 : n);
      }),
    );
  });
});
