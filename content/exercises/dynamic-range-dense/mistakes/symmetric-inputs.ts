/**
 * Uses the symmetric rule of weights for the inputs.
 *
 * @fails one-sided
 * @advice You gave the inputs the rule of the weights, with 0 in the middle. After a ReLU nothing is below zero, so half of your codes wait for inputs that never come and every notch is twice as wide as it need be. Widen the range to 0 and spread all 256 codes over it.
 */
const LOWEST_CODE = -128;
const HIGHEST_CODE = 127;

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
  const scale = Math.max(-low, high) / HIGHEST_CODE;
  const zeroPoint = 0;
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
