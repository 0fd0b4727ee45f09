/**
 * Returns the indices from before the last move.
 *
 * @fails latest
 * @advice Your indices are those by which the last means were taken. The centroids have moved since, and some weight may now be nearer to another: look for the nearest once more at the end.
 */
export interface Clusters {
  centroids: number[];
  indices: number[];
}

export function cluster(weights: Float32Array, start: number[], turns: number): Clusters {
  if (start.length === 0) throw new RangeError('start must hold at least one centroid.');
  let centroids = [...start];
  let indices = Array.from(weights, (weight) => nearest(weight, centroids));
  for (let turn = 0; turn < turns; turn++) {
    indices = Array.from(weights, (weight) => nearest(weight, centroids));
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
  return { centroids, indices };
}

/** The number of the centroid nearest to a weight; of equally near ones the first. */
function nearest(weight: number, centroids: number[]): number {
  let best = 0;
  for (const [i, centroid] of centroids.entries()) {
    if (Math.abs(weight - centroid) < Math.abs(weight - centroids[best]!)) best = i;
  }
  return best;
}
