import '@tensorflow/tfjs-backend-cpu';
import { clustering, createRng, ReaderError, tf } from 'heavy-weights';
import { describe, expect, it } from 'vitest';
import { kMeansPlusPlus } from '../../../src/engine/clustering/k-means-plus-plus.ts';
import { SortedValues } from '../../../src/engine/clustering/sorted-values.ts';

const { initialCentroids, assignClusters, kMeans, CentroidInitialization } = clustering;
const INITS = Object.values(CentroidInitialization);

/** Calls what must fail and gives the error, which must be one for readers. */
function errorOf(call: () => unknown): ReaderError {
  try {
    call();
  } catch (error) {
    expect(error).toBeInstanceOf(ReaderError);
    return error as ReaderError;
  }
  throw new Error('the call did not throw');
}

const list = (values: ArrayLike<number>): number[] => Array.from(values);
const sorted = (values: ArrayLike<number>): number[] => list(values).sort((a, b) => a - b);
const normals = (n: number, seed: number): Float32Array => createRng(seed).normals(n, 0, 0.05);

const squaredError = (weights: ArrayLike<number>, centroids: ArrayLike<number>): number => {
  const indices = assignClusters(list(weights), list(centroids));
  return list(weights).reduce((sum, w, i) => sum + (w - centroids[indices[i]!]!) ** 2, 0);
};

describe('initialCentroids', () => {
  it('has the four of the toolkit, and k-means++ unless told', () => {
    expect(INITS).toEqual(['LINEAR', 'RANDOM', 'DENSITY_BASED', 'KMEANS_PLUS_PLUS']);
    const weights = normals(500, 1);
    expect(initialCentroids(weights, { numberOfClusters: 8 })).toEqual(
      initialCentroids(weights, { numberOfClusters: 8, init: 'KMEANS_PLUS_PLUS', seed: 9 }),
    );
  });

  it.each(INITS)('%s: float32, as many as asked, the same for the same seed', (init) => {
    const weights = normals(500, 2);
    for (const numberOfClusters of [1, 2, 7, 32]) {
      for (const preserveSparsity of [false, true]) {
        const options = { numberOfClusters, init, preserveSparsity, seed: 4 };
        const centroids = initialCentroids(weights, options);
        expect(centroids).toBeInstanceOf(Float32Array);
        expect(centroids).toHaveLength(numberOfClusters);
        expect(initialCentroids(weights, options)).toEqual(centroids);
        expect(initialCentroids(list(weights), options)).toEqual(centroids);
        const asTensor = tf.tensor(weights, [50, 10]);
        expect(initialCentroids(asTensor, options)).toEqual(centroids);
        asTensor.dispose();
        if (preserveSparsity) expect(list(centroids).filter((c) => c === 0)).toEqual([0]);
      }
    }
  });

  it.each(['RANDOM', 'KMEANS_PLUS_PLUS'] as const)('%s: others for another seed', (init) => {
    const weights = normals(500, 2);
    const [a, b] = [1, 2].map((seed) =>
      initialCentroids(weights, { numberOfClusters: 8, init, seed }),
    );
    expect(a).not.toEqual(b);
  });

  it('RANDOM: between the smallest and the largest weight', () => {
    const centroids = initialCentroids([-2, 0, 3], {
      numberOfClusters: 1000,
      init: 'RANDOM',
      seed: 1,
    });
    expect(Math.min(...centroids)).toBeGreaterThanOrEqual(-2);
    expect(Math.min(...centroids)).toBeLessThan(-1.9);
    expect(Math.max(...centroids)).toBeLessThanOrEqual(3);
    expect(Math.max(...centroids)).toBeGreaterThan(2.9);
  });

  it('DENSITY_BASED: the first point of the grid with a larger share, the last where there is none', () => {
    const options = { numberOfClusters: 3, init: 'DENSITY_BASED' } as const;
    const grid = (i: number): number => -0.01 + (i * 0.12) / 29;
    const centroids = list(initialCentroids([0, 0.1], options));
    // Half of the weights are at most 0, at grid point 3; all of them are from point 27 on.
    [3, 27, 29].forEach((point, i) => expect(centroids[i]).toBeCloseTo(grid(point), 6));
  });

  it('DENSITY_BASED: no centroid changes sides with preserveSparsity, however near to 0', () => {
    const options = { numberOfClusters: 7, init: 'DENSITY_BASED', preserveSparsity: true } as const;
    const centroids = initialCentroids([-0.5, -0.2, -0.0001, 0, 0.0001, 0.3, 0.4], options);
    expect(list(centroids).map(Math.sign)).toEqual([-1, -1, -1, 0, 1, 1, 1]);
  });

  it('knows no negative zero', () => {
    for (const init of ['LINEAR', 'DENSITY_BASED', 'KMEANS_PLUS_PLUS'] as const) {
      for (const preserveSparsity of [false, true]) {
        const options = { numberOfClusters: 3, init, preserveSparsity };
        for (const centroid of initialCentroids([-0, 1, 2, -0], options)) {
          expect(Object.is(centroid, -0)).toBe(false);
        }
      }
    }
  });

  it('preserveSparsity: shares centroids out by the counts, a half to the even number', () => {
    const sides = (weights: number[], numberOfClusters: number): [number, number] => {
      const options = { numberOfClusters, init: 'LINEAR', preserveSparsity: true } as const;
      const centroids = list(initialCentroids(weights, options));
      return [centroids.filter((c) => c < 0).length, centroids.filter((c) => c > 0).length];
    };
    expect(sides([-1, -2, 0, 0, 0, 1, 2], 6)).toEqual([2, 3]);
    expect(sides([-1, -2, 0, 0, 0, 1, 2], 4)).toEqual([2, 1]);
    expect(sides([-1, 1, 2, 3, 4, 5], 4)).toEqual([0, 3]);
    expect(sides([-1, -2, -3], 4)).toEqual([3, 0]);
  });

  it('preserveSparsity: zeros alone have one centroid, whatever the start', () => {
    for (const init of INITS) {
      const options = { numberOfClusters: 4, init, preserveSparsity: true };
      expect(list(initialCentroids([0, 0, -0], options))).toEqual([0]);
    }
  });

  it('per channel: what each channel has by itself', () => {
    const values = normals(3 * 3 * 2 * 4, 3);
    values.forEach((_, i) => {
      if (i % 4 === 2) values[i] = 0;
    });
    const kernel = tf.tensor4d(values, [3, 3, 2, 4]);
    for (const init of INITS) {
      for (const preserveSparsity of [false, true]) {
        const options = { numberOfClusters: 5, init, preserveSparsity, seed: 6 };
        const all = initialCentroids(kernel, { ...options, clusterPerChannel: true });
        expect(all).toHaveLength(20);
        for (let channel = 0; channel < 4; channel++) {
          const own = values.filter((_, i) => i % 4 === channel);
          const alone = list(initialCentroids(own, options));
          // A channel of zeros has fewer; its row is filled with zeros.
          const row = list(all.subarray(channel * 5, channel * 5 + 5));
          expect(row).toEqual([...alone, 0, 0, 0, 0].slice(0, 5));
        }
      }
    }
    kernel.dispose();
    const options = { numberOfClusters: 2, clusterPerChannel: true };
    expect(errorOf(() => initialCentroids(values, options)).code).toBe('channels-need-a-tensor');
    expect(errorOf(() => initialCentroids(tf.tensor1d([1]), options)).code).toBe(
      'channels-need-a-tensor',
    );
  });

  it('refuses what it cannot mean', () => {
    const wrong = (weights: unknown, options: unknown): string =>
      errorOf(() => initialCentroids(weights as never, options as never)).message;
    const good = { numberOfClusters: 2 };
    expect(wrong([1, NaN], good)).toMatch(/weights\[1\] is NaN/);
    expect(wrong([], good)).toMatch(/weights is empty/);
    expect(wrong([[1], [2]], good)).toMatch(/weights must be flat/);
    expect(wrong([1e39], good)).toMatch(/beyond the largest float32/);
    expect(wrong(Promise.resolve([1]), good)).toMatch(/await/);
    expect(wrong([1, 2], undefined)).toMatch(/options must be an object/);
    expect(wrong([1, 2], {})).toMatch(/numberOfClusters must be an integer .* it is undefined/);
    expect(wrong([1, 2], { numberOfClusters: 0 })).toMatch(/from 1 to .* it is 0/);
    expect(wrong([1, 2], { numberOfClusters: 2.5 })).toMatch(/2\.5/);
    expect(wrong([1, 2], { number_of_clusters: 2 })).toMatch(
      /no option number_of_clusters.* number_of_clusters is numberOfClusters/,
    );
    expect(wrong([1, 2], { ...good, init: 'linear' })).toMatch(/init must be one of LINEAR,/);
    expect(wrong([1, 2], { ...good, init: 'toString' })).toMatch(/init must be one of LINEAR,/);
    expect(wrong([1, 2], { ...good, preserveSparsity: 1 })).toMatch(/true or false; it is 1/);
    expect(wrong([1, 2], { ...good, seed: 0.5 })).toMatch(/seed must be an integer/);
  });
});

describe('k-means++', () => {
  it('draws different weights, and all where there are no more', () => {
    const weights = list(normals(300, 5));
    for (const seed of [1, 2, 3]) {
      const centroids = initialCentroids(Float32Array.from(weights), {
        numberOfClusters: 40,
        seed,
      });
      expect(new Set(centroids).size).toBe(40);
      for (const c of centroids) expect(Float32Array.from(weights)).toContain(c);
    }
    const few = [0.5, -1, 0.5, 0.5, 2, -1];
    expect(sorted(initialCentroids(few, { numberOfClusters: 3 }))).toEqual([-1, 0.5, 2]);
    expect(sorted(initialCentroids(few, { numberOfClusters: 5 }))).toEqual([-1, 0.5, 2, 2, 2]);
  });

  it('finds groups that lie far apart', () => {
    const weights = [100, 101, 102, 100, 100, 101, 101, -1, 7000];
    for (let seed = 0; seed < 50; seed++) {
      const [a, b, c] = sorted(initialCentroids(weights, { numberOfClusters: 3, seed }));
      expect(a).toBe(-1);
      expect(Math.abs(b! - 101)).toBeLessThanOrEqual(1);
      expect(c).toBe(7000);
    }
  });

  it('draws what a search through all values with the same random numbers draws', () => {
    for (let seed = 0; seed < 40; seed++) {
      const rng = createRng(seed);
      const n = rng.integer(2, 60);
      // Integers about 0: sums are exact, so that the two cannot differ by rounding.
      const half = Array.from({ length: n }, () => rng.integer(-40, 40));
      const weights = Float64Array.from(half.flatMap((w) => [w, 0 - w]));
      const distinct = new Set(weights).size;
      const clusters = rng.integer(1, Math.max(1, distinct - 1));
      const found = kMeansPlusPlus(new SortedValues(weights), clusters, createRng(seed + 1000));
      expect(list(found)).toEqual(naiveKMeansPlusPlus(list(weights), clusters, seed + 1000));
    }
  });

  it('tells values apart that lie closer than squares of doubles can show', () => {
    const weights = Float64Array.from([1, 2, 3, 4], (i) => i * 1e-170);
    const found = kMeansPlusPlus(new SortedValues(weights), 3, createRng(1));
    expect(found).toHaveLength(3);
  });

  it('starts better than at random', () => {
    let better = 0;
    for (let seed = 0; seed < 20; seed++) {
      const weights = createRng(seed).normals(2000, 0, 0.05);
      const of = (init: clustering.CentroidInitialization): number =>
        squaredError(weights, initialCentroids(weights, { numberOfClusters: 16, init, seed }));
      if (of('KMEANS_PLUS_PLUS') < of('RANDOM')) better++;
    }
    expect(better).toBeGreaterThanOrEqual(18);
  });
});

/** k-means++ over all values in rising order, each distance computed. */
function naiveKMeansPlusPlus(weights: number[], clusters: number, seed: number): number[] {
  const rng = createRng(seed);
  const values = weights.toSorted((a, b) => a - b);
  let distances = values.map(() => Infinity);
  const drawn: number[] = [];
  for (let k = 0; k < clusters; k++) {
    let best: { value: number; next: number[]; sum: number } | undefined;
    for (let t = 0; t < 3 + Math.floor(Math.log(clusters)); t++) {
      const shares = k === 0 ? values.map(() => 1) : distances;
      let at = rng.uniform() * shares.reduce((sum, share) => sum + share, 0);
      const index = shares.findIndex((share) => (at -= share) < 0);
      const value = values[index]!;
      const next = values.map((w, i) => Math.min(distances[i]!, (w - value) ** 2));
      const sum = next.reduce((total, each) => total + each, 0);
      if (!best || sum < best.sum) best = { value, next, sum };
    }
    drawn.push(best!.value);
    distances = best!.next;
  }
  return drawn;
}

describe('assignClusters', () => {
  it('gives the first of equally near centroids, sorted or not', () => {
    expect(list(assignClusters([0, 1, -1, 2], [1, -1]))).toEqual([0, 0, 1, 0]);
    expect(list(assignClusters([0, 1, -1, 2], [-1, 1]))).toEqual([0, 1, 0, 1]);
    expect(list(assignClusters([3, 3.5, 4], [4, 3, 4, 3]))).toEqual([1, 0, 0]);
    expect(list(assignClusters([5, -5], [0, -0]))).toEqual([0, 0]);
    expect(list(assignClusters([5], [7]))).toEqual([0]);
    const { MAX_VALUE, MIN_VALUE } = Number;
    expect(list(assignClusters([MAX_VALUE / 1.1], [MAX_VALUE / 2, MAX_VALUE]))).toEqual([1]);
    expect(list(assignClusters([1, -1], [-MAX_VALUE, MAX_VALUE]))).toEqual([0, 0]);
    expect(list(assignClusters([MIN_VALUE, 0], [2 * MIN_VALUE, 0]))).toEqual([0, 1]);
  });

  it('takes tensors of any shape', () => {
    const indices = assignClusters(tf.tensor2d([[0.1, 0.9]]), tf.tensor1d([0, 1]));
    expect(indices).toBeInstanceOf(Int32Array);
    expect(list(indices)).toEqual([0, 1]);
    expect(list(assignClusters(Int8Array.of(-3, 4), [0, 4]))).toEqual([0, 1]);
  });

  it('does not search through all centroids: it is several times as fast', () => {
    const weights = normals(400_000, 8);
    const centroids = initialCentroids(weights, { numberOfClusters: 256, init: 'LINEAR' });
    const searchAll = (): Int32Array =>
      Int32Array.from(weights, (weight) => {
        let nearest = 0;
        for (let k = 1; k < centroids.length; k++) {
          if (Math.abs(weight - centroids[k]!) < Math.abs(weight - centroids[nearest]!))
            nearest = k;
        }
        return nearest;
      });
    const quickest = (run: () => Int32Array, times: number): number =>
      Math.min(
        ...Array.from({ length: times }, () => {
          const start = performance.now();
          run();
          return performance.now() - start;
        }),
      );
    expect(assignClusters(weights, centroids)).toEqual(searchAll());
    const ratio = quickest(searchAll, 3) / quickest(() => assignClusters(weights, centroids), 15);
    expect(ratio).toBeGreaterThan(3);
  });

  it('refuses what is no list of numbers', () => {
    expect(errorOf(() => assignClusters([1], [])).message).toMatch(/centroids is empty/);
    expect(errorOf(() => assignClusters([1], [1, Infinity])).message).toMatch(/centroids\[1\]/);
    expect(errorOf(() => assignClusters([NaN], [1])).message).toMatch(/weights\[0\]/);
    expect(errorOf(() => assignClusters('1' as never, [1])).code).toBe('not-an-array-of-numbers');
  });
});

describe('kMeans', () => {
  it('arrives where every centroid is the mean of its weights', () => {
    for (const init of INITS) {
      const weights = normals(3000, 7);
      const { centroids, indices, inertia } = kMeans(weights, { numberOfClusters: 12, init });
      expect(indices).toEqual(assignClusters(weights, centroids));
      let error = 0;
      centroids.forEach((centroid, k) => {
        const own = weights.filter((_, i) => indices[i] === k);
        own.forEach((w) => (error += (w - centroid) ** 2));
        if (own.length === 0) return;
        const mean = own.reduce((sum, w) => sum + w, 0) / own.length;
        expect(Math.abs(centroid - mean)).toBeLessThan(1e-8);
      });
      expect(inertia).toBeCloseTo(error, 10);
    }
  });

  it('finds the best clusters of small sets from the best of some starts', () => {
    for (let seed = 0; seed < 10; seed++) {
      const weights = list(createRng(seed).floats(9, -1, 1));
      const found = [0, 1, 2, 3, 4, 5, 6, 7].map(
        (start) => kMeans(weights, { numberOfClusters: 3, seed: start }).inertia,
      );
      expect(Math.min(...found)).toBeCloseTo(leastInertia(weights, 3), 6);
    }
  });

  it('keeps an empty cluster where it is', () => {
    const options = { numberOfClusters: 5, init: 'LINEAR' } as const;
    const { centroids } = kMeans([0, 0.1, 10], options);
    expect(list(centroids).map((c) => Number(c.toFixed(3)))).toEqual([0.05, 2.5, 5, 7.5, 10]);
  });

  it('keeps 0 with preserveSparsity, and without it may lose it', () => {
    const weights = [0, 0, 0, 0.2, 0.3, -0.2, 1, 1.2, -1, -1.1];
    const options = { numberOfClusters: 3, init: 'LINEAR', preserveSparsity: true } as const;
    const kept = kMeans(weights, options);
    expect(list(kept.centroids)).toContain(0);
    weights.forEach((w, i) => {
      if (w === 0) expect(kept.centroids[kept.indices[i]!]).toBe(0);
    });
    const lost = kMeans(weights, { ...options, preserveSparsity: false });
    expect(list(lost.centroids)).not.toContain(0);
    expect(list(kMeans([0, 0], options).centroids)).toEqual([0]);
  });

  it('stops after the iterations told, and 0 leaves the start', () => {
    const weights = normals(2000, 9);
    const options = { numberOfClusters: 8, init: 'LINEAR' } as const;
    const start = initialCentroids(weights, options);
    expect(kMeans(weights, { ...options, iterations: 0 }).centroids).toEqual(start);
    const one = kMeans(weights, { ...options, iterations: 1 }).centroids;
    const indices = assignClusters(weights, start);
    start.forEach((_, k) => {
      const own = weights.filter((__, i) => indices[i] === k);
      const mean = own.reduce((sum, w) => sum + w, 0) / own.length;
      expect(one[k]).toBeCloseTo(mean, 8);
    });
    expect(kMeans(weights, options).centroids).toEqual(
      kMeans(weights, { ...options, iterations: 10_000 }).centroids,
    );
  });

  it('gives the first of equal centroids all their weights, ties too', () => {
    // Starts at 1, 1 and 3 in the order of drawing: the second 1 stays empty.
    const { centroids, indices } = kMeans([1, 1, 3], { numberOfClusters: 3 });
    expect(sorted(centroids)).toEqual([1, 3, 3]);
    expect(new Set(indices).size).toBe(2);
  });

  it('refuses what it cannot mean', () => {
    const wrong = (weights: unknown, options: unknown): string =>
      errorOf(() => kMeans(weights as never, options as never)).message;
    expect(wrong([1], { numberOfClusters: 2, iterations: -1 })).toMatch(/iterations .* it is -1/);
    expect(wrong([1], { numberOfClusters: 2, clusterPerChannel: true })).toMatch(
      /no option clusterPerChannel/,
    );
    expect(wrong([1, undefined], { numberOfClusters: 1 })).toMatch(/weights\[1\]/);
    expect(wrong([1], { numberOfClusters: 1, init: 'BEST' })).toMatch(/init must be one of/);
    expect(wrong([1], { numberOfClusters: 1, preserveSparsity: 'yes' })).toMatch(/true or false/);
  });
});

/** Clusters on a line are runs of the sorted values: all ways to cut them. */
function leastInertia(weights: number[], clusters: number): number {
  const values = weights.toSorted((a, b) => a - b);
  const costOf = (from: number, to: number): number => {
    const run = values.slice(from, to);
    const mean = run.reduce((sum, w) => sum + w, 0) / run.length;
    return run.reduce((sum, w) => sum + (w - mean) ** 2, 0);
  };
  const best = (from: number, left: number): number => {
    if (left === 1) return costOf(from, values.length);
    let least = Infinity;
    for (let to = from + 1; to <= values.length - left + 1; to++) {
      least = Math.min(least, costOf(from, to) + best(to, left - 1));
    }
    return least;
  };
  return best(0, clusters);
}
