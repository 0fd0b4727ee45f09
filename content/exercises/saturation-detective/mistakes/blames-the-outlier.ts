/**
 * Accuses the layer with the largest mean squared error.
 *
 * @fails coarse
 * @advice You accused the layer with the largest error, and its weights all fit. One outlier has
 *   made its scale coarse, so every weight is rounded roughly; none is cut off. Rounding and
 *   saturation are different crimes: ask for each weight whether its code would have passed
 *   ±127.
 */
export interface Layer {
  name: string;
  weights: Float32Array;
  codes: Int8Array;
  scale: number;
}

export interface Verdict {
  layer: string;
  fraction: number;
}

export function findSaturated(layers: Layer[]): Verdict | null {
  let largestError = 0;
  let worst: Verdict | null = null;
  for (const layer of layers) {
    requireCodes(layer);
    const fraction = clippedFraction(layer);
    const error = meanSquaredError(layer);
    if (!(error > largestError)) continue;
    largestError = error;
    worst = { layer: layer.name, fraction };
  }
  return worst;
}

function clippedFraction({ weights, scale }: Layer): number {
  return weights.filter((weight) => Math.abs(weight) / scale >= 127.5).length / weights.length;
}

function meanSquaredError({ weights, codes, scale }: Layer): number {
  let sum = 0;
  for (const [i, weight] of weights.entries()) sum += (weight - (codes[i] ?? NaN) * scale) ** 2;
  return sum / weights.length;
}

function requireCodes({ name, weights, codes }: Layer): void {
  if (codes.length === weights.length) return;
  throw new RangeError(
    `codes of ${name} must be as many as its weights, ${weights.length}; there are ${codes.length}.`,
  );
}
