/** The sheet found out, and the evidence. */
export interface Finding {
  /** Counted from 0. */
  sample: number;
  /** The width of all samples over the width of the others, at least 2. */
  narrowing: number;
}

/**
 * The sample without which the min-max range of a layer is narrower than without any other.
 *
 * @param samples what the layer sends on, sheet by sheet; finite numbers
 * @returns the sample and how many times narrower, or null if no sample makes the range twice too wide
 */
export function findPoisoned(samples: Float32Array[]): Finding | null {
  return samples.length < 2 ? null : { sample: 0, narrowing: 1 }; // Whom would you send out?
}

const drawer = [
  new Float32Array([0, 1, 3]),
  new Float32Array([0, 2, 2]),
  new Float32Array([-1, 0, 12]),
];
console.log(findPoisoned(drawer), '(sample 2, narrowing 4.333 expected)');
