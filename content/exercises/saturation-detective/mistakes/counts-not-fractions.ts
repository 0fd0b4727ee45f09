/**
 * Compares the numbers of clipped weights and not their fractions.
 *
 * @fails fraction
 * @advice You accused the layer with the most clipped weights. A layer of many thousand weights
 *   may lose a hundred and hardly notice, where one of fifty is ruined by ten. Divide by the
 *   number of weights before you compare.
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
  let most = 0;
  let worst: Verdict | null = null;
  for (const layer of layers) {
    requireCodes(layer);
    const clipped = layer.weights.filter(
      (weight) => Math.abs(weight) / layer.scale >= 127.5,
    ).length;
    if (clipped <= most) continue;
    most = clipped;
    worst = { layer: layer.name, fraction: clipped / layer.weights.length };
  }
  return worst;
}

function requireCodes({ name, weights, codes }: Layer): void {
  if (codes.length === weights.length) return;
  throw new RangeError(
    `codes of ${name} must be as many as its weights, ${weights.length}; there are ${codes.length}.`,
  );
}
