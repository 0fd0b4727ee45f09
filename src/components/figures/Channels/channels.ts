/** The heavy model with channels cut: shapes, bytes, multiplications, and what was measured of it. */
import type { Cut, CutLayer } from '../../../../scripts/results/sections/5.5.ts';

export type Where = Cut['where'];

/** What the figure is given. */
export interface ChannelsData {
  testImages: number;
  cuts: Cut[];
  flash: number;
}

/** Channels of the three layers that can lose any. */
export type Left = Record<CutLayer, number>;

export const WHOLE: Left = { conv_1: 20, conv_2: 50, dense_1: 500 };
export const PLACES: readonly Where[] = ['all', 'conv_1', 'conv_2', 'dense_1'];
export const WHERE_NAMES: Record<Where, string> = {
  all: 'all three layers alike',
  conv_1: 'conv_1 alone',
  conv_2: 'conv_2 alone',
  dense_1: 'dense_1 alone',
};

const KERNEL = 5;
const FIGURES = 10;
/** Output places of each convolution, and what of the second is left after pooling. */
const AFTER_CONV_1 = 24 * 24;
const AFTER_CONV_2 = 8 * 8;
const POOLED = 4 * 4;
/** Of each channel in int8: its bias, four bytes, and its scale, four. */
const BYTES_OF_A_CHANNEL = 8;

/** Of C channels max(round(C·(1 − share)), 1) stay, as the engine has it. */
export function channelsLeft(where: Where, share: number): Left {
  const keep = (layer: CutLayer): number =>
    where === 'all' || where === layer
      ? Math.max(Math.round(WHOLE[layer] * (1 - share)), 1)
      : WHOLE[layer];
  return { conv_1: keep('conv_1'), conv_2: keep('conv_2'), dense_1: keep('dense_1') };
}

/** A kernel as it is left. */
export interface Kernel {
  name: string;
  shape: number[];
  weights: number;
  macs: number;
  /** Shares of its inputs and of its outputs that are left. */
  inputs: number;
  outputs: number;
}

/** The four kernels. */
export function kernelsOf({ conv_1, conv_2, dense_1 }: Left): Kernel[] {
  const kernel = (
    name: string,
    shape: number[],
    places: number,
    inputs: number,
    outputs: number,
  ): Kernel => {
    const weights = shape.reduce((product, side) => product * side, 1);
    return { name, shape, weights, macs: weights * places, inputs, outputs };
  };
  const [one, two, three] = [conv_1 / WHOLE.conv_1, conv_2 / WHOLE.conv_2, dense_1 / WHOLE.dense_1];
  return [
    kernel('conv_1', [KERNEL, KERNEL, 1, conv_1], AFTER_CONV_1, 1, one),
    kernel('conv_2', [KERNEL, KERNEL, conv_1, conv_2], AFTER_CONV_2, one, two),
    kernel('dense_1', [POOLED * conv_2, dense_1], 1, two, three),
    kernel('logits', [dense_1, FIGURES], 1, three, 1),
  ];
}

/** Bytes in int8, with biases and scales, and multiplications for a digit. */
export function costOf(left: Left): { weights: number; bytes: number; macs: number } {
  const kernels = kernelsOf(left);
  const sum = (of: 'weights' | 'macs'): number =>
    kernels.reduce((total, each) => total + each[of], 0);
  const channels = left.conv_1 + left.conv_2 + left.dense_1 + FIGURES;
  const weights = sum('weights');
  return { weights, bytes: weights + BYTES_OF_A_CHANNEL * channels, macs: sum('macs') };
}

export const WIDTH = 640;
export const HEIGHT = 300;
export const FRAME = { top: 34, width: 142, height: 92, step: 166 };
export const BARS = { left: 0, right: 640, bytes: 204, macs: 268, height: 18 };

/** Where the frame of a kernel begins. */
export const frameLeft = (index: number): number => index * FRAME.step;

/** Where the flash ends, along the bar of bytes. */
export function flashMark({ flash }: ChannelsData): number {
  return BARS.left + (flash / costOf(WHOLE).bytes) * (BARS.right - BARS.left);
}

const whole = (count: number): string => count.toLocaleString('en-GB');

/** Everything that the figure draws and says. */
export function channelsDrawing(
  data: ChannelsData,
  where: Where,
  share: number,
): { attributes: Record<string, Record<string, string>>; texts: Record<string, string> } {
  const left = channelsLeft(where, share);
  const kernels = kernelsOf(left);
  const cost = costOf(left);
  const full = costOf(WHOLE);
  const bar = (part: number): { width: string } => ({
    width: (part * (BARS.right - BARS.left)).toFixed(1),
  });
  const cut = cutOf(data, where, share);
  const read = (count: number): string => `${((100 * count) / data.testImages).toFixed(2)}%`;
  return {
    attributes: {
      ...Object.fromEntries(
        kernels.map(({ name, inputs, outputs }) => [
          `${name}-left`,
          {
            width: (outputs * FRAME.width).toFixed(1),
            height: (inputs * FRAME.height).toFixed(1),
          },
        ]),
      ),
      'bytes-bar': bar(cost.bytes / full.bytes),
      'macs-bar': bar(cost.macs / full.macs),
    },
    texts: {
      share: `${Math.round(100 * share)}%`,
      ...Object.fromEntries(kernels.map(({ name, shape }) => [`${name}-shape`, shape.join('×')])),
      weights: `${((100 * cost.weights) / full.weights).toFixed(1)}%`,
      bytes: whole(cost.bytes),
      macs: whole(cost.macs),
      correct: read(cut.correct),
      healed: cut.healed === null ? 'not trained' : read(cut.healed),
      verdict:
        cost.bytes <= data.flash
          ? `It goes into the flash, with ${whole(data.flash - cost.bytes)} bytes to spare.`
          : `It misses the flash by ${whole(cost.bytes - data.flash)} bytes.`,
    },
  };
}

/** What was measured of a cut. */
export function cutOf({ cuts }: ChannelsData, where: Where, share: number): Cut {
  const found = cuts.find((cut) => cut.where === where && Math.abs(cut.share - share) < 0.001);
  if (!found) throw new Error(`Nothing was measured of ${where} cut by ${share}.`);
  return found;
}

/** A row for each share of a place: what is left, and what it reads. */
export function channelsRows(data: ChannelsData, where: Where): string[][] {
  return data.cuts
    .filter((cut) => cut.where === where)
    .map(({ share }) => {
      const { texts } = channelsDrawing(data, where, share);
      return [texts['share']!, texts['bytes']!, texts['correct']!, texts['healed']!];
    });
}
