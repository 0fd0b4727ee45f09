/**
 * Looks at the upper end only.
 *
 * @fails both-ends
 * @advice You looked at the upper end only. A grid has two: a weight of −0.8 on a grid that ends
 *   at −0.635 is clipped just as surely. Compare the size of the weight.
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
  const clipped = layer.weights.filter((weight) => weight / layer.scale >= 127.5);
  return clipped.length / layer.weights.length;
}

function requireCodes({ name, weights, codes }: Layer): void {
  if (codes.length === weights.length) return;
  throw new RangeError(
    `codes of ${name} must be as many as its weights, ${weights.length}; there are ${codes.length}.`,
  );
}
