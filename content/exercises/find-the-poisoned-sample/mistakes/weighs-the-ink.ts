/**
 * Accuses the sheet with the most ink.
 *
 * @fails heavy-hand
 * @advice You compared sheets by their mean, so you found the one with the heaviest hand. One value of a thousand sets a min-max range and hardly moves a mean. Ask what the range would be without each sheet.
 */
/** The sheet found out, and the evidence. */
export interface Finding {
  /** Counted from 0. */
  sample: number;
  /** The width of all samples over the width of the others, at least 2. */
  narrowing: number;
}

/** The smallest and the largest value of some sheets. */
interface Ends {
  min: number;
  max: number;
}

/** From here on a range is twice too wide for the sake of one sheet. */
const TWICE = 2;

export function findPoisoned(samples: Float32Array[]): Finding | null {
  if (samples.length < 2) return null;
  const means = samples.map(
    (values) => Math.abs(values.reduce((a, b) => a + b, 0)) / values.length,
  );
  const sample = means.indexOf(Math.max(...means));
  const ends = samples.map(endsOf);
  const narrowing = width(ends) / width(ends.filter((_, other) => other !== sample));
  return narrowing >= TWICE ? { sample, narrowing } : null;
}

function endsOf(values: Float32Array): Ends {
  return {
    min: values.reduce((a, b) => Math.min(a, b)),
    max: values.reduce((a, b) => Math.max(a, b)),
  };
}

/** The width of a min-max range, which always contains 0. */
function width(ends: Ends[]): number {
  const low = Math.min(0, ...ends.map(({ min }) => min));
  const high = Math.max(0, ...ends.map(({ max }) => max));
  return high - low;
}
