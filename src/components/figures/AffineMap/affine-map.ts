/** The affine map over a range that the reader sets: its codes, its zero, and what it does to real activations. */
import { chooseQuantizationParams } from '../../../engine/numerics/index.ts';
import { writeNumber } from '../write-number.ts';

/** Activations of one layer, as evenly spaced quantiles: the first is the smallest value, the last the largest. */
export interface MapTensor {
  name: string;
  quantiles: number[];
}

/** Where zero stands. */
export const ZEROS = {
  rounded: 'on the nearest code',
  falls: 'where it falls',
  symmetric: 'on code 0: symmetric',
} as const;
export type Zero = keyof typeof ZEROS;

export interface MapState {
  tensor: MapTensor;
  low: number;
  high: number;
  bits: number;
  zero: Zero;
}

/** The values that codes stand for: `origin` for the first code, `scale` further for each next one. */
export interface Grid {
  scale: number;
  origin: number;
  first: number;
  codes: number;
  /** The code of real zero, or undefined where no code is exactly zero. */
  zeroPoint: number | undefined;
}

/** What the figure reads off. */
export interface MapReading {
  grid: Grid;
  /** Codes that no value of the tensor goes to. */
  unused: number;
  /** What the code nearest to zero stands for. */
  errorAtZero: number;
  /** Share of the values beyond the first or last code by more than half a step. */
  saturated: number;
  /** Root mean square of the errors. */
  typicalError: number;
}

/** The grid that a rule lays over a range. */
export function gridOf({ low, high, bits, zero }: Omit<MapState, 'tensor'>): Grid {
  const codes = 2 ** bits;
  if (zero === 'falls') {
    const scale = (high - low) / (codes - 1);
    const first = -codes / 2;
    const steps = -low / scale;
    const meets = Number.isInteger(steps) && steps >= 0 && steps < codes;
    return { scale, origin: low, first, codes, zeroPoint: meets ? first + steps : undefined };
  }
  const { scale, zeroPoint, qmin } = chooseQuantizationParams(
    { min: low, max: high },
    { numBits: bits, symmetric: zero === 'symmetric' },
  );
  return { scale, origin: (qmin - zeroPoint) * scale, first: qmin, codes, zeroPoint };
}

/** The number of the nearest code, counted from 0 and held at both ends. */
export function nearest(value: number, { scale, origin, codes }: Grid): number {
  return Math.max(0, Math.min(codes - 1, Math.round((value - origin) / scale)));
}

const valueOf = (index: number, { scale, origin, first, zeroPoint }: Grid): number =>
  // From the zero point, not from the end: so that zero is exactly zero.
  zeroPoint === undefined ? origin + index * scale : (first + index - zeroPoint) * scale;

/** Measures a map on the values of its tensor. */
export function readMap(state: MapState): MapReading {
  const grid = gridOf(state);
  const { quantiles } = state.tensor;
  const used = nearest(quantiles.at(-1)!, grid) - nearest(quantiles[0]!, grid) + 1;
  const end = grid.origin + (grid.codes - 1) * grid.scale;
  let squares = 0;
  let outside = 0;
  for (const value of quantiles) {
    squares += (value - valueOf(nearest(value, grid), grid)) ** 2;
    if (value < grid.origin - grid.scale / 2 || value > end + grid.scale / 2) outside += 1;
  }
  return {
    grid,
    unused: grid.codes - used,
    errorAtZero: valueOf(nearest(0, grid), grid),
    saturated: outside / quantiles.length,
    typicalError: Math.sqrt(squares / quantiles.length),
  };
}

/** How far the ends may be set: beyond the values by half of their width; the two never meet. */
export function reachOf({ quantiles }: MapTensor): {
  from: number;
  to: number;
  least: number;
  step: number;
} {
  const [min, max] = [Math.min(0, quantiles[0]!), Math.max(0, quantiles.at(-1)!)];
  const width = max - min;
  const round = (value: number) => Number(value.toFixed(2));
  return {
    from: round(min - 0.4 * width),
    to: round(max + 0.4 * width),
    least: round(0.1 * width),
    step: 0.01,
  };
}

/** Keeps the ends in order and apart; the end that was moved last stays where it was put, if it can. */
export function orderEnds(
  low: number,
  high: number,
  moved: 'low' | 'high',
  reach: { from: number; to: number; least: number },
): { low: number; high: number } {
  const round = (value: number) => Number(value.toFixed(2));
  if (moved === 'low') {
    const kept = Math.max(reach.from, Math.min(reach.to - reach.least, low));
    return { low: round(kept), high: round(Math.max(high, kept + reach.least)) };
  }
  const kept = Math.min(reach.to, Math.max(reach.from + reach.least, high));
  return { low: round(Math.min(low, kept - reach.least)), high: round(kept) };
}

/** What the figure says in words. */
export function mapTexts(state: MapState, reading = readMap(state)): Record<string, string> {
  const { grid, unused, errorAtZero, saturated, typicalError } = reading;
  const exact = grid.zeroPoint !== undefined;
  return {
    low: writeNumber(state.low),
    high: writeNumber(state.high),
    bits: `${state.bits}`,
    scale: writeNumber(grid.scale, 3),
    'zero-point': exact ? writeNumber(grid.zeroPoint!) : 'none',
    unused: `${unused} of ${grid.codes}`,
    'error-at-zero': writeNumber(errorAtZero, 3),
    saturated: `${(100 * saturated).toFixed(1)}%`,
    'typical-error': writeNumber(typicalError, 3),
    verdict: exact
      ? 'Zero has a code of its own'
      : `Zero has no code: it becomes ${writeNumber(errorAtZero, 3)}`,
  };
}

/** The same range under all three rules, one line each, for the table. */
export function mapRows(state: MapState): string[][] {
  return (Object.keys(ZEROS) as Zero[]).map((zero) => {
    const texts = mapTexts({ ...state, zero });
    return ['scale', 'zero-point', 'unused', 'error-at-zero', 'saturated', 'typical-error'].map(
      (name) => texts[name]!,
    );
  });
}
