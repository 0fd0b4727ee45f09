/**
 * Divides by the count even where it is zero.
 *
 * @fails empty
 * @advice A centroid to which no weight went becomes `NaN`: 0 divided by 0. From then on no distance to it is smaller than another, and it is lost. Leave it where it is.
 */
export interface Clusters {
  centroids: number[];
  indices: number[];
}

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
    centroids = centroids.map((_, i) => sums[i]!.sum / sums[i]!.count);
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
