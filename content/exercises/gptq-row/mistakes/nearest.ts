/**
 * Rounds each weight to the nearest code.
 *
 * @fails example
 * @advice You rounded every weight by itself. The inverse Hessian says which of the later weights can make up for an error: tell them before they are rounded.
 */
export function gptqRow(
  weights: number[],
  inverse: number[][],
  scale: number,
  qmax: number,
): number[] {
  return inverse.map((_, i) => Math.max(-qmax, Math.min(qmax, Math.round(weights[i]! / scale))));
}
