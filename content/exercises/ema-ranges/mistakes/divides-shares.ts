/**
 * Takes the share for something that shrinks evenly.
 *
 * @fails until
 * @advice You let every batch take away the same amount, $1 - d$ of the start. Each takes that share of what is *left*, so the start shrinks as $d^K$: use logarithms.
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
  return Math.ceil((1 - share) / (1 - decay));
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
