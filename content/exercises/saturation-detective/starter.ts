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
  for (const layer of layers) requireCodes(layer);
  return null; // Replace: nobody is accused yet.
}

function requireCodes({ name, weights, codes }: Layer): void {
  if (codes.length === weights.length) return;
  throw new RangeError(
    `codes of ${name} must be as many as its weights, ${weights.length}; there are ${codes.length}.`,
  );
}

const evidence: Layer[] = [
  {
    name: 'porter',
    weights: new Float32Array([1.27, -1.27, 0.5]),
    codes: new Int8Array([127, -127, 50]),
    scale: 0.01,
  },
  {
    name: 'clerk',
    weights: new Float32Array([0.8, -0.5, 0.2, 0.1]),
    codes: new Int8Array([127, -100, 40, 20]),
    scale: 0.005,
  },
];
console.log(findSaturated(evidence), "(layer 'clerk', fraction 0.25 expected)");
