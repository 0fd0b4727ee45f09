import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kMeans } from '../../../src/engine/clustering/index.ts';
import {
  HEIGHT,
  STEPS_DRAWN,
  WIDTH,
  assign,
  binsPath,
  bordersPath,
  noiseRatio,
  pathDrawing,
  settle,
  startValues,
  step,
  trailsPath,
  valueRows,
  valuesPath,
  type Counted,
  type Start,
} from '../../../src/components/figures/KMeans/k-means.ts';
import { BINS, countedWeights } from '../../../src/components/figures/KMeans/k-means-data.ts';

const starts: Start[] = ['even', 'shares', 'drawn'];
const histograms: fc.Arbitrary<Counted> = fc
  .array(fc.integer({ min: 0, max: 50 }), { minLength: 60, maxLength: 90 })
  .map((bins) => ({ limit: 0.5, bins: [1, ...bins, 1] }));

describe('the steps', () => {
  it('never make the error larger, wherever they start', () => {
    fc.assert(
      fc.property(
        histograms,
        fc.integer({ min: 2, max: 12 }),
        fc.constantFrom(...starts),
        (counted, k, start) => {
          let values = startValues(counted, k, start);
          expect(values).toHaveLength(k);
          expect([...values].sort((a, b) => a - b)).toEqual(values);
          for (let i = 0; i < 20; i++) {
            const next = step(counted, values);
            expect(noiseRatio(counted, next)).toBeGreaterThanOrEqual(
              noiseRatio(counted, values) - 1e-9,
            );
            values = next;
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('give every weight to one value, and leave a value without weights where it is', () => {
    const counted = { limit: 1, bins: [5, 0, 0, 0, 0, 0, 0, 5] };
    expect(assign(counted, [-0.9, 0, 0.9]).map(({ count }) => count)).toEqual([5, 0, 5]);
    expect(step(counted, [-0.9, 0, 0.9])).toEqual([-0.875, 0, 0.875]);
  });

  it('end where the engine ends that has the single weights', () => {
    const counted = countedWeights();
    const weights = counted.bins.flatMap((count, bin) =>
      new Array<number>(Math.round(count / 40)).fill(((2 * bin + 1) / BINS - 1) * counted.limit),
    );
    const thinned = { ...counted, bins: counted.bins.map((count) => Math.round(count / 40)) };
    const begun = startValues(thinned, 8, 'even');
    const settled = settle(thinned, begun, 300).at(-1)!;
    const { centroids } = kMeans(weights, { numberOfClusters: 8, init: 'LINEAR', iterations: 300 });
    [...centroids]
      .sort((a, b) => a - b)
      .forEach((centroid, i) => expect(settled[i]).toBeCloseTo(centroid, 4));
  });

  it('are worth about six decibels on the real weights', () => {
    const counted = countedWeights();
    expect(counted.bins.reduce((sum, count) => sum + count, 0)).toBe(400_000);
    const begun = startValues(counted, 16, 'even');
    const settled = settle(counted, begun).at(-1)!;
    const gain = noiseRatio(counted, settled) - noiseRatio(counted, begun);
    expect(gain).toBeGreaterThan(5);
    expect(gain).toBeLessThan(7);
  });
});

describe('the drawing', () => {
  const counted = { limit: 0.5, bins: [2, 10, 40, 10, 2] };
  const path = [[-0.3, 0, 0.3], ...settle(counted, [-0.3, 0, 0.3])];

  it('has a stroke for each value, a border between neighbours and a trail for each', () => {
    expect(valuesPath(counted, [-0.25, 0.25])).toMatch(/^M160\.0 \d+V8M480\.0 \d+V8$/);
    expect(bordersPath(counted, path[0]!).match(/M/g)).toHaveLength(2);
    expect(trailsPath(counted, path).match(/M/g)).toHaveLength(3);
    expect(binsPath(counted).endsWith('z')).toBe(true);
    const long = Array.from({ length: 200 }, () => [-0.3, 0, 0.3]);
    expect(trailsPath(counted, long).match(/[ML]/g)).toHaveLength(3 * (STEPS_DRAWN + 1));
    for (const [, x, y] of trailsPath(counted, long).matchAll(/[ML]([\d.]+) ([\d.]+)/g)) {
      expect(Number(x)).toBeLessThanOrEqual(WIDTH);
      expect(Number(y)).toBeLessThanOrEqual(HEIGHT);
    }
  });

  it('says when nothing moves, and lists the shares', () => {
    const words = (steps: number[][]) => pathDrawing(counted, steps).texts;
    expect(words([path[0]!])['verdict']).toMatch(/take a step/);
    expect(words(path)['verdict']).toMatch(/moved a value/);
    expect(words([...path, path.at(-1)!])['verdict']).toMatch(/Nothing moves/);
    expect(words(path)).toMatchObject({ k: '3', bits: '2', steps: `${path.length - 1}` });
    const shares = valueRows(counted, path.at(-1)!).map(([, share]) => parseFloat(share!));
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(100, 1);
  });
});
