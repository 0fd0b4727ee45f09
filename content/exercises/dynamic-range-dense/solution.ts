const LOWEST_CODE = -128;
const HIGHEST_CODE = 127;

/**
 * One dense layer with weights in int8 and a rule for the inputs that is made on the spot.
 *
 * @param inputs what the layer reads: n finite numbers, at least one
 * @param codes n rows of m codes of weights, −127 … 127, with zero point 0
 * @param weightScale the scale of the codes, positive
 * @param bias m numbers in float
 * @returns the m outputs in float
 * @throws RangeError if an input is not finite, or codes has not one row for each input
 */
export function dynamicRangeDense(
  inputs: number[],
  codes: number[][],
  weightScale: number,
  bias: number[],
): number[] {
  requireArguments(inputs, codes);
  const low = Math.min(...inputs, 0);
  const high = Math.max(...inputs, 0);
  if (low === high) return [...bias];
  const scale = (high - low) / (HIGHEST_CODE - LOWEST_CODE);
  const zeroPoint = roundHalfAway(LOWEST_CODE - low / scale);
  const steps = inputs.map((x) => codeOf(x, scale, zeroPoint) - zeroPoint);
  return bias.map((b, j) => {
    const sum = steps.reduce((total, step, i) => total + step * codes[i]![j]!, 0);
    return scale * weightScale * sum + b;
  });
}

function codeOf(x: number, scale: number, zeroPoint: number): number {
  const code = roundHalfAway(x / scale) + zeroPoint;
  return Math.min(HIGHEST_CODE, Math.max(LOWEST_CODE, code));
}

function roundHalfAway(x: number): number {
  return Math.sign(x) * Math.floor(Math.abs(x) + 0.5);
}

function requireArguments(inputs: number[], codes: number[][]): void {
  const wrong = inputs.findIndex((x) => !Number.isFinite(x));
  if (wrong >= 0) {
    throw new RangeError(`inputs must be finite; inputs[${wrong}] is ${inputs[wrong]}.`);
  }
  if (codes.length !== inputs.length) {
    throw new RangeError(
      `codes must have a row for each of the ${inputs.length} inputs; it has ${codes.length}.`,
    );
  }
}
