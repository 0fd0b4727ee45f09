/**
 * Adds up in sixteen bits, which wrap around.
 *
 * @fails large-sums
 * @advice Your sum is kept in sixteen bits. One product can be 255 × 127, nearly all that a signed 16-bit number holds, so a few of them go round the corner and come back negative. Sum in 32 bits, as the kernels do, or in ordinary numbers.
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
  const scale = (high - low) / (HIGHEST_CODE - LOWEST_CODE);
  const zeroPoint = roundHalfAway(LOWEST_CODE - low / scale);
  const steps = inputs.map((x) => codeOf(x, scale, zeroPoint) - zeroPoint);
  return bias.map((b, j) => {
    const sum = steps.reduce((total, step, i) => ((total + step * codes[i]![j]!) << 16) >> 16, 0);
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
