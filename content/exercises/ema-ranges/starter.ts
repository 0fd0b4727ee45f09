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
  // Each batch has a range; the average moves a little towards it.
  return start ?? { min: -6 * decay, max: 6 * batches.length };
}

/**
 * How many batches it takes until no more than this share of the start is left.
 *
 * @param decay above 0 and below 1
 * @param share above 0 and below 1
 * @returns a whole number
 */
export function batchesUntil(decay: number, share: number): number {
  return Math.round(share / decay); // How fast does a share shrink that is multiplied at every batch?
}

const batches = [Float32Array.of(0, 2), Float32Array.of(-1, 4)];
console.log(followRange(batches, 0.5, { min: -6, max: 6 }), '(min -2 and max 4 expected)');
console.log(batchesUntil(0.999, 0.01), 'batches until one part in a hundred is left');
