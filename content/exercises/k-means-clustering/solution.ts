/** Weights as a few values and an index for each. */
export interface Clusters {
  /** In the order in which they were given to start from. */
  centroids: number[];
  /** For each weight the number of its centroid, from 0. */
  indices: number[];
}

/**
 * Shares weights out among a few values, turn by turn.
 *
 * @param weights any number of finite weights
 * @param start the centroids to start from, at least one
 * @param turns a whole number, 0 or more
 * @returns the centroids after the turns, and the nearest of them for each weight
 * @throws RangeError if there is no centroid to start from
 */
export function cluster(weights: Float32Array, start: number[], turns: number): Clusters {
  if (start.length === 0) throw new RangeError('start must hold at least one centroid.');
  let centroids = [...start];
  for (let turn = 0; turn < turns; turn++) {
    const sums = centroids.map(() => ({ sum: 0, count: 0 }));
    for (const weight of weights) {
      const own = sums[nearest(weight, centroids)]!;
      own.sum += weight;
      own.count += 1;
    }
    centroids = centroids.map((was, i) =>
      sums[i]!.count > 0 ? sums[i]!.sum / sums[i]!.count : was,
    );
  }
  return { centroids, indices: Array.from(weights, (weight) => nearest(weight, centroids)) };
}

/** The number of the centroid nearest to a weight; of equally near ones the first. */
function nearest(weight: number, centroids: number[]): number {
  let best = 0;
  for (const [i, centroid] of centroids.entries()) {
    if (Math.abs(weight - centroid) < Math.abs(weight - centroids[best]!)) best = i;
  }
  return best;
}
