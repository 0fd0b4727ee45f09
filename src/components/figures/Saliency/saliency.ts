/** Two orders of deletion: where each weight stands in both, and what the loss does. Arithmetic and drawing. */
import { writeNumber } from '../write-number.ts';

/** Side of the map, and of the plot of curves. */
export const SIDE = 300;
/** Room for the axes of either. */
export const PLOT = { left: 34, right: 292, top: 8, bottom: 262 };
/** Powers of ten between which the rise of the loss is drawn. */
export const POWERS = { from: -6, to: 1 };
/** Shades of the map’s squares, faint to full. */
export const SHADES = 5;

/** What deleting a share of all weights did, as it was measured. */
export interface Level {
  share: number;
  size: { increase: number; correct: number };
  worth: { increase: number; correct: number };
  foretold: number;
}

export interface SaliencyData {
  /** Of the whole network, in nats. */
  loss: number;
  testImages: number;
  levels: Level[];
  /** Counts of [bands of rank by size, bands of rank by saliency], row-major. */
  layers: { layer: string; ranks: number[] }[];
}

export interface Choice {
  /** Which level the cut is at. */
  level: number;
  /** A layer’s name, or `all`. */
  layer: string;
}

/** The counts of one layer, or of all together. */
export function ranksOf({ layers }: SaliencyData, layer: string): number[] {
  const chosen = layers.filter((each) => layer === 'all' || each.layer === layer);
  return chosen[0]!.ranks.map((_, at) => chosen.reduce((sum, { ranks }) => sum + ranks[at]!, 0));
}

/** How many weights go by size alone, by saliency alone, by both and by neither. */
export function quarters(
  ranks: readonly number[],
  share: number,
): Record<'both' | 'size' | 'worth' | 'neither', number> {
  const bands = Math.sqrt(ranks.length);
  const cut = Math.round(share * bands);
  const counts = { both: 0, size: 0, worth: 0, neither: 0 };
  for (const [at, count] of ranks.entries()) {
    const [bySize, byWorth] = [Math.floor(at / bands) < cut, at % bands < cut];
    counts[bySize ? (byWorth ? 'both' : 'size') : byWorth ? 'worth' : 'neither'] += count;
  }
  return counts;
}

const across = (share: number): number => PLOT.left + share * (PLOT.right - PLOT.left);
const up = (share: number): number => PLOT.bottom - share * (PLOT.bottom - PLOT.top);

/** Where a rise of the loss stands; what is too small to draw, and what falls, lies on the floor. */
export function placeRise(rise: number): number {
  const { from, to } = POWERS;
  const power = rise > 0 ? Math.log10(rise) : from;
  return up(Math.min(1, Math.max(0, (power - from) / (to - from))));
}

/** The squares of one shade as a path; the shade goes with the root of the count. */
export function shadePath(ranks: readonly number[], shade: number): string {
  const bands = Math.sqrt(ranks.length);
  const most = Math.max(...ranks);
  const width = (PLOT.right - PLOT.left) / bands;
  const height = (PLOT.bottom - PLOT.top) / bands;
  let path = '';
  for (const [at, count] of ranks.entries()) {
    if (count === 0 || Math.ceil(SHADES * Math.sqrt(count / most)) !== shade) continue;
    const [row, column] = [Math.floor(at / bands), at % bands];
    const x = PLOT.left + row * width;
    const y = PLOT.bottom - (column + 1) * height;
    path += `M${x.toFixed(1)} ${y.toFixed(1)}h${width.toFixed(1)}v${height.toFixed(1)}h${(-width).toFixed(1)}z`;
  }
  return path;
}

/** A curve of rises over the share that is struck out. */
export function risePath({ levels }: SaliencyData, riseOf: (level: Level) => number): string {
  return `M${levels
    .map((level) => `${across(level.share).toFixed(1)} ${placeRise(riseOf(level)).toFixed(1)}`)
    .join('L')}`;
}

export const CURVES = {
  size: ({ size }: Level) => size.increase,
  worth: ({ worth }: Level) => worth.increase,
  foretold: ({ foretold }: Level) => foretold,
} as const;

const percent = (share: number): string => `${Math.round(100 * share)}%`;
const count = (weights: number): string => weights.toLocaleString('en-GB');
const rise = (nats: number): string =>
  nats === 0 ? '0' : `${nats > 0 ? '+' : ''}${writeNumber(nats, 2)}`;
/** A rise as a share of the whole network’s loss. */
function ofLoss(nats: number, loss: number): string {
  const share = (100 * nats) / loss;
  if (share < 0.05) return 'by less than a thousandth of itself';
  if (share > 300) return `to ${Math.round(share / 100 + 1)} times what it was`;
  return `by ${share < 9.95 ? share.toFixed(1) : share.toFixed(0)}%`;
}

/** Everything that moves, as attributes and texts by part. */
export function saliencyDrawing(
  data: SaliencyData,
  { level: at, layer }: Choice,
): { attributes: Record<string, Record<string, string>>; texts: Record<string, string> } {
  const level = data.levels[at]!;
  const ranks = ranksOf(data, layer);
  const parts = quarters(ranks, level.share);
  const x = across(level.share).toFixed(1);
  const y = up(level.share).toFixed(1);
  const dot = (nats: number) => ({ cx: x, cy: placeRise(nats).toFixed(1) });
  const shades = Array.from({ length: SHADES }, (_, i) => [
    `shade-${i + 1}`,
    { d: shadePath(ranks, i + 1) },
  ]);
  return {
    attributes: {
      ...(Object.fromEntries(shades) as Record<string, Record<string, string>>),
      'size-cut': { d: `M${x} ${PLOT.top}V${PLOT.bottom}` },
      'worth-cut': { d: `M${PLOT.left} ${y}H${PLOT.right}` },
      here: { d: `M${x} ${PLOT.top}V${PLOT.bottom}` },
      'size-dot': dot(level.size.increase),
      'worth-dot': dot(level.worth.increase),
      'foretold-dot': dot(level.foretold),
    },
    texts: {
      cut: percent(level.share),
      'size-rise': rise(level.size.increase),
      'worth-rise': rise(level.worth.increase),
      'foretold-rise': rise(level.foretold),
      'size-read': count(level.size.correct),
      'worth-read': count(level.worth.correct),
      both: count(parts.both),
      'size-only': count(parts.size),
      'worth-only': count(parts.worth),
      verdict:
        `Struck by size, the loss rises ${ofLoss(level.size.increase, data.loss)}; ` +
        `by saliency, ${ofLoss(level.worth.increase, data.loss)}`,
    },
  };
}

/** The figure’s table: share, and the rise by size, by saliency, and as foretold. */
export function saliencyRows({ levels }: SaliencyData): string[][] {
  return levels.map(({ share, size, worth, foretold }) => [
    percent(share),
    rise(size.increase),
    rise(worth.increase),
    rise(foretold),
  ]);
}
