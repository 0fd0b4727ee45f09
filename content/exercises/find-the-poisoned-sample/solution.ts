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

/**
 * The sample without which the min-max range of a layer is narrower than without any other.
 *
 * @param samples what the layer sends on, sheet by sheet; finite numbers
 * @returns the sample and how many times narrower, or null if no sample makes the range twice too wide
 */
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

/** The width of a min-max range, which always contains 0. */
function width(ends: Ends[]): number {
  const low = Math.min(0, ...ends.map(({ min }) => min));
  const high = Math.max(0, ...ends.map(({ max }) => max));
  return high - low;
}
