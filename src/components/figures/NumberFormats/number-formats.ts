/** One number in each format of the chapter: bits, value, error. Used by the page and by its controller. */
import {
  chooseQuantizationParams,
  dequantize,
  encodeBfloat16,
  encodeFloat16,
  quantize,
  toBfloat16,
  toFloat16,
} from '../../../engine/numerics/index.ts';

export interface FormatRow {
  format: string;
  bytes: number;
  sign: string;
  /** Empty in the integer formats, which have none. */
  exponent: string;
  /** Mantissa of a float, the rest of the two's complement of an integer. */
  rest: string;
  /** What comes back. */
  value: number;
  error: number;
  /** The number lies outside the format's range and was held at its end. */
  held: boolean;
}

/**
 * The rows of the figure.
 *
 * @param number - a finite number; it is first rounded to float32
 * @param largest - the size that the integer formats put on their last code
 */
export function formatRows(number: number, largest: number): FormatRow[] {
  const one = Float32Array.of(Math.max(-MAX_FLOAT32, Math.min(MAX_FLOAT32, number)));
  const original = one[0]!;
  const code32 = new Uint32Array(one.buffer)[0]!;
  const floats = [
    {
      format: 'float32',
      code: code32,
      value: original,
      exponent: 8,
      mantissa: 23,
      limit: Infinity,
    },
    {
      format: 'float16',
      code: encodeFloat16(one)[0]!,
      value: toFloat16(one)[0]!,
      exponent: 5,
      mantissa: 10,
      limit: 65520,
    },
    {
      format: 'bfloat16',
      code: encodeBfloat16(one)[0]!,
      value: toBfloat16(one)[0]!,
      exponent: 8,
      mantissa: 7,
      limit: Infinity,
    },
  ].map(({ format, code, value, exponent, mantissa, limit }) => {
    const bits = code.toString(2).padStart(1 + exponent + mantissa, '0');
    return {
      format,
      bytes: (1 + exponent + mantissa) / 8,
      sign: bits.slice(0, 1),
      exponent: bits.slice(1, 1 + exponent),
      rest: bits.slice(1 + exponent),
      value,
      error: value - original,
      held: Math.abs(original) >= limit,
    };
  });
  return [...floats, ...[8, 4].map((numBits) => integerRow(one, numBits, largest))];
}

const MAX_FLOAT32 = 3.4028234663852886e38;

function integerRow(one: Float32Array, numBits: number, largest: number): FormatRow {
  const params = chooseQuantizationParams(
    { min: -largest, max: largest },
    { numBits, symmetric: true, narrowRange: true },
  );
  const codes = quantize(one, params);
  const value = dequantize(codes, params)[0]!;
  const bits = (codes[0]! & (2 ** numBits - 1)).toString(2).padStart(numBits, '0');
  return {
    format: `int${numBits}`,
    bytes: numBits / 8,
    sign: bits.slice(0, 1),
    exponent: '',
    rest: bits.slice(1),
    value,
    error: value - one[0]!,
    held: Math.abs(one[0]!) > params.scale * (params.qmax + 0.5),
  };
}

/** The size of a number as a power of two, in words where it has none. */
export function powerText(number: number): string {
  return number === 0
    ? 'none, it is zero'
    : Math.log2(Math.abs(number)).toFixed(2).replace('-', '−');
}

/** Reads what was typed, or `undefined` if it is no finite number. A decimal comma and a true minus sign will do. */
export function readNumber(text: string): number | undefined {
  const plain = text.trim().replace('−', '-').replace(',', '.');
  const number = Number(plain);
  return plain === '' || !Number.isFinite(number) ? undefined : number;
}
