/**
 * Stops one batch too soon.
 *
 * @fails until
 * @advice You round the number of batches down. After that many there is still a little more than the share left; the first whole number at which it has sunk below is the next one.
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
          min: decay * range.min + (1 - decay) * seen.min,
          max: decay * range.max + (1 - decay) * seen.max,
        }
      : seen;
  }
  if (!range) throw new Error('batches must hold at least one batch where no start is given.');
  return range;
}

export function batchesUntil(decay: number, share: number): number {
  return Math.floor(Math.log(share) / Math.log(decay));
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
