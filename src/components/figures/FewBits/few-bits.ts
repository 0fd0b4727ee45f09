/** The values that a format of few bits can hold, laid over the weights of a real layer. */
import { decodeFloat8, decodeNf4 } from '../../../engine/numerics/index.ts';

export const FORMATS = ['int8', 'e4m3', 'e5m2', 'int4', 'nf4', 'binary'] as const;
export type Format = (typeof FORMATS)[number];

export const SHARINGS = ['layer', 'unit', 'block'] as const;
export type Sharing = (typeof SHARINGS)[number];

/** A layer’s weights, each as a share of the largest of those it shares a scale with. */
export interface SharedScale {
  scales: number;
  /** Mean size of a share. */
  meanSize: number;
  /** How many weights lie in each of as many equal parts of −1 … 1. */
  bins: number[];
  /** How many go to each level, from the lowest. */
  nf4: number[];
  int4: number[];
  /** dB, by format. */
  sqnr: Record<string, number>;
}

export interface BitsLayer {
  network: string;
  name: string;
  weights: number;
  sharing: Record<Sharing, SharedScale>;
}

export const NAMES: Record<Format, string> = {
  int8: 'int8, even steps',
  e4m3: 'float8 e4m3',
  e5m2: 'float8 e5m2',
  int4: 'int4, even steps',
  nf4: 'NF4',
  binary: 'one bit, a sign',
};

const BITS: Record<Format, number> = { int8: 8, e4m3: 8, e5m2: 8, int4: 4, nf4: 4, binary: 1 };
const BLOCK = 64;

/** Of the drawing, in units of its viewBox. */
export const WIDTH = 400;
export const HEIGHT = 236;
export const PLOT = { left: 8, right: 392, top: 8, bottom: 128 };
/** The levels stand beneath, and how many weights go to each above them. */
export const LEVELS = { top: 146, bottom: 206 };

/** The values of a format, as shares of the largest weight of a block, from the lowest. */
export function levelsOf(format: Format, meanSize: number): number[] {
  if (format === 'int8') return evenly(127);
  if (format === 'int4') return evenly(7);
  if (format === 'binary') return [-meanSize, meanSize];
  if (format === 'nf4') {
    const packed = Uint8Array.from({ length: 8 }, (_, i) => (2 * i << 4) | (2 * i + 1)); // prettier-ignore
    const table = { packed, scales: Float32Array.of(1), blockSize: 16, length: 16 };
    return Array.from(decodeNf4(table));
  }
  const codes = Array.from({ length: 256 }, (_, code) => code);
  const values = Array.from(decodeFloat8(codes, format)).filter(Number.isFinite);
  const largest = Math.max(...values);
  return [...new Set(values.map((x) => x / largest + 0))].sort((a, b) => a - b);
}

const evenly = (last: number): number[] =>
  Array.from({ length: 2 * last + 1 }, (_, i) => (i - last) / last);

/** Bytes of the codes and of a float32 for each scale. */
export function bytesOf({ weights, sharing }: BitsLayer, format: Format, sharers: Sharing): number {
  return Math.ceil((weights * BITS[format]) / 8) + 4 * sharing[sharers].scales;
}

/** Everything that the figure draws and says. */
export function fewBitsDrawing(
  layer: BitsLayer,
  format: Format,
  sharers: Sharing,
): { attributes: Record<string, Record<string, string>>; texts: Record<string, string> } {
  const shared = layer.sharing[sharers];
  const { bins } = shared;
  const x = (share: number): number => PLOT.left + ((share + 1) / 2) * (PLOT.right - PLOT.left);
  const tallest = Math.max(...bins);
  const width = 2 / bins.length;
  const outline = bins.map((count, i) => {
    const y = PLOT.bottom - (count / tallest) * (PLOT.bottom - PLOT.top);
    return `V${y.toFixed(1)}H${x(-1 + (i + 1) * width).toFixed(1)}`;
  });
  const levels = levelsOf(format, shared.meanSize);
  const counts = format === 'nf4' ? shared.nf4 : format === 'int4' ? shared.int4 : undefined;
  const most = Math.max(...(counts ?? [1]));
  const ticks = levels.map((level, i) => {
    const share = counts === undefined ? 0.35 : 0.08 + (0.92 * (counts[i] ?? 0)) / most;
    return `M${x(level).toFixed(2)} ${LEVELS.bottom}v${(-share * (LEVELS.bottom - LEVELS.top)).toFixed(1)}`;
  });
  const bytes = bytesOf(layer, format, sharers);
  const whole = (value: number): string => value.toLocaleString('en-GB');
  return {
    attributes: {
      weights: { d: `M${PLOT.left} ${PLOT.bottom}${outline.join('')}V${PLOT.bottom}Z` },
      levels: { d: ticks.join(''), 'stroke-width': levels.length > 20 ? '1' : '4' },
    },
    texts: {
      count: whole(levels.length),
      sqnr: `${shared.sqnr[format]!.toFixed(1)} dB`,
      bits: ((8 * bytes) / layer.weights).toFixed(3),
      bytes: whole(bytes),
      verdict: `${NAMES[format]}, ${saysOf(sharers)}: ${shared.sqnr[format]!.toFixed(1)} dB in ${whole(bytes)} bytes`,
      used:
        counts === undefined
          ? '—'
          : `${((100 * most) / layer.weights).toFixed(0)}% and ${((100 * Math.min(...counts)) / layer.weights).toFixed(1)}%`,
    },
  };
}

const saysOf = (sharers: Sharing): string =>
  sharers === 'layer'
    ? 'one scale'
    : sharers === 'unit'
      ? 'a scale a unit'
      : `a scale for every ${BLOCK}`;

/** One line of the table for each format: its dB with each way of sharing a scale. */
export function formatRows({ sharing }: BitsLayer): string[][] {
  return FORMATS.map((format) => [
    NAMES[format],
    ...SHARINGS.map((sharers) => sharing[sharers].sqnr[format]!.toFixed(1)),
  ]);
}
