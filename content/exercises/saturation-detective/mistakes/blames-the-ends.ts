/**
 * Counts the codes at the ends, whoever put them there.
 *
 * @fails rightful-ends
 * @advice You counted the codes at ±127 and accused a layer that is innocent. In every layer
 *   whose scale is chosen well, the largest weights stand at 127 by right, and if training
 *   itself holds the weights within limits there may be many of them. A code cannot tell you
 *   what was cut off: put the weight beside it.
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
  let worst: Verdict | null = null;
  for (const layer of layers) {
    const fraction = clippedFraction(layer);
    if (fraction > (worst?.fraction ?? 0)) worst = { layer: layer.name, fraction };
  }
  return worst;
}

function clippedFraction(layer: Layer): number {
  requireCodes(layer);
  const atTheEnd = layer.codes.filter((code) => Math.abs(code) === 127);
  return atTheEnd.length / layer.weights.length;
}

function requireCodes({ name, weights, codes }: Layer): void {
  if (codes.length === weights.length) return;
  throw new RangeError(
    `codes of ${name} must be as many as its weights, ${weights.length}; there are ${codes.length}.`,
  );
}
