/**
 * Accuses any layer with a scale too few.
 *
 * @fails nothing
 * @advice You accused a layer because it has fewer scales than were due, and its weights are as good as any. A deed that did no harm is not what spoiled the file: look among the harmed layers only.
 */
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

/** Honest ink is at most 1. */
const BLACKEST = 2;
const HARMED_DB = 20;
const BY_LOT = 0.05;
const HARMED_BIAS = 0.1;

/**
 * What was done to a file, and where.
 *
 * @param evidence the layers in the order of the network, and the sheets
 * @returns the deed with its layer or its sheet, or null if nothing harmful was done
 */
export function accuse({ layers, darkest }: Evidence): Accusation | null {
  const range = 255 * layers[0]!.input.scale;
  if (range > BLACKEST) {
    const away = darkest.map((ink) => Math.abs(ink - range));
    return { sabotage: 'poisoned-sample', specimen: away.indexOf(Math.min(...away)) };
  }

  const harmed = layers.filter(({ weightsDb }) => weightsDb < HARMED_DB);
  const oneRule = layers.find(({ scales, scalesDue }) => scales < scalesDue);
  if (oneRule) return { sabotage: 'depthwise-per-tensor', layer: oneRule.name };
  const byLot = harmed.find(({ struckOut }) => struckOut > BY_LOT);
  if (byLot) return { sabotage: 'stale-mask', layer: byLot.name };
  if (harmed[0]) return { sabotage: 'swapped-axis', layer: harmed[0].name };

  for (const { name, input, channels } of layers) {
    const power = sumOfSquares(channels.map(({ wanted }) => wanted));
    const error = sumOfSquares(channels.map(({ wanted, got }) => got - wanted));
    if (error <= HARMED_BIAS * power) continue;
    const scale = channels.map(({ wanted, got }) => got - input.scale * wanted);
    const zero = channels.map(
      (c) => c.got - c.wanted - input.scale * c.scale * input.zeroPoint * c.codeSum,
    );
    return {
      sabotage: sumOfSquares(scale) < sumOfSquares(zero) ? 'bias-scale' : 'zero-point-dropped',
      layer: name,
    };
  }
  return null;
}

function sumOfSquares(values: number[]): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}
