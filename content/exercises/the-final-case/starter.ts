/** One layer of the dossier. */
export interface Layer {
  name: string;
  /** SQNR of its weights against those that were due, in dB. */
  weightsDb: number;
  scales: number;
  scalesDue: number;
  /** Share of its large weights that are zero. */
  struckOut: number;
  /** What it reads. */
  input: { scale: number; zeroPoint: number };
  /** Its outputs: the bias due and found, the scale of the weights and the sum of their codes. */
  channels: { wanted: number; got: number; scale: number; codeSum: number }[];
}

export interface Evidence {
  layers: Layer[];
  /** The largest pixel of each sheet. */
  darkest: number[];
}

export type Accusation =
  | { sabotage: 'poisoned-sample'; specimen: number }
  | {
      sabotage:
        | 'depthwise-per-tensor'
        | 'stale-mask'
        | 'swapped-axis'
        | 'bias-scale'
        | 'zero-point-dropped';
      layer: string;
    };

/**
 * What was done to a file, and where.
 *
 * @param evidence the layers in the order of the network, and the sheets
 * @returns the deed with its layer or its sheet, or null if nothing harmful was done
 */
export function accuse({ layers, darkest }: Evidence): Accusation | null {
  const range = 255 * layers[0]!.input.scale;
  console.log('made for pixels up to', range, 'and the darkest is', Math.max(...darkest));
  return null; // First the sheets, then the weights, then the biases.
}

const sheets: Evidence = {
  layers: [
    {
      name: 'conv',
      weightsDb: 41,
      scales: 8,
      scalesDue: 8,
      struckOut: 0,
      input: { scale: 1.8, zeroPoint: -128 },
      channels: [{ wanted: 0.5, got: 0.5, scale: 0.01, codeSum: 30 }],
    },
  ],
  darkest: [1, 459, 0.9],
};
console.log(accuse(sheets), "(sabotage 'poisoned-sample', specimen 1 expected)");
