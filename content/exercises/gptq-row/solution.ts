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
  const w = [...weights];
  const h = inverse.map((row) => [...row]);
  const codes: number[] = [];
  for (let i = 0; i < w.length; i++) {
    const code = Math.max(-qmax, Math.min(qmax, Math.round(w[i]! / scale)));
    const column = h.map((row) => row[i]!);
    const error = (w[i]! - code * scale) / column[i]!;
    for (let j = i + 1; j < w.length; j++) {
      w[j] = w[j]! - error * column[j]!;
      for (let k = i + 1; k < w.length; k++) {
        h[j]![k] = h[j]![k]! - (column[j]! * column[k]!) / column[i]!;
      }
    }
    codes.push(code);
  }
  return codes;
}
