/** A layer before and after quantization. */
export interface Layer {
  name: string;
  /** As trained. */
  weights: Float32Array;
  /** As many as the weights, from −127 to 127. */
  codes: Int8Array;
  /** How much weight one step of the grid is worth, above 0. */
  scale: number;
}

/** The layer found out, and the evidence. */
export interface Verdict {
  layer: string;
  /** Clipped weights over all weights of the layer, above 0 and at most 1. */
  fraction: number;
}

/**
 * The layer with the largest fraction of clipped weights.
 *
 * @param layers any number of layers, no two equally spoilt
 * @returns the layer and its fraction, or null if nothing is clipped anywhere
 */
export function findSaturated(layers: Layer[]): Verdict | null {
  let worst: Verdict | null = null;
  for (const layer of layers) {
    const fraction = clippedFraction(layer);
    if (fraction > (worst?.fraction ?? 0)) worst = { layer: layer.name, fraction };
  }
  return worst;
}

/** The part of a layer's weights whose code would have passed ±127; NaN for a layer without weights. */
function clippedFraction(layer: Layer): number {
  requireCodes(layer);
  // 127.4 steps round to 127 by right; from 127.5 the code would have been 128.
  const clipped = layer.weights.filter((weight) => Math.abs(weight) / layer.scale >= 127.5);
  return clipped.length / layer.weights.length;
}

function requireCodes({ name, weights, codes }: Layer): void {
  if (codes.length === weights.length) return;
  throw new RangeError(
    `codes of ${name} must be as many as its weights, ${weights.length}; there are ${codes.length}.`,
  );
}
