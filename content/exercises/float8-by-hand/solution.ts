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
  const exponent = (code & 0x7f) >> fractionBits;
  const fraction = (code & (2 ** fractionBits - 1)) / 2 ** fractionBits;
  const size =
    exponent === 0 ? 2 ** (1 - bias) * fraction : 2 ** (exponent - bias) * (1 + fraction);
  return size > largest ? NaN : sign * size;
}

/**
 * The byte of the nearest value; a tie goes to the even byte, and what lies beyond the largest is clamped.
 *
 * @param value any finite number
 * @param layout of the format
 * @returns 0 … 255
 */
export function encode(value: number, layout: Layout): number {
  if (!Number.isFinite(value)) throw new RangeError(`value must be finite; it is ${value}.`);
  const { fractionBits, bias, largest } = layout;
  const size = Math.min(Math.abs(value), largest);
  let exponent = 1 - bias;
  while (size >= 2 ** (exponent + 1)) exponent++;
  const steps = halfToEven(size / 2 ** (exponent - fractionBits));
  // A size with a leading one has 2^fractionBits steps or more: these carry into the exponent.
  return (value < 0 ? 0x80 : 0) + (exponent - (1 - bias)) * 2 ** fractionBits + steps;
}

/** To the nearest whole number, a half to the even one. */
function halfToEven(x: number): number {
  const down = Math.floor(x);
  const rest = x - down;
  return rest > 0.5 || (rest === 0.5 && down % 2 === 1) ? down + 1 : down;
}
