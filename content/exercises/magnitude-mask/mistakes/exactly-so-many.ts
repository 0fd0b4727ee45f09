/**
 * Keeps exactly k: of those that tie, the first ones.
 *
 * @fails ties
 * @advice You keep exactly $k$ weights, and of those that tie with the threshold only the first. Which of them falls then depends on the order in which they happen to be stored. Find the threshold, and keep everything that reaches it.
 */
export function magnitudeMask(
  weights: Float32Array,
  sparsity: number,
): { mask: Uint8Array; threshold: number } {
  if (!(sparsity >= 0 && sparsity < 1)) {
    throw new RangeError(`sparsity must be from 0 up to, but not, 1; it is ${sparsity}.`);
  }
  const kept = Math.max(roundHalfEven(weights.length * (1 - sparsity)), 1);
  const order = Array.from(weights, (_, i) => i).sort(
    (a, b) => Math.abs(weights[b]!) - Math.abs(weights[a]!) || a - b,
  );
  const mask = new Uint8Array(weights.length);
  for (const i of order.slice(0, kept)) mask[i] = 1;
  return { mask, threshold: Math.abs(weights[order[kept - 1]!]!) };
}

function roundHalfEven(x: number): number {
  const below = Math.floor(x);
  if (x - below !== 0.5) return Math.round(x);
  return below % 2 === 0 ? below : below + 1;
}
