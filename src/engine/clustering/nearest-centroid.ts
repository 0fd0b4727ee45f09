/** Finds nearest centroids fast: where one hands over to the next is worked out once, and looked up for each weight. */

/** A part of a kernel: every `step`-th weight from `first` on. Index 0 of its centroids is written as `base`. */
interface Part {
  first: number;
  step: number;
  base: number;
}

/** Centroids in rising order, equal ones once, with the first index that each had. */
interface SortedCentroids {
  values: Float64Array;
  firsts: Int32Array;
}

/** Buckets that the range of the thresholds is cut into, for each of them. */
const BUCKETS_EACH = 16;
const WHOLE: Part = { first: 0, step: 1, base: 0 };

/**
 * Writes for each weight of a part the index of its nearest centroid; of equally near ones the first.
 *
 * Distances are |w − c| in double precision, as a search through all centroids would compute them.
 *
 * @internal
 */
export function nearestIndices(
  weights: Float32Array | Float64Array,
  centroids: ArrayLike<number>,
  indices: Int32Array,
  part: Part = WHOLE,
): void {
  const sorted = sortCentroids(centroids);
  if (canTellApart(sorted.values, weights, part)) lookUp(weights, sorted, indices, part);
  else compareAll(weights, centroids, indices, part);
}

/**
 * The nearest centroid of each weight of a kernel, as an index into the flat centroids. With one size all weights share
 * all centroids; with several, weight i belongs to channel i mod n, and to the centroids of that channel alone.
 *
 * @internal
 */
export function nearestByChannel(
  weights: Float32Array | Float64Array,
  centroids: Float32Array | Float64Array,
  sizes: readonly number[],
): Int32Array {
  const indices = new Int32Array(weights.length);
  let base = 0;
  for (const [channel, size] of sizes.entries()) {
    const own = centroids.subarray(base, base + size);
    nearestIndices(weights, own, indices, { first: channel, step: sizes.length, base });
    base += size;
  }
  return indices;
}

/** @internal */
export function sortCentroids(centroids: ArrayLike<number>): SortedCentroids {
  const order = Array.from(centroids, (_, index) => index);
  order.sort((a, b) => centroids[a]! - centroids[b]! || a - b);
  const distinct = order.filter(
    (index, at) => at === 0 || centroids[index] !== centroids[order[at - 1]!],
  );
  return {
    values: Float64Array.from(distinct, (index) => centroids[index]!),
    firsts: Int32Array.from(distinct),
  };
}

/**
 * Whether only the neighbours of a weight can be nearest to it: not where rounding makes distances to several
 * centroids equal, and not with a centroid of NaN, which training that went astray leaves.
 */
function canTellApart(
  values: Float64Array,
  weights: Float32Array | Float64Array,
  { first, step }: Part,
): boolean {
  let least = Infinity;
  for (let i = 1; i < values.length; i++) least = Math.min(least, values[i]! - values[i - 1]!);
  let low = values[0]!;
  let high = values[values.length - 1]!;
  for (let i = first; i < weights.length; i += step) {
    const weight = weights[i]!;
    if (weight < low) low = weight;
    else if (weight > high) high = weight;
  }
  return least > 2 ** -51 * (high - low);
}

/** Counts for each weight the thresholds that are not above it, starting from those below its bucket. */
function lookUp(
  weights: Float32Array | Float64Array,
  { values, firsts }: SortedCentroids,
  indices: Int32Array,
  { first, step, base }: Part,
): void {
  const thresholds = Float64Array.from({ length: values.length - 1 }, (_, j) =>
    threshold(values[j]!, values[j + 1]!, firsts[j + 1]! < firsts[j]!),
  );
  const found = firsts.map((index) => base + index);
  const low = thresholds[0] ?? 0;
  const buckets = BUCKETS_EACH * thresholds.length;
  const factor = buckets / ((thresholds.at(-1) ?? 0) - low);
  // Of a single threshold, or of those too close together for a factor, all lie in the first bucket.
  const scale = factor < Infinity ? factor : 0;
  // At b: how many thresholds lie in buckets before b.
  const before = new Int32Array(buckets + 2);
  const bucketOf = (value: number): number => {
    const at = (value - low) * scale;
    return at > 0 ? (at < buckets ? Math.floor(at) : buckets) : 0;
  };
  for (const value of thresholds) before[bucketOf(value) + 1]!++;
  for (let b = 1; b < before.length; b++) before[b]! += before[b - 1]!;

  for (let i = first; i < weights.length; i += step) {
    const weight = weights[i]!;
    const at = (weight - low) * scale;
    const bucket = at > 0 ? (at < buckets ? at | 0 : buckets) : 0;
    let passed = before[bucket]!;
    let end = before[bucket + 1]!;
    while (passed < end) {
      const middle = (passed + end) >> 1;
      if (thresholds[middle]! <= weight) passed = middle + 1;
      else end = middle;
    }
    indices[i] = found[passed]!;
  }
}

/** The smallest number that is nearer to b than to a, or as near where a tie is b's; a < b. */
function threshold(a: number, b: number, tieIsRight: boolean): number {
  const isRight = (weight: number): boolean =>
    tieIsRight ? b - weight <= weight - a : b - weight < weight - a;
  const middle = a / 2 + b / 2;
  // Multiplied apart: the sum of two large numbers may be infinite.
  const reach = 2 ** -50 * Math.abs(a) + 2 ** -50 * Math.abs(b);
  let low = middle - reach;
  let high = middle + reach;
  for (;;) {
    const next = low / 2 + high / 2;
    if (next <= low || next >= high) return high;
    if (isRight(next)) high = next;
    else low = next;
  }
}

function compareAll(
  weights: Float32Array | Float64Array,
  centroids: ArrayLike<number>,
  indices: Int32Array,
  { first, step, base }: Part,
): void {
  for (let i = first; i < weights.length; i += step) {
    let nearest = 0;
    let least = Infinity;
    for (let k = 0; k < centroids.length; k++) {
      const distance = Math.abs(weights[i]! - centroids[k]!);
      if (distance < least) {
        least = distance;
        nearest = k;
      }
    }
    indices[i] = base + nearest;
  }
}
