export interface Range {
  min: number;
  max: number;
}

/**
 * The range of what a layer sends on, as a moving average over batches.
 *
 * @param batches values in the order in which they came, no batch empty
 * @param decay the share of the old range that stays, from 0 up to, but not, 1
 * @param start where the average begins; the first batch sets it unless told
 * @throws Error if there is neither a start nor a batch
 */
export function followRange(batches: Float32Array[], decay: number, start?: Range): Range {
  let range = start;
  for (const batch of batches) {
    const seen = rangeOf(batch);
    range = range
      ? {
          min: decay * range.min + (1 - decay) * seen.min,
          max: decay * range.max + (1 - decay) * seen.max,
        }
      : seen;
  }
  if (!range) throw new Error('batches must hold at least one batch where no start is given.');
  return range;
}

/**
 * How many batches it takes until no more than this share of the start is left.
 *
 * @param decay above 0 and below 1
 * @param share above 0 and below 1
 * @returns a whole number
 */
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
