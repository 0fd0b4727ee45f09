/**
 * Looks at the largest values alone.
 *
 * @fails below-zero
 * @advice You looked for the largest value. A range has two ends, and a sheet may poison the lower one: there your method accuses an honest sheet, or nobody. Measure the width of the range, from its smallest value to its largest, 0 included.
 */
/** The sheet found out, and the evidence. */
export interface Finding {
  /** Counted from 0. */
  sample: number;
  /** The width of all samples over the width of the others, at least 2. */
  narrowing: number;
}

const largest = (values: Float32Array): number => values.reduce((a, b) => Math.max(a, b), 0);

export function findPoisoned(samples: Float32Array[]): Finding | null {
  if (samples.length < 2) return null;
  const tops = samples.map(largest);
  const sample = tops.indexOf(Math.max(...tops));
  const narrowing = tops[sample]! / Math.max(...tops.filter((_, other) => other !== sample));
  return narrowing >= 2 ? { sample, narrowing } : null;
}
