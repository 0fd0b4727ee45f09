/**
 * Does not divide the error by the diagonal.
 *
 * @fails any
 * @advice The error must be divided by $[H^{-1}]_{ii}$ before it is shared out; else a weight whose input is quiet makes as much noise as any.
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
    const error = w[i]! - code * scale;
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
