/**
 * Takes one turn, however many are asked for.
 *
 * @fails turns
 * @advice You take a single turn. After the centroids have moved, some weights have a new nearest one, and the means with them: go on for as many turns as `turns` says.
 */
export interface Clusters {
  centroids: number[];
  indices: number[];
}

export function cluster(weights: Float32Array, start: number[], turns: number): Clusters {
  if (start.length === 0) throw new RangeError('start must hold at least one centroid.');
  let centroids = [...start];
  for (let turn = 0; turn < Math.min(1, turns); turn++) {
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
