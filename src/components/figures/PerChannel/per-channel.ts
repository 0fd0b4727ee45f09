/** A depthwise kernel in few bits, with one scale for the layer or one for each channel: measures and drawing. */
import {
  chooseQuantizationParams,
  chooseQuantizationParamsPerAxis,
  dequantize,
  minMax,
  quantize,
  sqnr,
} from '../../../engine/numerics/index.ts';
import { writeNumber } from '../write-number.ts';

/** A kernel [3, 3, channels, 1], row-major: nine weights of each channel, a channel's weights `channels` apart. */
export interface DepthwiseKernel {
  name: string;
  channels: number;
  weights: number[];
}

export const GRANULARITIES = {
  one: 'one for the layer',
  own: 'one for each channel',
} as const;
export type Granularity = keyof typeof GRANULARITIES;

export interface ChannelReading {
  scale: number;
  /** The largest size of its weights. */
  largest: number;
  weights: number[];
  restored: number[];
  /** dB */
  sqnr: number;
  /** Whether nothing of it is left. */
  silent: boolean;
}

export interface KernelReading {
  channels: ChannelReading[];
  /** dB, over the layer. */
  sqnr: number;
  /** The last code of the rule. */
  lastCode: number;
}

/** Quantizes a kernel, symmetric and narrow, and measures every channel. */
export function readKernel(
  { channels, weights }: DepthwiseKernel,
  bits: number,
  granularity: Granularity,
): KernelReading {
  const options = { numBits: bits, symmetric: true, narrowRange: true };
  const params =
    granularity === 'one'
      ? chooseQuantizationParams(minMax(weights), options)
      : chooseQuantizationParamsPerAxis(weights, [3, 3, channels, 1], 2, options);
  const restored = dequantize(quantize(weights, params), params);
  const ofChannel = (values: ArrayLike<number>, c: number) =>
    Array.from({ length: weights.length / channels }, (_, i) => values[i * channels + c]!);
  return {
    channels: Array.from({ length: channels }, (_, c) => {
      const [own, back] = [ofChannel(weights, c), ofChannel(restored, c)];
      return {
        scale: 'scales' in params ? params.scales[c]! : params.scale,
        largest: own.reduce((most, value) => Math.max(most, Math.abs(value)), 0),
        weights: own,
        restored: back,
        sqnr: sqnr(own, back),
        silent: back.every((value) => value === 0),
      };
    }),
    sqnr: sqnr(weights, restored),
    lastCode: params.qmax,
  };
}

/** Of the drawing, in units of its viewBox. */
export const WIDTH = 640;
export const HEIGHT = 272;
export const COLUMNS = { top: 8, middle: 96, reach: 84 };
export const BARS = { top: 196, base: 256, most: 60 };
/** Codes are drawn one by one up to so many. */
const MOST_TICKS = 31;

/** Everything that the drawing shows, as attributes by part. */
export function kernelDrawing(reading: KernelReading): Record<string, Record<string, string>> {
  const { channels, lastCode } = reading;
  const limit = Math.max(...channels.map(({ largest }) => largest));
  const step = WIDTH / channels.length;
  const y = (value: number) => (COLUMNS.middle - (value / limit) * COLUMNS.reach).toFixed(1);
  const paths = { ticks: '', reaches: '', weights: '', errors: '', bars: '' };
  channels.forEach(({ scale, weights, restored, sqnr: decibels }, c) => {
    const left = c * step + 0.1 * step;
    const wide = 0.8 * step;
    const middle = (c + 0.5) * step;
    if (2 * lastCode + 1 <= MOST_TICKS) {
      for (let code = -lastCode; code <= lastCode; code++)
        paths.ticks += `M${left.toFixed(1)} ${y(code * scale)}h${wide.toFixed(1)}`;
    }
    const top = Number(y(lastCode * scale));
    paths.reaches += `M${left.toFixed(1)} ${top.toFixed(1)}h${wide.toFixed(1)}V${y(-lastCode * scale)}h${(-wide).toFixed(1)}z`;
    weights.forEach((weight, i) => {
      // Side by side, so that nine weights of one channel can be told apart.
      const x = (left + (wide * (i + 0.5)) / weights.length).toFixed(1);
      paths.weights += `M${x} ${y(weight)}h0`;
      paths.errors += `M${x} ${y(weight)}V${y(restored[i]!)}`;
    });
    const height =
      (Math.min(BARS.most, Math.max(0, decibels)) / BARS.most) * (BARS.base - BARS.top);
    paths.bars += `M${middle.toFixed(1)} ${BARS.base}v${(-height).toFixed(1)}`;
  });
  return {
    ...Object.fromEntries(Object.entries(paths).map(([name, d]) => [name, { d }])),
    bars: { d: paths.bars, 'stroke-width': (0.6 * step).toFixed(1) },
    weights: { d: paths.weights, 'stroke-width': step > 30 ? '4' : '2.4' },
  };
}

/** What the figure says in words. */
export function kernelTexts(
  kernel: DepthwiseKernel,
  bits: number,
  granularity: Granularity,
): Record<string, string> {
  const { channels, sqnr: layer } = readKernel(kernel, bits, granularity);
  const worst = channels.reduce((least, { sqnr: one }) => Math.min(least, one), Infinity);
  const scales = granularity === 'one' ? 1 : kernel.channels;
  return {
    bits: `${bits}`,
    sqnr: decibels(layer),
    worst: decibels(worst),
    silent: `${channels.filter(({ silent }) => silent).length} of ${kernel.channels}`,
    bytes: `${Math.ceil((kernel.weights.length * bits) / 8)} + ${4 * scales}`,
  };
}

/** One line of the table for each channel: its largest weight, and its SQNR under either rule. */
export function kernelRows(kernel: DepthwiseKernel, bits: number): string[][] {
  const [one, own] = [readKernel(kernel, bits, 'one'), readKernel(kernel, bits, 'own')];
  return one.channels.map(({ largest, sqnr: shared }, c) => [
    `${c}`,
    writeNumber(largest, 3),
    decibels(shared),
    decibels(own.channels[c]!.sqnr),
  ]);
}

const decibels = (value: number) =>
  Number.isFinite(value) ? `${value.toFixed(1).replace('-', '−')} dB` : 'exact';
