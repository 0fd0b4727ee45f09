/**
 * Pushes the error the wrong way.
 *
 * @fails example
 * @advice Your errors are pushed on with the wrong sign, and add up instead of cancelling. Where two inputs are alike the entry off the diagonal is negative, and subtracting $e$ times it must *raise* the later weight when the first has lost.
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
      w[j] = w[j]! + error * column[j]!;
      for (let k = i + 1; k < w.length; k++) {
        h[j]![k] = h[j]![k]! - (column[j]! * column[k]!) / column[i]!;
      }
    }
    codes.push(code);
  }
  return codes;
}
