/**
 * Measures widths from the smallest value to the largest, though 0 is not between them.
 *
 * @fails far-from-zero
 * @advice Your widths run from the smallest value to the largest. A range that is quantized always contains 0, so a sheet of which every value lies far out makes it wide, though its own values lie close together. Widen each range to 0 before you measure it.
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
  const ends = samples.map(endsOf);
  const whole = width(ends);
  let worst: Finding = { sample: -1, narrowing: 0 };
  for (const sample of ends.keys()) {
    const narrowing = whole / width(ends.filter((_, other) => other !== sample));
    if (narrowing > worst.narrowing) worst = { sample, narrowing };
  }
  return worst.narrowing >= TWICE ? worst : null;
}

function endsOf(values: Float32Array): Ends {
  return {
    min: values.reduce((a, b) => Math.min(a, b)),
    max: values.reduce((a, b) => Math.max(a, b)),
  };
}

function width(ends: Ends[]): number {
  return Math.max(...ends.map(({ max }) => max)) - Math.min(...ends.map(({ min }) => min));
}
