import { ReaderError } from '../../shared/reader-error.ts';
import { describe, requireInteger } from './arguments.ts';

/** The integers that a quantized value may take. */
export interface IntegerRange {
  /** Smallest integer. */
  qmin: number;
  /** Largest integer. */
  qmax: number;
  /** Bits a value is coded in: 2 … 16. */
  numBits: number;
  /** Whether negative integers belong to it. */
  signed: boolean;
}

/** How real numbers are to be mapped to integers. */
export interface QuantizationOptions {
  /** Bits a value is coded in: 2 … 16. 8 unless told. */
  numBits?: number;
  /** int8 rather than uint8. True unless told. */
  signed?: boolean;
  /** Zero point 0 and the same reach on both sides. False unless told. */
  symmetric?: boolean;
  /** Leave the smallest integer unused: −127 … 127 instead of −128 … 127. False unless told. */
  narrowRange?: boolean;
}

const OPTION_NAMES = ['numBits', 'signed', 'symmetric', 'narrowRange'];

/** Rejects unknown options, so that a misspelt one is not silently without effect. @internal */
export function requireOptions(options: QuantizationOptions): void {
  if (options === null || typeof options !== 'object') {
    throw new ReaderError({
      code: 'options-not-an-object',
      explain: `the options must be an object; ${describe(options)} came.`,
      hint: 'For example { numBits: 4, symmetric: true }.',
    });
  }
  for (const [name, value] of Object.entries(options)) {
    if (!OPTION_NAMES.includes(name)) {
      throw new ReaderError({
        code: 'option-unknown',
        explain: `there is no option ${name}; the options are ${OPTION_NAMES.join(', ')}.`,
        hint: name.includes('_')
          ? 'Names that Python writes with an underscore are in camelCase here: num_bits is numBits.'
          : 'Look for a slip of the pen in the name.',
      });
    }
    if (name !== 'numBits' && value !== undefined && typeof value !== 'boolean') {
      throw new ReaderError({
        code: 'option-not-boolean',
        explain: `the option ${name} must be true or false; it is ${describe(value)}.`,
      });
    }
  }
}

/**
 * Gives the smallest and the largest integer of a format.
 *
 * Signed: qmin = −2^(b−1), qmax = 2^(b−1) − 1. Unsigned: qmin = 0, qmax = 2^b − 1. A narrow range
 * starts one higher, which makes a signed one symmetric about 0.
 *
 * @param options - `numBits` 2 … 16 (8 unless told), `signed` (true unless told), `narrowRange` (false unless told)
 * @returns `{qmin, qmax, numBits, signed}`
 * @throws ReaderError `not-an-integer-in-range` when `numBits` is not an integer from 2 to 16;
 *   `option-unknown` and `option-not-boolean` for options that cannot be meant
 * @example
 * ```ts
 * import { numerics } from 'heavy-weights';
 *
 * console.log(numerics.integerRange({ numBits: 4 })); // { qmin: -8, qmax: 7, numBits: 4, signed: true }
 * console.log(numerics.integerRange({ narrowRange: true }).qmin); // -127
 * ```
 * @see TensorFlow Lite 8-bit quantization specification
 */
export function integerRange(options: QuantizationOptions = {}): IntegerRange {
  requireOptions(options);
  const { numBits = 8, signed = true, narrowRange = false } = options;
  requireInteger('numBits', numBits, 2, 16);
  const lowest = signed ? -(2 ** (numBits - 1)) : 0;
  return {
    qmin: narrowRange ? lowest + 1 : lowest,
    qmax: signed ? 2 ** (numBits - 1) - 1 : 2 ** numBits - 1,
    numBits,
    signed,
  };
}
