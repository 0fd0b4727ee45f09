/**
 * Spreads the codes over the inputs as they come, though 0 may lie outside them.
 *
 * @fails holds-zero
 * @advice Your rule runs from the smallest input to the largest. When both are on one side of 0, zero has no code of its own and the zero point falls outside int8. Take 0 into the range before you divide.
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
  const low = Math.min(...inputs);
  const high = Math.max(...inputs);
  if (low === high)
    return bias.map(
      (b, j) => b + inputs.reduce((total, x, i) => total + x * weightScale * codes[i]![j]!, 0),
    );
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
