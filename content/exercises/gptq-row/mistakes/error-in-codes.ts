/**
 * Measures the error in codes.
 *
 * @fails any
 * @advice You measured the error in codes and took it from weights. Multiply the code by the scale before you subtract it.
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
    const error = (w[i]! / scale - code) / column[i]!;
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
