/** How far two runs of one output lie apart. */
export interface Difference {
  exact: number;
  /** One step away; 0 where there are no steps. */
  offByOne: number;
  /** The largest: in steps where there are steps, else as it is. Infinity where one alone is not a number. */
  worst: number;
}

/** Of a step: floats that stand for integers of 16 bits have that many steps, and 24 bits to say them in. */
const SLACK = 1e-2;

/**
 * Compares element by element.
 *
 * @param step - the scale of a quantized output; 0 for floats
 */
export function compareOutputs(ours: Float32Array, theirs: Float32Array, step: number): Difference {
  const difference: Difference = { exact: 0, offByOne: 0, worst: 0 };
  for (let i = 0; i < ours.length; i++) {
    const distance = apart(ours[i]!, theirs[i]!) / (step || 1);
    const steps = step === 0 ? distance : snap(distance);
    if (steps === 0) difference.exact++;
    else if (step > 0 && steps === 1) difference.offByOne++;
    if (steps > difference.worst) difference.worst = steps;
  }
  return difference;
}

/** The place of the largest element, the first of equals. */
export function topClass(values: Float32Array): number {
  let top = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[top]!) top = i;
  return top;
}

function apart(a: number, b: number): number {
  if (Object.is(a, b) || a === b) return 0;
  const distance = Math.abs(a - b);
  return Number.isNaN(distance) ? Infinity : distance;
}

/** Whole numbers of steps, but for what lies between two of them. */
function snap(steps: number): number {
  const whole = Math.round(steps);
  return Math.abs(steps - whole) <= SLACK ? whole : steps;
}
