/**
 * Keeps the rule of the first inputs for all that follow.
 *
 * @fails own-range
 * @advice The first call made a rule, and you kept it for the later ones. That is static calibration, and it needs specimens that speak for all the rest. Here the range is dynamic: each call looks at its own inputs, and nothing may be remembered between two calls.
 */
const LOWEST_CODE = -128;
const HIGHEST_CODE = 127;
let kept: { low: number; high: number } | undefined;

export function dynamicRangeDense(
  inputs: number[],
  codes: number[][],
  weightScale: number,
  bias: number[],
): number[] {
  requireArguments(inputs, codes);
  if (inputs.every((x) => x === 0)) return [...bias];
  kept ??= { low: Math.min(...inputs, 0), high: Math.max(...inputs, 0) };
  const { low, high } = kept;
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
