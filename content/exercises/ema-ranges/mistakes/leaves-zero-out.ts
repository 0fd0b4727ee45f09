/**
 * Takes the range of a batch as it is, though 0 lies outside.
 *
 * @fails holds-zero
 * @advice Your range of a batch runs from its smallest value to its largest, even where 0 lies outside. Zero must have a code: let both searches begin at 0.
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
  return Math.ceil(Math.log(share) / Math.log(decay));
}

/** From the smallest value to the largest, 0 among them. */
function rangeOf(batch: Float32Array): Range {
  let min = Infinity;
  let max = -Infinity;
  for (const value of batch) {
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  return { min, max };
}
