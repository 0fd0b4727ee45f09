/**
 * Gives the fraction in per cent.
 *
 * @fails fraction
 * @advice You found the layer; its fraction is a hundred times too large. A fraction lies
 *   between 0 and 1: leave the multiplication by 100 to whoever prints it.
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
    requireCodes(layer);
    const clipped = layer.weights.filter((weight) => Math.abs(weight) / layer.scale >= 127.5);
    const fraction = (100 * clipped.length) / layer.weights.length;
    if (fraction > (worst?.fraction ?? 0)) worst = { layer: layer.name, fraction };
  }
  return worst;
}

function requireCodes({ name, weights, codes }: Layer): void {
  if (codes.length === weights.length) return;
  throw new RangeError(
    `codes of ${name} must be as many as its weights, ${weights.length}; there are ${codes.length}.`,
  );
}
