/**
 * Counts the share from all weights.
 *
 * @fails share
 * @advice You keep the share of *all* weights. In the second round that keeps too many, or all. It is a share of those that are still in.
 */
export interface Ticket {
  /** For each weight 1 or 0. */
  mask: number[];
  weights: number[];
}

/**
 * One round of the lottery: strikes out more of the trained weights and rewinds what is left.
 *
 * @param history weights before training, and after each step
 * @param mask 1 for each weight that is still in, 0 for the others
 * @param keep share of those that are still in which stays, above 0 and at most 1
 * @param step to which weights are rewound, an index of history
 * @throws RangeError if history has no such step
 */
export function nextTicket(
  history: Float32Array[],
  mask: number[],
  keep: number,
  step: number,
): Ticket {
  const beginning = history[step];
  if (!beginning) throw new RangeError(`step is ${step}; history has ${history.length}.`);
  const trained = history.at(-1)!;
  const stillIn = [...mask.keys()].filter((i) => mask[i] === 1);
  const staying = Math.max(Math.round(mask.length * keep), 1);
  const chosen = new Set(
    stillIn
      .sort((a, b) => Math.abs(trained[b]!) - Math.abs(trained[a]!) || a - b)
      .slice(0, staying),
  );
  const next = mask.map((_, i) => (chosen.has(i) ? 1 : 0));
  return { mask: next, weights: next.map((one, i) => (one === 1 ? beginning[i]! : 0)) };
}
