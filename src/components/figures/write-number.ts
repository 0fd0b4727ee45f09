/** A number as figures write it: so many significant digits, a true minus sign, very small ones with a power of ten. */
export function writeNumber(value: number, digits = 4): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  const text =
    size >= 1e-4 && size < 1e7
      ? value.toLocaleString('en-GB', { maximumSignificantDigits: digits })
      : value
          .toExponential(digits - 1)
          .replace(
            /e\+?(-?)(\d+)$/,
            (_, minus: string, power: string) => ` × 10${superscript(minus + power)}`,
          );
  return text.replace(/^-/, '−');
}

function superscript(power: string): string {
  return [...power].map((c) => (c === '-' ? '⁻' : ('⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(c)] ?? c))).join('');
}
