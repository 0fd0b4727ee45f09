/** Two neighbouring layers and a factor for each channel between them: what it does to their ranges and their rounding. */
import {
  chooseQuantizationParams,
  chooseQuantizationParamsPerAxis,
  dequantize,
  minMax,
  quantize,
  sqnr,
} from '../../../engine/numerics/index.ts';
import { writeNumber } from '../write-number.ts';

/** A kernel whose channels follow each other: weight i belongs to channel i mod `channels`. */
export interface PairLayer {
  name: string;
  channels: number;
  values: number[];
}

export interface LayerState {
  /** The largest size in each channel. */
  reach: number[];
  /** The largest channel over the smallest. */
  ratio: number;
  /** dB, with one scale for the layer and with one for each channel. */
  tensor: number;
  channel: number;
}

export const WIDTH = 640;
export const HEIGHT = 300;
/** The two rows of bars. */
export const ROWS = [
  { top: 26, base: 130 },
  { top: 176, base: 280 },
] as const;

/** The largest size in each channel. */
export function reachOf({ channels, values }: PairLayer): number[] {
  const reach = new Array<number>(channels).fill(0);
  values.forEach((w, i) => (reach[i % channels] = Math.max(reach[i % channels]!, Math.abs(w))));
  return reach;
}

/** What the first layer is divided by and the second multiplied by: (r₁/r₂)^(moved/2), which at 1 makes both reach equally far. */
export function factorsOf(first: PairLayer, second: PairLayer, moved: number): number[] {
  const [made, read] = [reachOf(first), reachOf(second)];
  return made.map((r1, c) => (r1 > 0 && read[c]! > 0 ? (r1 / read[c]!) ** (moved / 2) : 1));
}

/** Both layers after the factors have been moved so far. */
export function movedPair(
  [first, second]: readonly [PairLayer, PairLayer],
  moved: number,
): [PairLayer, PairLayer] {
  const factors = factorsOf(first, second, moved);
  return [
    { ...first, values: first.values.map((w, i) => w / factors[i % first.channels]!) },
    { ...second, values: second.values.map((w, i) => w * factors[i % second.channels]!) },
  ];
}

/** Ranges and rounding of a layer at so many bits. */
export function stateOf(layer: PairLayer, numBits: number): LayerState {
  const { channels } = layer;
  const values = Float32Array.from(layer.values);
  const options = { numBits, symmetric: true, narrowRange: true };
  const left = (params: Parameters<typeof dequantize>[1]): number =>
    sqnr(values, dequantize(quantize(values, params), params));
  const reach = reachOf(layer);
  return {
    reach,
    ratio: Math.max(...reach) / Math.min(...reach),
    tensor: left(chooseQuantizationParams(minMax(values), options)),
    channel: left(
      chooseQuantizationParamsPerAxis(values, [values.length / channels, channels], 1, options),
    ),
  };
}

/** One bar for each channel, as tall as its reach against the largest of the layer. */
export function barsPath(reach: readonly number[], row: { top: number; base: number }): string {
  const largest = Math.max(...reach);
  const step = WIDTH / reach.length;
  return reach
    .map((r, c) => {
      const height = (r / largest) * (row.base - row.top);
      return `M${((c + 0.5) * step).toFixed(1)} ${row.base}v${(-height).toFixed(1)}`;
    })
    .join('');
}

/** Everything that moves, as attributes and texts by part. */
export function equalizationDrawing(
  pair: readonly [PairLayer, PairLayer],
  moved: number,
  numBits: number,
): { attributes: Record<string, Record<string, string>>; texts: Record<string, string> } {
  const states = movedPair(pair, moved).map((layer) => stateOf(layer, numBits));
  const [first, second] = states as [LayerState, LayerState];
  const decibels = (value: number): string => `${value.toFixed(1)} dB`;
  return {
    attributes: {
      'bars-0': { d: barsPath(first.reach, ROWS[0]) },
      'bars-1': { d: barsPath(second.reach, ROWS[1]) },
    },
    texts: {
      moved: writeNumber(moved, 3),
      'ratio-0': first.ratio.toFixed(1),
      'ratio-1': second.ratio.toFixed(1),
      'tensor-0': decibels(first.tensor),
      'tensor-1': decibels(second.tensor),
      'channel-0': decibels(first.channel),
      'channel-1': decibels(second.channel),
      verdict:
        moved === 0
          ? 'As training left them'
          : moved === 1
            ? 'Equalized: both layers reach equally far in every channel'
            : moved < 0
              ? 'The wrong way: the same function, and wider ranges'
              : 'The same function, with other weights',
    },
  };
}

/** One line of the figure’s table for each channel: both reaches as trained, the factor that makes them equal, and their reach then. */
export function channelRows(pair: readonly [PairLayer, PairLayer]): string[][] {
  const [first, second] = pair;
  const factors = factorsOf(first, second, 1);
  const [made, read] = [reachOf(first), reachOf(second)];
  return factors.map((factor, c) => [
    `${c + 1}`,
    writeNumber(made[c]!, 3),
    writeNumber(read[c]!, 3),
    writeNumber(factor, 3),
    writeNumber(made[c]! / factor, 3),
  ]);
}
