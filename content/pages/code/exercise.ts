/** Codes of a symmetric int8 rule. */
export function toCodes(weights: number[], scale: number): Int8Array {
  if (!(scale > 0)) throw new Error(`scale must be above 0; it is ${scale}.`);
  const codes = new Int8Array(weights.length);
  for (const [i, weight] of weights.entries()) {
    const steps = weight / scale;
    const rounded = Math.sign(steps) * Math.round(Math.abs(steps));
    codes[i] = Math.min(Math.max(rounded, -127), 127);
  }
  return codes;
}
console.log(toCodes([0.5, -0.25, 99], 0.1).join(' ')); // 5 -3 127
