/**
 * Keeps little of the old range and takes most of the batch.
 *
 * @fails share
 * @advice Your shares are the wrong way about: `decay` is the share of the *old* range that stays. As you have it, a decay of 0.999 forgets everything at each batch.
 */
export interface Range {
  min: number;
  max: number;
}

export function followRange(batches: Float32Array[], decay: number, start?: Range): Range {
  let range = start;
  for (const batch of batches) {
    const seen = rangeOf(batch);
    range = range
      ? {
          min: (1 - decay) * range.min + decay * seen.min,
          max: (1 - decay) * range.max + decay * seen.max,
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
