/** A quantized network layer by layer: how far each output is from the float’s, and how much of that is its own. */
import { writeNumber } from '../write-number.ts';

/** One layer, as the committed results have it. */
export interface LayerReading {
  layer: string;
  /** dB against the float model. */
  sqnr: number;
  /** Root of the mean squared error in steps of the layer’s scale. */
  steps: number;
}

export type Way = 'honest' | 'per-tensor' | 'halved' | 'one-specimen' | 'unscaled';

export type Errors = Record<string, Record<Way, LayerReading[]>>;

export const WAYS: Record<Way, string> = {
  honest: 'done honestly',
  'per-tensor': 'one scale for each kernel',
  halved: 'one range halved',
  'one-specimen': 'calibrated on one sheet',
  unscaled: 'calibrated on sheets of 0…255',
};

/** Of the drawing, in units of its viewBox. */
export const WIDTH = 640;
const LABEL = 190;
const ROW = 27;
const TOP = 6;
/** The scale of the bars ends here, dB. */
export const TOP_DB = 50;
export const TICKS = [0, 10, 20, 30, 40, 50];
const MOST_LAYERS = 9;
export const HEIGHT = TOP + MOST_LAYERS * ROW + 24;
export const AXIS_Y = TOP + MOST_LAYERS * ROW;

/** Where the bar of a layer begins, counted from the first. */
export const barY = (layer: number): number => TOP + layer * ROW;

/** Where a ratio stands. */
export function xOf(decibels: number): number {
  const held = Math.max(0, Math.min(TOP_DB, decibels));
  return LABEL + (held / TOP_DB) * (WIDTH - LABEL - 10);
}

/** Noise power over signal power. */
const noise = (decibels: number): number => 10 ** (-decibels / 10);

/**
 * By how many decibels a layer’s noise exceeds what was to be expected there: the noise of what it reads, and rounding
 * to its own steps. `before` is absent for the first layer, which reads the digit itself.
 */
export function excess({ sqnr, steps }: LayerReading, before?: LayerReading): number {
  const own = noise(sqnr);
  const rounding = own / (12 * steps * steps);
  const inherited = before ? noise(before.sqnr) : 0;
  return 10 * Math.log10(own / (inherited + rounding));
}

export interface Bar {
  layer: string;
  y: number;
  width: number;
  sqnr: number;
  steps: number;
  excess: number;
}

export function bars(layers: readonly LayerReading[]): Bar[] {
  return layers.map((reading, i) => ({
    ...reading,
    y: barY(i),
    width: xOf(reading.sqnr) - xOf(0),
    excess: excess(reading, layers[i - 1]),
  }));
}

export const BAR_HEIGHT = 18;

/** Most noise that is still put down to honest rounding of weights, dB over the expected. */
const SUSPICIOUS = 3;

/** The layer with the greatest excess, where there is one to speak of. */
export function worst(all: readonly Bar[]): Bar | undefined {
  const most = all.reduce((best, bar) => (bar.excess > best.excess ? bar : best));
  return most.excess > SUSPICIOUS ? most : undefined;
}

const decibels = (value: number): string => `${writeNumber(Number(value.toFixed(1)), 3)} dB`;

/** Everything that the drawing says of a network, with one of its layers chosen. */
export function drawing(
  layers: readonly LayerReading[],
  chosen: number,
): { bars: Bar[]; chosen: number; texts: Record<string, string> } {
  const all = bars(layers);
  const at = Math.min(chosen, all.length - 1);
  const bar = all[at]!;
  const most = worst(all);
  return {
    bars: all,
    chosen: at,
    texts: {
      layer: bar.layer,
      sqnr: decibels(bar.sqnr),
      steps: writeNumber(bar.steps, 3),
      excess: decibels(bar.excess),
      verdict: most
        ? `Most beyond what was to be expected: ${most.layer}, by ${decibels(most.excess)}`
        : 'No layer makes twice the noise that was to be expected of it',
    },
  };
}

/** The rows of the table: layer, SQNR, error in steps, excess. */
export const tableRows = (all: readonly Bar[]): string[][] =>
  all.map(({ layer, sqnr, steps, excess: over }) => [
    layer,
    decibels(sqnr),
    writeNumber(steps, 3),
    decibels(over),
  ]);
