/** How a computed number is written in prose. */
export type NumberFormat =
  | 'integer'
  | 'fixed1'
  | 'fixed2'
  | 'fixed3'
  | 'sig3'
  | 'sig4'
  | 'percent1'
  | 'percent2'
  | 'words'
  | 'code';

const WORDS = [
  'none', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve',
]; // prettier-ignore
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** Writes a number as the book does: thousands parted by commas, a true minus sign, powers of ten set high. */
export function formatNumber(value: number, format: NumberFormat): string {
  if (!Number.isFinite(value))
    throw new RangeError(`A number of the prose must be finite; it is ${value}.`);
  return WRITERS[format](value).replace(/^-/, '−');
}

const WRITERS: Record<NumberFormat, (value: number) => string> = {
  integer: (value) => {
    if (!Number.isInteger(value))
      throw new RangeError(`${value} is to be written as an integer and is none.`);
    return value.toLocaleString('en-GB');
  },
  fixed1: fixed(1),
  fixed2: fixed(2),
  fixed3: fixed(3),
  sig3: significant(3),
  sig4: significant(4),
  percent1: (value) => `${fixed(1)(100 * value)}%`,
  percent2: (value) => `${fixed(2)(100 * value)}%`,
  words: (value) => WORDS[value] ?? WRITERS.integer(value),
  code: (value) => String(value),
};

function fixed(places: number): (value: number) => string {
  return (value) =>
    value.toLocaleString('en-GB', { minimumFractionDigits: places, maximumFractionDigits: places });
}

/** So many significant digits; from a million up, and below a ten-thousandth, with a power of ten. */
function significant(digits: number): (value: number) => string {
  return (value) => {
    const size = Math.abs(value);
    if (value === 0 || (size >= 1e-4 && size < 1e6)) {
      return value.toLocaleString('en-GB', {
        minimumSignificantDigits: digits,
        maximumSignificantDigits: digits,
      });
    }
    const [mantissa, exponent] = value.toExponential(digits - 1).split('e') as [string, string];
    const power = [...exponent]
      .map((c) => (c === '-' ? '⁻' : (SUPERSCRIPTS[Number(c)] ?? '')))
      .join('');
    return `${mantissa} × 10${exponent.startsWith('+') ? power.replace(/^⁰/, '') : power}`;
  };
}
