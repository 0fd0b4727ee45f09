import { ReaderError } from '../../shared/reader-error.ts';
import { describe } from '../numerics/arguments.ts';

/**
 * Keeps the points that no other beats: none is at least as good in everything and better in something.
 *
 * @param points - n things
 * @param objectives - for each aim a function that gives a point's number, and whether it should be 'least' or 'most'
 * @returns the points that are not beaten, in the order given; equal ones are all kept
 * @throws ReaderError `objectives-empty`, `objective-not-a-number` naming the point
 * @example
 * ```ts
 * import { evaluation } from 'heavy-weights';
 *
 * const models = [{ bytes: 400, right: 99 }, { bytes: 100, right: 98 }, { bytes: 200, right: 97 }];
 * const best = evaluation.pareto(models, [
 *   { of: (m) => m.bytes, best: 'least' },
 *   { of: (m) => m.right, best: 'most' },
 * ]);
 * console.log(best.map((m) => m.bytes)); // [ 400, 100 ]
 * ```
 * @see V. Pareto, "Cours d'économie politique", 1896; K. Deb, "Multi-Objective Optimization using Evolutionary
 *   Algorithms", 2001, section 2.4
 */
export function pareto<T>(
  points: readonly T[],
  objectives: readonly { of: (point: T) => number; best: 'least' | 'most' }[],
): T[] {
  if (!Array.isArray(objectives) || objectives.length === 0) {
    throw new ReaderError({
      code: 'objectives-empty',
      explain: 'pareto takes at least one objective.',
      hint: "For example { of: (m) => m.bytes, best: 'least' }.",
    });
  }
  const costs = points.map((point, i) =>
    objectives.map(({ of, best }) => {
      const value = of(point);
      if (typeof value !== 'number' || Number.isNaN(value)) {
        throw new ReaderError({
          code: 'objective-not-a-number',
          explain: `An objective gave ${describe(value)} for points[${i}].`,
        });
      }
      return best === 'most' ? -value : value;
    }),
  );
  const beats = (a: number[], b: number[]): boolean =>
    a.every((cost, i) => cost <= b[i]!) && a.some((cost, i) => cost < b[i]!);
  return points.filter((_, i) => !costs.some((other) => beats(other, costs[i]!)));
}
