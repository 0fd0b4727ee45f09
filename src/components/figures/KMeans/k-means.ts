/** Weights shared out among a few values, step by step, on a histogram of them: data and drawing. */
import { createRng } from '../../../shared/rng.ts';
import { writeNumber } from '../write-number.ts';

/** How many weights lie in each of equal bins from −limit to limit. */
export interface Counted {
  limit: number;
  bins: number[];
}

/** Where the values start. */
export type Start = 'even' | 'shares' | 'drawn';

export const WIDTH = 640;
export const HEIGHT = 300;
const UPPER = { top: 8, base: 150 };
const LOWER = { top: 168, base: 280 };
/** Steps that the lower panel has room for. */
export const STEPS_DRAWN = 60;
const SEED = 1895;

/** The middle of a bin. */
const middle = (bin: number, { limit, bins }: Counted): number =>
  ((2 * bin + 1) / bins.length - 1) * limit;

/** Values to start from, in rising order. */
export function startValues(counted: Counted, k: number, start: Start): number[] {
  if (start === 'even') return evenValues(counted, k);
  if (start === 'shares') {
    // As many weights lie between each value and the next.
    return Array.from({ length: k }, (_, i) => quantile(counted, (i + 0.5) / k));
  }
  const rng = createRng(SEED);
  const values = [quantile(counted, rng.uniform())];
  while (values.length < k) {
    // In proportion to the squared distance from the values that are drawn already.
    const chances = counted.bins.map((count, bin) => {
      const distance = Math.min(...values.map((value) => Math.abs(middle(bin, counted) - value)));
      return count * distance ** 2;
    });
    values.push(quantile({ ...counted, bins: chances }, rng.uniform()));
  }
  return values.sort((a, b) => a - b);
}

/** Evenly from the smallest weight to the largest. */
function evenValues(counted: Counted, k: number): number[] {
  const first = middle(
    counted.bins.findIndex((count) => count > 0),
    counted,
  );
  const last = middle(
    counted.bins.findLastIndex((count) => count > 0),
    counted,
  );
  return Array.from({ length: k }, (_, i) => first + (i / (k - 1)) * (last - first));
}

/** The middle of the bin below which this share of the counts lies. */
function quantile(counted: Counted, share: number): number {
  const wanted = share * counted.bins.reduce((sum, count) => sum + count, 0);
  let sum = 0;
  const bin = counted.bins.findIndex((count) => (sum += count) > wanted);
  return middle(Math.max(0, bin), counted);
}

/** One value and the weights that go to it. */
export interface Cluster {
  value: number;
  count: number;
  sum: number;
  /** Σ (w − value)² */
  error: number;
}

/** Each bin to the nearest value, of equally near ones to the first; values in rising order. */
export function assign(counted: Counted, values: readonly number[]): Cluster[] {
  const clusters = values.map((value) => ({ value, count: 0, sum: 0, error: 0 }));
  let nearest = 0;
  for (const [bin, count] of counted.bins.entries()) {
    const weight = middle(bin, counted);
    while (
      nearest + 1 < values.length &&
      Math.abs(values[nearest + 1]! - weight) < Math.abs(values[nearest]! - weight)
    ) {
      nearest++;
    }
    const cluster = clusters[nearest]!;
    cluster.count += count;
    cluster.sum += count * weight;
    cluster.error += count * (weight - cluster.value) ** 2;
  }
  return clusters;
}

/** One step: each value to the mean of the weights that go to it; without any it stays. */
export function step(counted: Counted, values: readonly number[]): number[] {
  return assign(counted, values).map(({ value, count, sum }) => (count > 0 ? sum / count : value));
}

/** Steps until no value moves, at most so many. */
export function settle(counted: Counted, values: readonly number[], most = 500): number[][] {
  const path: number[][] = [];
  let now = [...values];
  while (path.length < most) {
    const next = step(counted, now);
    if (next.every((value, i) => Math.abs(value - now[i]!) < 1e-9)) break;
    path.push(next);
    now = next;
  }
  return path;
}

/** Signal to noise of the shared weights, dB. */
export function noiseRatio(counted: Counted, values: readonly number[]): number {
  const power = counted.bins.reduce(
    (sum, count, bin) => sum + count * middle(bin, counted) ** 2,
    0,
  );
  const error = assign(counted, values).reduce((sum, cluster) => sum + cluster.error, 0);
  return 10 * Math.log10(power / error);
}

const x = (value: number, { limit }: Counted): string =>
  ((value / limit + 1) * (WIDTH / 2)).toFixed(1);

/** The outline of the histogram. */
export function binsPath({ bins }: Counted): string {
  const tallest = Math.max(...bins);
  const width = WIDTH / bins.length;
  const y = (count: number) =>
    (UPPER.base - (count / tallest) * (UPPER.base - UPPER.top)).toFixed(1);
  return `M0 ${UPPER.base}${bins.map((count, i) => `V${y(count)}H${((i + 1) * width).toFixed(1)}`).join('')}V${UPPER.base}z`;
}

/** A stroke for each value through the histogram, and the borders between them below its foot. */
export function valuesPath(counted: Counted, values: readonly number[]): string {
  return values.map((value) => `M${x(value, counted)} ${UPPER.base}V${UPPER.top}`).join('');
}

/** Short marks where one value’s weights end and the next one’s begin. */
export function bordersPath(counted: Counted, values: readonly number[]): string {
  return values
    .slice(1)
    .map((value, i) => `M${x((value + values[i]!) / 2, counted)} ${UPPER.base}v10`)
    .join('');
}

/** Where each value has been, from the start downwards. */
export function trailsPath(counted: Counted, path: readonly (readonly number[])[]): string {
  const shown = path.slice(-STEPS_DRAWN - 1);
  const y = (i: number) => (LOWER.top + (i / STEPS_DRAWN) * (LOWER.base - LOWER.top)).toFixed(1);
  return shown[0]!
    .map((_, k) =>
      shown.map((values, i) => `${i === 0 ? 'M' : 'L'}${x(values[k]!, counted)} ${y(i)}`).join(''),
    )
    .join('');
}

/** Everything that the figure draws and says of a path of steps. */
export function pathDrawing(
  counted: Counted,
  path: readonly (readonly number[])[],
): { attributes: Record<string, Record<string, string>>; texts: Record<string, string> } {
  const values = path.at(-1)!;
  const before = path.at(-2);
  const total = counted.bins.reduce((sum, count) => sum + count, 0);
  const shares = assign(counted, values).map(({ count }) => count / total);
  const ratio = noiseRatio(counted, values);
  const even = noiseRatio(counted, evenValues(counted, values.length));
  const moved = before && Math.max(...values.map((value, i) => Math.abs(value - before[i]!)));
  return {
    attributes: {
      values: { d: valuesPath(counted, values) },
      borders: { d: bordersPath(counted, values) },
      trails: { d: trailsPath(counted, path) },
    },
    texts: {
      k: `${values.length}`,
      steps: `${path.length - 1}`,
      sqnr: `${ratio.toFixed(2)} dB`,
      gain: `${(ratio - even).toFixed(2).replace('-', '−')} dB`,
      bits: `${Math.ceil(Math.log2(values.length))}`,
      largest: `${(100 * Math.max(...shares)).toFixed(1)}%`,
      verdict:
        moved === undefined
          ? 'Each weight goes to its nearest value: take a step.'
          : moved < 1e-9
            ? 'Nothing moves any more.'
            : `The last step moved a value by ${writeNumber(moved, 2)} at most.`,
    },
  };
}

/** A row for each value: where it stands, and what share of the weights it has. */
export function valueRows(counted: Counted, values: readonly number[]): string[][] {
  const total = counted.bins.reduce((sum, count) => sum + count, 0);
  return assign(counted, values).map(({ value, count }) => [
    writeNumber(value, 3),
    `${((100 * count) / total).toFixed(2)}%`,
  ]);
}
