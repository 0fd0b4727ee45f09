/**
 * Takes the range of the last batch, as is right for weights.
 *
 * @fails share
 * @advice You return the range of the last batch. That is right for weights, which are all there at every step; a batch of activations shows only a part, and its range should move the old one only a little.
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
          min: seen.min,
          max: seen.max,
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
