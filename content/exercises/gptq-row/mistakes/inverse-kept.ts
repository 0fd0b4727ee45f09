/**
 * Does not take the rounded inputs out of the inverse.
 *
 * @fails any
 * @advice Two weights come out right, and the third does not. Once an input is rounded its weight cannot move any more, and the inverse must know it: subtract $c_j c_k / c_i$ from what is left.
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
    }
    codes.push(code);
  }
  return codes;
}
