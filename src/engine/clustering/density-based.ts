import { linspace } from './linspace.ts';
import { firstIndex, type SortedValues } from './sorted-values.ts';

/** Points at which the distribution is looked at. */
const GRID = 30;
/** Beyond the values on both sides, so that the distribution starts at 0 and ends at 1. */
const MARGIN = 0.01;
/** The lowest share asked for. */
const LOWEST_SHARE = 0.01;

/**
 * Centroids where the share of smaller weights takes n evenly spaced values from 0.01 to 1: where weights are dense,
 * centroids are.
 *
 * The distribution is looked up at 30 points; a centroid is the first of them with a larger share than it asks for.
 * The toolkit means to interpolate between that point and the one before, but solves its line for the share of the
 * point itself, and so arrives at the point.
 *
 * @param keepZero - the margin stays within half of the value nearest to 0, so that no centroid changes sides
 * @see `DensityBasedCentroidsInitialisation`,
 *   tensorflow_model_optimization/python/core/clustering/keras/clustering_centroids.py
 * @internal
 */
export function densityBased(points: SortedValues, n: number, keepZero: boolean): Float32Array {
  const lowest = points.values[0]!;
  const highest = points.values.at(-1)!;
  const margin = keepZero
    ? Math.min(MARGIN, Math.min(Math.abs(lowest), Math.abs(highest)) / 2)
    : MARGIN;
  const grid = linspace(lowest - margin, highest + margin, GRID);
  const shares = grid.map((x) => points.shareUpTo(x));
  return linspace(LOWEST_SHARE, 1, n).map((share) => {
    const above = firstIndex(0, GRID, (i) => shares[i]! > share);
    return grid[Math.min(above, GRID - 1)]!;
  });
}
