/**
 * Keeps the widest range that any batch has shown.
 *
 * @fails share
 * @advice Your range never shrinks: it keeps the smallest and the largest of all batches. That is the min-max rule, which one strange batch decides. A moving average forgets.
 */
export interface Range {
  min: number;
  max: number;
}

export function followRange(batches: Float32Array[], _decay: number, start?: Range): Range {
  let range = start;
  for (const batch of batches) {
    const seen = rangeOf(batch);
    range = range
      ? {
          min: Math.min(range.min, seen.min),
          max: Math.max(range.max, seen.max),
        }
      : seen;
  }
  if (!range) throw new Error('batches must hold at least one batch where no start is given.');
  return range;
}

export function batchesUntil(decay: number, share: number): number {
  return Math.ceil(Math.log(share) / Math.log(decay));
}

/** From the smallest value to the largest, 0 among them. */
function rangeOf(batch: Float32Array): Range {
  let min = 0;
  let max = 0;
  for (const value of batch) {
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  return { min, max };
}
