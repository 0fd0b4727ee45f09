import * as fc from 'fast-check';
import { clustering, createRng } from 'heavy-weights';
import { describe, expect, it } from 'vitest';
import { finiteFloat32, weights as everydayWeights } from './arbitraries.ts';

const { assignClusters, initialCentroids, kMeans } = clustering;

/** The rule itself: every distance, and the first of the least. */
function nearestOf(weight: number, centroids: ArrayLike<number>): number {
  let nearest = 0;
  for (let k = 1; k < centroids.length; k++) {
    if (Math.abs(weight - centroids[k]!) < Math.abs(weight - centroids[nearest]!)) nearest = k;
  }
  return nearest;
}

const init = fc.constantFrom(...Object.values(clustering.CentroidInitialization));
const float32s = (maxLength: number) =>
  fc.float32Array({ noNaN: true, noDefaultInfinity: true, minLength: 1, maxLength });
const float64s = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), {
  minLength: 1,
  maxLength: 40,
});
/** Few values, so that ties and equal centroids are frequent. */
const coarse = fc.array(fc.integer({ min: -6, max: 6 }), { minLength: 1, maxLength: 40 });
const options = fc.record({
  numberOfClusters: fc.integer({ min: 1, max: 12 }),
  init,
  preserveSparsity: fc.boolean(),
  seed: fc.integer({ min: 0, max: 1000 }),
});

describe('assignClusters', () => {
  it.each([
    ['float32 of any size', float32s(60), float32s(12)],
    ['float32 of everyday size', everydayWeights, everydayWeights],
    ['doubles of any size', float64s, float64s],
    ['small integers', coarse, coarse],
  ] as const)('is the first of the nearest: %s', (_, weights, centroids) => {
    fc.assert(
      fc.property(
        weights as fc.Arbitrary<ArrayLike<number>>,
        centroids as fc.Arbitrary<ArrayLike<number>>,
        (w, c) => {
          const expected = Int32Array.from(w, (weight) => nearestOf(weight, c));
          expect(assignClusters(w, c)).toEqual(expected);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is the first of the nearest at and beside the middle of two centroids', () => {
    fc.assert(
      fc.property(finiteFloat32, finiteFloat32, fc.boolean(), (a, b, reversed) => {
        const centroids = reversed ? [b, a] : [a, b];
        const middle = a / 2 + b / 2;
        const beside = [0, -1, 1, -2, 2, -3, 3].map(
          (step) => middle + step * 2 ** -53 * (Math.abs(a) + Math.abs(b)),
        );
        const expected = Int32Array.from(beside, (weight) => nearestOf(weight, centroids));
        expect(assignClusters(beside, centroids)).toEqual(expected);
      }),
      { numRuns: 1000 },
    );
  });

  it('is the first of the nearest among many centroids, close together in places', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 300 }), (seed, n) => {
        const rng = createRng(seed);
        const spread = 10 ** rng.uniform(-6, 3);
        const centroids = Float32Array.from({ length: n }, () =>
          rng.uniform() < 0.5 ? rng.normal(1, spread) : rng.normal(0, 1),
        );
        const weights = rng.normals(300, 0.5, 1);
        const expected = Int32Array.from(weights, (weight) => nearestOf(weight, centroids));
        expect(assignClusters(weights, centroids)).toEqual(expected);
      }),
    );
  });
});

describe('initialCentroids', () => {
  it('does not depend on the order of the weights', () => {
    fc.assert(
      fc.property(everydayWeights, options, fc.integer(), (weights, how, seed) => {
        const shuffled = createRng(seed).shuffle(Array.from(weights));
        expect(initialCentroids(shuffled, how)).toEqual(initialCentroids(weights, how));
      }),
    );
  });

  it('lies between the smallest and the largest weight, density with its margin', () => {
    fc.assert(
      fc.property(everydayWeights, options, (weights, how) => {
        const centroids = initialCentroids(weights, how);
        const zero = how.preserveSparsity ? [0] : [];
        const margin = how.init === 'DENSITY_BASED' ? 0.011 : 0;
        const slack = 2 ** -22 * Math.max(...weights.map(Math.abs));
        const low = Math.min(...weights, ...zero) - margin - slack;
        const high = Math.max(...weights, ...zero) + margin + slack;
        for (const centroid of centroids) {
          expect(centroid).toBeGreaterThanOrEqual(low);
          expect(centroid).toBeLessThanOrEqual(high);
        }
      }),
    );
  });

  it('with preserveSparsity has 0, and zeros go to it', () => {
    fc.assert(
      fc.property(everydayWeights, options, (weights, how) => {
        const sparse = weights.map((w, i) => (i % 3 === 0 ? 0 : w));
        const centroids = initialCentroids(sparse, { ...how, preserveSparsity: true });
        expect(centroids).toContain(0);
        const indices = assignClusters(sparse, centroids);
        sparse.forEach((w, i) => {
          if (w === 0) expect(centroids[indices[i]!]! + 0).toBe(0);
        });
      }),
    );
  });
});

describe('kMeans', () => {
  it('never makes the inertia larger, from one iteration to the next', () => {
    fc.assert(
      fc.property(everydayWeights, options, (weights, how) => {
        let before = Infinity;
        for (let iterations = 0; iterations < 12; iterations++) {
          const { inertia } = kMeans(weights, { ...how, iterations });
          // Centroids are handed out as float32.
          expect(inertia).toBeLessThanOrEqual(before * (1 + 1e-6) + 1e-9);
          before = inertia;
        }
      }),
    );
  });

  it('does not depend on the order of the weights', () => {
    fc.assert(
      fc.property(everydayWeights, options, fc.integer(), (weights, how, seed) => {
        const order = createRng(seed).shuffle(Array.from(weights.keys()));
        const here = kMeans(weights, how);
        const there = kMeans(
          order.map((i) => weights[i]!),
          how,
        );
        expect(there.centroids).toEqual(here.centroids);
        order.forEach((from, to) => expect(there.indices[to]).toBe(here.indices[from]));
      }),
    );
  });

  it('gives each weight its nearest centroid, and says the squared error', () => {
    fc.assert(
      fc.property(everydayWeights, options, (weights, how) => {
        const { centroids, indices, inertia } = kMeans(weights, how);
        expect(indices).toEqual(Int32Array.from(weights, (w) => nearestOf(w, centroids)));
        const error = weights.reduce((sum, w, i) => sum + (w - centroids[indices[i]!]!) ** 2, 0);
        expect(Math.abs(inertia - error)).toBeLessThanOrEqual(1e-9 * (1 + error));
      }),
    );
  });

  it('changes nothing when it starts where it ended', () => {
    fc.assert(
      fc.property(everydayWeights, options, (weights, how) => {
        const { centroids } = kMeans(weights, { ...how, iterations: 10_000 });
        const again = kMeans(weights, { ...how, iterations: 10_001 });
        expect(again.centroids).toEqual(centroids);
      }),
    );
  });

  it('with preserveSparsity leaves zeros at 0', () => {
    fc.assert(
      fc.property(everydayWeights, options, (weights, how) => {
        const sparse = weights.map((w, i) => (i % 2 === 0 ? 0 : w));
        const { centroids, indices } = kMeans(sparse, { ...how, preserveSparsity: true });
        sparse.forEach((w, i) => {
          if (w === 0) expect(centroids[indices[i]!]! + 0).toBe(0);
        });
      }),
    );
  });
});
