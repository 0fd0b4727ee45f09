import '@tensorflow/tfjs-backend-cpu';
import * as fc from 'fast-check';
import { createRng, sparsity, tf } from 'heavy-weights';
import { describe, expect, it } from 'vitest';
import { finiteFloat32, weights } from './arbitraries.ts';

/** Often a half or a quarter, so that k falls between two numbers. */
const share = fc.oneof(
  fc.double({ min: 0, max: 0.999, noNaN: true }),
  fc.constantFrom(0.25, 0.5, 0.75),
);
/** Few different magnitudes, so that many tie. */
const coarse = fc
  .array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 120 })
  .map((values) => Float32Array.from(values));
const anyWeights = fc.oneof(
  weights,
  coarse,
  fc
    .array(finiteFloat32, { minLength: 1, maxLength: 60 })
    .map((values) => Float32Array.from(values)),
);
const matrix = fc
  .record({
    rows: fc.integer({ min: 1, max: 12 }),
    columns: fc.integer({ min: 1, max: 12 }),
    isCoarse: fc.boolean(),
  })
  .chain(({ rows, columns, isCoarse }) =>
    fc.record({
      rows: fc.constant(rows),
      columns: fc.constant(columns),
      values: fc.array(
        isCoarse ? fc.integer({ min: -2, max: 2 }) : fc.float({ min: -9, max: 9, noNaN: true }),
        {
          minLength: rows * columns,
          maxLength: rows * columns,
        },
      ),
    }),
  );
const pattern = fc
  .integer({ min: 1, max: 9 })
  .chain((n) => fc.tuple(fc.integer({ min: 0, max: n - 1 }), fc.constant(n)));

const maskOf = (values: Float32Array, sparse: number) => {
  const { mask, threshold } = sparsity.magnitudeMask(values, sparse);
  const found = mask.dataSync().slice();
  mask.dispose();
  return { mask: found, threshold };
};
const count = (mask: ArrayLike<number>): number =>
  Array.from(mask).reduce((sum, value) => sum + value, 0);
const rowsOf = ({ rows, columns, values }: { rows: number; columns: number; values: number[] }) =>
  Array.from({ length: rows }, (_, row) => values.slice(row * columns, (row + 1) * columns));

/** k by its definition, halves to even, in float32. */
function wanted(size: number, sparse: number): number {
  const exact = Math.fround(Math.fround(size) * Math.fround(1 - Math.fround(sparse)));
  const [below, above] = [Math.floor(exact), Math.ceil(exact)];
  if (exact - below === above - exact) return Math.max(below % 2 === 0 ? below : above, 1);
  return Math.max(exact - below < above - exact ? below : above, 1);
}

describe('magnitude masks', () => {
  it('keep k or, with ties, more; the k largest among them', () => {
    fc.assert(
      fc.property(anyWeights, share, (values, sparse) => {
        const { mask, threshold } = maskOf(values, sparse);
        const k = wanted(values.length, sparse);
        const sorted = values.map(Math.abs).sort().reverse();
        expect(threshold).toBe(sorted[k - 1]);
        expect(count(mask)).toBe(sorted.filter((magnitude) => magnitude >= threshold).length);
        expect(count(mask)).toBeGreaterThanOrEqual(k);
        expect(sorted.filter((magnitude) => magnitude > threshold).length).toBeLessThan(k);
        mask.forEach((kept, i) => expect(kept).toBe(Number(Math.abs(values[i]!) >= threshold)));
      }),
    );
  });

  it('keep less, and of the same, the sparser they are', () => {
    fc.assert(
      fc.property(anyWeights, share, share, (values, a, b) => {
        const [dense, sparse] = [Math.min(a, b), Math.max(a, b)].map((each) =>
          maskOf(values, each),
        );
        expect(sparse!.threshold).toBeGreaterThanOrEqual(dense!.threshold);
        sparse!.mask.forEach((kept, i) => expect(kept).toBeLessThanOrEqual(dense!.mask[i]!));
      }),
    );
  });

  it('treat equal magnitudes alike, whatever their signs', () => {
    fc.assert(
      fc.property(coarse, share, (values, sparse) => {
        const { mask } = maskOf(values, sparse);
        const kept = new Map<number, number>();
        values.forEach((value, i) => {
          const magnitude = Math.abs(value);
          expect(kept.get(magnitude) ?? mask[i]).toBe(mask[i]);
          kept.set(magnitude, mask[i]!);
        });
        expect(
          maskOf(
            values.map((value) => -value),
            sparse,
          ).mask,
        ).toEqual(mask);
      }),
    );
  });

  it('move with the weights when these change places', () => {
    fc.assert(
      fc.property(anyWeights, share, fc.nat(1e6), (values, sparse, seed) => {
        const order = createRng(seed).shuffle(Array.from(values, (_, i) => i));
        const { mask, threshold } = maskOf(values, sparse);
        const moved = maskOf(
          Float32Array.from(order, (i) => values[i]!),
          sparse,
        );
        expect(moved.threshold).toBe(threshold);
        expect(moved.mask).toEqual(Float32Array.from(order, (i) => mask[i]!));
      }),
    );
  });

  it('prune nothing more when they prune again what they left', () => {
    fc.assert(
      fc.property(weights, share, (values, sparse) => {
        const { mask } = maskOf(values, sparse);
        const again = maskOf(
          values.map((value, i) => value * mask[i]!),
          sparse,
        );
        again.mask.forEach((kept, i) => expect(kept).toBeGreaterThanOrEqual(mask[i]!));
      }),
    );
  });
});

describe('masks in blocks', () => {
  it('are one value a block, and single weights when a block is one', () => {
    fc.assert(
      fc.property(
        matrix,
        share,
        fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 })),
        fc.constantFrom('AVG' as const, 'MAX' as const),
        (given, sparse, blockSize, blockPoolingType) => {
          const weights = rowsOf(given);
          const { mask } = sparsity.magnitudeMask(weights, sparse, { blockSize, blockPoolingType });
          const kept = mask.arraySync() as number[][];
          const [height, width] = blockSize;
          let blocks = 0;
          kept.forEach((row, r) =>
            row.forEach((value, c) => {
              const corner = kept[r - (r % height)]![c - (c % width)]!;
              expect(value).toBe(corner);
              if (r % height === 0 && c % width === 0) blocks += value;
            }),
          );
          const all = Math.ceil(given.rows / height) * Math.ceil(given.columns / width);
          expect(blocks).toBeGreaterThanOrEqual(wanted(all, sparse));
          if (height === 1 && width === 1) {
            expect(kept).toEqual(sparsity.magnitudeMask(weights, sparse).mask.arraySync());
          }
        },
      ),
    );
  });

  it('turn when the matrix turns, by the largest of a block', () => {
    fc.assert(
      fc.property(matrix, share, fc.integer({ min: 1, max: 4 }), (given, sparse, size) => {
        const kernel = tf.tensor2d(given.values, [given.rows, given.columns]);
        const find = (weights: tf.Tensor, blockSize: [number, number]) =>
          sparsity.magnitudeMask(weights, sparse, { blockSize, blockPoolingType: 'MAX' }).mask;
        expect(tf.transpose(find(kernel, [size, 2])).arraySync()).toEqual(
          find(tf.transpose(kernel), [2, size]).arraySync(),
        );
      }),
    );
  });
});

describe('m zeros in every n', () => {
  it('are exactly m in each full group, and the smallest', () => {
    fc.assert(
      fc.property(matrix, pattern, (given, [m, n]) => {
        const weights = rowsOf(given);
        const mask = sparsity.mByNMask(weights, [m, n]).arraySync() as number[][];
        for (let column = 0; column < given.columns; column++) {
          for (let start = 0; start < given.rows; start += n) {
            const rows = weights.slice(start, start + n).map((row) => Math.abs(row[column]!));
            const kept = mask.slice(start, start + n).map((row) => row[column]!);
            expect(kept.length - count(kept)).toBe(Math.max(0, rows.length - (n - m)));
            rows.forEach((a, i) =>
              rows.forEach((b, j) => {
                // Whoever is larger, or equal and before, is kept before the other is.
                if (a > b || (a === b && i < j)) expect(kept[i]).toBeGreaterThanOrEqual(kept[j]!);
              }),
            );
          }
        }
      }),
    );
  });

  it('are what isPrunedMByN finds', () => {
    fc.assert(
      fc.property(matrix, pattern, (given, mByN) => {
        const kernel = tf.tensor2d(given.values, [given.rows, given.columns]);
        const pruned = tf.mul(kernel, sparsity.mByNMask(kernel, mByN));
        expect(sparsity.isPrunedMByN(pruned, mByN)).toBe(true);
        expect(sparsity.isPrunedMByN(tf.transpose(pruned), mByN, { lastChannel: 'C_IN' })).toBe(
          true,
        );
      }),
    );
  });
});

describe('schedules', () => {
  it('stay between their two sparsities and reach the second', () => {
    fc.assert(
      fc.property(
        share,
        share,
        fc.nat(1000),
        fc.integer({ min: 1, max: 1000 }),
        fc.double({ min: 0.1, max: 6, noNaN: true }),
        fc.integer({ min: 1, max: 50 }),
        (initialSparsity, finalSparsity, beginStep, steps, power, frequency) => {
          const endStep = beginStep + steps;
          const schedule = new sparsity.PolynomialDecay({
            initialSparsity,
            finalSparsity,
            beginStep,
            endStep,
            power,
            frequency,
          });
          const [low, high] = [initialSparsity, finalSparsity].sort((a, b) => a - b);
          let last = schedule.at(beginStep).sparsity;
          for (let step = beginStep; step <= endStep; step += Math.ceil(steps / 20)) {
            const { sparsity: now, shouldPrune } = schedule.at(step);
            expect(now).toBeGreaterThanOrEqual(low! - 1e-6);
            expect(now).toBeLessThanOrEqual(high! + 1e-6);
            const growth = (now - last) * Math.sign(finalSparsity - initialSparsity);
            expect(growth).toBeGreaterThanOrEqual(-1e-6);
            expect(shouldPrune).toBe((step - beginStep) % frequency === 0);
            last = now;
          }
          expect(schedule.at(endStep).sparsity).toBeCloseTo(finalSparsity, 6);
          expect(schedule.at(endStep + frequency).shouldPrune).toBe(false);
        },
      ),
    );
  });
});
