/** The 97.5th percentile of the standard normal distribution. */
const Z = 1.959963984540054;

/**
 * Wilson's 95 % interval for a proportion: the p for which the seen count lies within z standard errors,
 * (p̂ + z²/2n ± z·√(p̂(1−p̂)/n + z²/4n²)) / (1 + z²/n). Unlike p̂ ± z·√(p̂(1−p̂)/n) it stays within
 * [0, 1] and holds near both ends.
 *
 * @see E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", JASA 22, 1927
 */
export function wilsonInterval(successes: number, trials: number): { low: number; high: number } {
  if (!(trials > 0) || successes < 0 || successes > trials) {
    throw new RangeError(`There is no proportion of ${successes} in ${trials}.`);
  }
  const p = successes / trials;
  const z2 = Z * Z;
  const centre = p + z2 / (2 * trials);
  const spread = Z * Math.sqrt((p * (1 - p)) / trials + z2 / (4 * trials * trials));
  const scale = 1 + z2 / trials;
  return {
    low: Math.max(0, (centre - spread) / scale),
    high: Math.min(1, (centre + spread) / scale),
  };
}
