/**
 * Takes the error before the clamp.
 *
 * @fails example
 * @advice Where a weight lies beyond the last code you hold its code back, and tell the others only of the rounding. Most of what is lost is lost at the clamp: take the error from the code that is written.
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
    const error = (w[i]! - Math.round(w[i]! / scale) * scale) / column[i]!;
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
