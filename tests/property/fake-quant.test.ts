import '@tensorflow/tfjs-backend-cpu';
import fc from 'fast-check';
import { calibration, createRng, numerics, tf } from 'heavy-weights';
import { describe, expect, it } from 'vitest';

const range = fc
  .tuple(
    fc.float({ min: -50, max: 0, noNaN: true }),
    fc.float({ min: Math.fround(0.01), max: 50, noNaN: true }),
  )
  .map(([min, max]) => ({ min, max }));
const options = fc.record({ numBits: fc.integer({ min: 2, max: 10 }), narrowRange: fc.boolean() });
const values = fc.array(fc.float({ min: -100, max: 100, noNaN: true }), {
  minLength: 1,
  maxLength: 40,
});

const apply = (x: number[], { min, max }: { min: number; max: number }, given: object): number[] =>
  tf.tidy(() => Array.from(numerics.fakeQuant(tf.tensor1d(x), min, max, given).dataSync()));

describe('fakeQuant', () => {
  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(values, range, options, (x, ends, given) => {
        const once = apply(x, ends, given);
        expect(apply(once, ends, given)).toEqual(once);
      }),
    );
  });

  it('keeps the order of values, and gives no more of them than there are integers', () => {
    fc.assert(
      fc.property(values, range, options, (x, ends, given) => {
        const sorted = x.toSorted((a, b) => a - b);
        const y = apply(sorted, ends, given);
        expect(y).toEqual(y.toSorted((a, b) => a - b));
        expect(new Set(y).size).toBeLessThanOrEqual(
          2 ** given.numBits - (given.narrowRange ? 1 : 0),
        );
      }),
    );
  });

  it('is off by half a step at most inside the range, and keeps 0', () => {
    fc.assert(
      fc.property(
        range,
        options,
        fc.float({ min: 0, max: 1, noNaN: true }),
        (ends, given, share) => {
          const step = (ends.max - ends.min) / (2 ** given.numBits - (given.narrowRange ? 2 : 1));
          // The range may move by half a step so that 0 is on an integer.
          const x = Math.fround(ends.min + step / 2 + share * (ends.max - ends.min - step));
          const [y, zero] = apply([x, 0], ends, given);
          expect(Math.abs(y! - x)).toBeLessThanOrEqual(step * 0.5001 + 1e-5);
          expect(zero! + 0).toBe(0);
        },
      ),
    );
  });

  it('hands every bit of gradient to the value, to min or to max', () => {
    fc.assert(
      fc.property(values, range, options, fc.integer(), (x, ends, given, seed) => {
        const upstream = createRng(seed).normals(x.length);
        const sums = tf.tidy(() => {
          const gradients = tf.grads((t: tf.Tensor, a: tf.Tensor, b: tf.Tensor) =>
            numerics.fakeQuant(t, a, b, given),
          )([tf.tensor1d(x), tf.scalar(ends.min), tf.scalar(ends.max)], tf.tensor1d(upstream));
          return gradients.map((gradient) => gradient.sum().dataSync()[0]!);
        });
        const all = upstream.reduce((sum, value) => sum + value, 0);
        expect(sums.reduce((sum, value) => sum + value, 0)).toBeCloseTo(all, 3);
      }),
    );
  });
});

describe('observers', () => {
  const { MinMax, Percentile, Mse, Entropy } = calibration;
  const stream = fc.array(
    fc.array(fc.float({ min: -30, max: 30, noNaN: true }), { minLength: 1, maxLength: 30 }),
    { minLength: 1, maxLength: 5 },
  );

  it('find the same in whichever pieces the values come', () => {
    fc.assert(
      fc.property(stream, (batches) => {
        for (const make of [() => new MinMax(), () => new Percentile(), () => new Mse()]) {
          const [pieces, whole] = [make(), make()];
          batches.forEach((batch) => pieces.observe(batch));
          whole.observe(batches.flat());
          const [a, b] = [pieces.range(), whole.range()];
          // A histogram whose bins grew on the way knows its values to a bin.
          const slack = 0.02 * Math.max(1e-3, ...batches.flat().map(Math.abs));
          expect(Math.abs(a.min - b.min)).toBeLessThanOrEqual(slack);
          expect(Math.abs(a.max - b.max)).toBeLessThanOrEqual(slack);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('never reach beyond what was seen, 0 apart', () => {
    fc.assert(
      fc.property(stream, (batches) => {
        const seen = batches.flat();
        const [low, high] = [Math.min(...seen, 0), Math.max(...seen, 0)];
        const slack = 0.02 * Math.max(1e-3, high - low);
        for (const observer of [new MinMax(), new Percentile(), new Mse(), new Entropy()]) {
          batches.forEach((batch) => observer.observe(batch));
          const { min, max } = observer.range();
          expect(min).toBeGreaterThanOrEqual(low - slack);
          expect(max).toBeLessThanOrEqual(high + slack);
        }
      }),
      { numRuns: 50 },
    );
  });
});
