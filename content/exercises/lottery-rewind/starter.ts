/** Who is left, and with what they begin. */
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
  // Judge by the end, among those that are still in; and give them what they had at the step.
  const weights = mask.map((one) => one * keep * step * history.length);
  return { mask, weights };
}

const history = [
  Float32Array.of(5, 1, -2, 3),
  Float32Array.of(4, 1, -3, 2),
  Float32Array.of(0.1, 6, -7, 2),
];
console.log(nextTicket(history, [1, 1, 1, 1], 0.5, 0), '(0, 1, −2, 0 expected)');
