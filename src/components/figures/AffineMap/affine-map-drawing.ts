import { nearest, reachOf, readMap, type MapState, type MapTensor } from './affine-map.ts';

/** Of the drawing, in units of its viewBox. */
export const WIDTH = 640;
export const HEIGHT = 214;
export const BARS = { top: 6, base: 96 };
export const RANGE_Y = 118;
export const CODES_Y = 186;
const BINS = 64;

/** Where a value stands. */
export function position(value: number, tensor: MapTensor): number {
  const { from, to } = reachOf(tensor);
  return ((value - from) / (to - from)) * WIDTH;
}

/** The value at a place. */
export function valueAt(x: number, tensor: MapTensor): number {
  const { from, to } = reachOf(tensor);
  return from + (x / WIDTH) * (to - from);
}

/** How many values lie where, as closed outlines; the height is the square root of the count, so that tails show. */
export function barsPath({ quantiles, ...rest }: MapTensor): string {
  const counts = new Array<number>(BINS).fill(0);
  for (const value of quantiles) {
    const bin = Math.floor((position(value, { quantiles, ...rest }) / WIDTH) * BINS);
    counts[Math.max(0, Math.min(BINS - 1, bin))]! += 1;
  }
  const tallest = Math.sqrt(Math.max(...counts));
  return counts
    .map((count, i) => {
      if (count === 0) return '';
      const height = (Math.sqrt(count) / tallest) * (BARS.base - BARS.top);
      const x = (i * WIDTH) / BINS;
      return `M${x.toFixed(1)} ${BARS.base}v${(-height).toFixed(1)}h${(WIDTH / BINS).toFixed(1)}v${height.toFixed(1)}z`;
    })
    .join('');
}

/** Everything that the drawing shows, as attributes by part. */
export function mapDrawing(state: MapState): Record<string, Record<string, string>> {
  const { tensor, low, high } = state;
  const { grid } = readMap(state);
  const at = (value: number) => position(value, tensor).toFixed(1);
  const first = nearest(tensor.quantiles[0]!, grid);
  const last = nearest(tensor.quantiles.at(-1)!, grid);
  const notch = (index: number, height: number) =>
    `M${at(grid.origin + index * grid.scale)} ${CODES_Y}v${-height}`;
  // A symmetric rule reaches further than the values; what lies beyond the drawing is counted and not drawn.
  const indices = Array.from({ length: grid.codes }, (_, i) => i).filter((i) => {
    const x = position(grid.origin + i * grid.scale, tensor);
    return x >= 0 && x <= WIDTH;
  });
  const zero = nearest(0, grid);
  const held = grid.zeroPoint === undefined ? grid.origin + zero * grid.scale : 0;
  return {
    bars: { d: barsPath(tensor) },
    range: { d: `M${at(low)} ${RANGE_Y}H${at(high)}` },
    'low-handle': { cx: at(low) },
    'high-handle': { cx: at(high) },
    used: {
      d: indices
        .filter((i) => i >= first && i <= last)
        .map((i) => notch(i, 22))
        .join(''),
    },
    'unused-notches': {
      d: indices
        .filter((i) => i < first || i > last)
        .map((i) => notch(i, 10))
        .join(''),
    },
    'true-zero': { d: `M${at(0)} ${BARS.top}V${CODES_Y + 8}` },
    'zero-label': { x: at(0) },
    'held-zero': { d: `M${at(held)} ${CODES_Y - 26}l-6 -11h12z` },
    miss: {
      x: String(Math.min(Number(at(0)), Number(at(held)))),
      width: Math.abs(Number(at(0)) - Number(at(held))).toFixed(1),
    },
    notches: { 'stroke-width': grid.codes > 64 ? '0.7' : grid.codes > 16 ? '1.2' : '2' },
  };
}
