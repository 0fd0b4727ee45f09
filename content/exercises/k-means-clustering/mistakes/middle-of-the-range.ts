/**
 * Moves a centroid to the middle between its smallest and its largest weight.
 *
 * @fails turns
 * @advice You move each centroid halfway between its smallest and its largest weight. One far weight then drags it off. The *mean* of its weights is what makes the squared error smallest.
 */
export interface Clusters {
  centroids: number[];
  indices: number[];
}

export function cluster(weights: Float32Array, start: number[], turns: number): Clusters {
  if (start.length === 0) throw new RangeError('start must hold at least one centroid.');
  let centroids = [...start];
  for (let turn = 0; turn < turns; turn++) {
    const sums = centroids.map(() => ({ low: Infinity, high: -Infinity, count: 0 }));
    for (const weight of weights) {
      const own = sums[nearest(weight, centroids)]!;
      own.low = Math.min(own.low, weight);
      own.high = Math.max(own.high, weight);
      own.count += 1;
    }
    centroids = centroids.map((was, i) =>
      sums[i]!.count > 0 ? (sums[i]!.low + sums[i]!.high) / 2 : was,
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
