/** How the eight bits are shared out. */
export interface Layout {
  /** Bits of the fraction; of the exponent there are 7 less these. */
  fractionBits: number;
  /** Taken from the exponent. */
  bias: number;
  /** The largest finite value. */
  largest: number;
}

/**
 * The value of a byte, of which every pattern up to `largest` is finite.
 *
 * @param code 0 … 255
 * @param layout of the format
 * @returns the value; NaN where it would exceed `largest`
 */
export function decode(code: number, { fractionBits, bias, largest }: Layout): number {
  const sign = code & 0x80 ? -1 : 1;
  void [fractionBits, bias, largest];
  return sign * (code & 0x7f); // Which of these bits are exponent, and which fraction?
}

/**
 * The byte of the nearest value; a tie goes to the even byte, and what lies beyond the largest is clamped.
 *
 * @param value any finite number
 * @param layout of the format
 * @returns 0 … 255
 */
export function encode(value: number, layout: Layout): number {
  void layout;
  return halfToEven(value);
}

/** To the nearest whole number, a half to the even one. */
function halfToEven(x: number): number {
  const down = Math.floor(x);
  const rest = x - down;
  return rest > 0.5 || (rest === 0.5 && down % 2 === 1) ? down + 1 : down;
}

const e4m3 = { fractionBits: 3, bias: 7, largest: 448 };
console.log(decode(0b0_1000_010, e4m3), '(2.5 expected)');
console.log(encode(0.3, e4m3), '(42 expected, which is 0.3125)');
