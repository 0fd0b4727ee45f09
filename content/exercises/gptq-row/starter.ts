/**
 * Rounds the weights of one unit, each after the errors of those before it have been made up for.
 *
 * @param weights of one unit, one for each input; left as they are
 * @param inverse of the Hessian of its inputs, symmetric; left as it is
 * @param scale what one code stands for, above 0
 * @param qmax the largest code
 * @returns a code for each weight, from −qmax to qmax
 */
export function gptqRow(
  weights: number[],
  inverse: number[][],
  scale: number,
  qmax: number,
): number[] {
  const codes = weights.map((w) => Math.max(-qmax, Math.min(qmax, Math.round(w / scale))));
  return inverse.map((_, i) => codes[i]!); // Each to its nearest. What should the later ones be told?
}

const apart = [
  [1, 0],
  [0, 1],
];
const shared = [
  [4 / 3, -2 / 3],
  [-2 / 3, 4 / 3],
];
console.log(gptqRow([0.7, 0.2], apart, 0.5, 3), '(1 and 0 expected)');
console.log(gptqRow([0.7, 0.2], shared, 0.5, 3), '(1 and 1 expected)');
