/**
 * Begins with a range of nothing where no start is given.
 *
 * @fails first-batch
 * @advice Without a start you begin at 0, and the first batch is given a share of $1 - d$ only. With a decay of 0.999 the range would creep up from nothing for thousands of batches. Let the first batch set it whole.
 */
export interface Range {
  min: number;
  max: number;
}

export function followRange(batches: Float32Array[], decay: number, start?: Range): Range {
  let range: Range | undefined = start ?? (batches.length > 0 ? { min: 0, max: 0 } : undefined);
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
