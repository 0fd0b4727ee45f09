import { ReaderError } from '../../shared/reader-error.ts';

/** Where two models part. */
export interface McNemar {
  /** Examples that only the first answers rightly. */
  onlyFirst: number;
  /** Examples that only the second answers rightly. */
  onlySecond: number;
  /** How likely a division at least as uneven would be if neither were better. */
  pValue: number;
}

/**
 * Tests whether one of two models is better on the same examples: only those count that one answers rightly and the
 * other does not.
 *
 * Under the hypothesis that neither is better, the smaller count b of n = b + c is binomial with ½:
 * p = min(1, 2·Σ_{i ≤ min(b,c)} C(n, i)/2ⁿ), exactly, two-sided.
 *
 * @param first - the first model's answers, as classes
 * @param second - the second model's answers to the same examples
 * @param labels - the right ones
 * @returns `{onlyFirst, onlySecond, pValue}`
 * @throws ReaderError `lengths-differ`
 * @example
 * ```ts
 * import { evaluation } from 'heavy-weights';
 *
 * const { onlyFirst, pValue } = evaluation.mcNemar([1, 1, 1, 1, 1, 0], [0, 0, 0, 0, 0, 0], [1, 1, 1, 1, 1, 0]);
 * console.log(onlyFirst, pValue); // 5 0.0625
 * ```
 * @see Q. McNemar, "Note on the sampling error of the difference between correlated proportions or percentages",
 *   Psychometrika 12, 1947
 */
export function mcNemar(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  labels: ArrayLike<number>,
): McNemar {
  if (first.length !== labels.length || second.length !== labels.length) {
    throw new ReaderError({
      code: 'lengths-differ',
      explain: `first, second and labels must be of one length; they have ${first.length}, ${second.length} and ${labels.length}.`,
    });
  }
  let onlyFirst = 0;
  let onlySecond = 0;
  for (let i = 0; i < labels.length; i++) {
    const a = first[i] === labels[i];
    const b = second[i] === labels[i];
    if (a && !b) onlyFirst++;
    if (b && !a) onlySecond++;
  }
  return {
    onlyFirst,
    onlySecond,
    pValue: twoSided(Math.min(onlyFirst, onlySecond), onlyFirst + onlySecond),
  };
}

/** Logarithms: 2ⁿ is more than a double holds from n = 1024 on. */
function twoSided(smaller: number, n: number): number {
  let logTerm = -n * Math.LN2;
  let sum = 0;
  for (let i = 0; i <= smaller; i++) {
    sum += Math.exp(logTerm);
    logTerm += Math.log((n - i) / (i + 1));
  }
  return Math.min(1, 2 * sum);
}
