import { requireNumber } from './arguments.ts';
import { roundHalfAway } from './round-half-away.ts';

/** A real factor as integers: multiplier/2³¹ · 2^shift. */
export interface QuantizedMultiplier {
  /** An int32, the fraction in Q31: 2³⁰ ≤ |multiplier| < 2³¹, or 0. */
  multiplier: number;
  /** The power of two: positive shifts to the left. */
  shift: number;
}

const view = new DataView(new ArrayBuffer(8));

/** Splits a normal double into a fraction of magnitude ½ … 1 and a power of two. */
function fractionAndExponent(x: number): { fraction: number; exponent: number } {
  view.setFloat64(0, x);
  const high = view.getUint32(0);
  // The exponent field of ½ … 1 is 1022.
  view.setUint32(0, (high & 0x800fffff) | (1022 << 20));
  return { fraction: view.getFloat64(0), exponent: ((high >>> 20) & 0x7ff) - 1022 };
}

/**
 * Turns a real factor into an int32 multiplier and a shift, so that integer hardware can multiply by it.
 *
 * real ≈ multiplier/2³¹ · 2^shift with multiplier = round(fraction·2³¹) and ½ ≤ |fraction| < 1. The
 * relative error is at most 2⁻³¹. A factor below 2⁻³² is too small for any int32 to feel and becomes 0, 0.
 *
 * @param real - a finite factor, for instance scaleIn·scaleWeights/scaleOut
 * @returns `{multiplier, shift}`; shift is −31 or more
 * @throws ReaderError `not-a-finite-number`
 * @example
 * ```ts
 * import { numerics } from 'heavy-weights';
 *
 * console.log(numerics.quantizeMultiplier(0.75)); // { multiplier: 1610612736, shift: 0 }
 * console.log(numerics.quantizeMultiplier(3)); // { multiplier: 1610612736, shift: 2 }
 * ```
 * @see `QuantizeMultiplier`, tensorflow/lite/kernels/internal/quantization_util.cc; B. Jacob et al.,
 *   CVPR 2018, section 2.2
 */
export function quantizeMultiplier(real: number): QuantizedMultiplier {
  requireNumber('real', real);
  const { fraction, exponent } = fractionAndExponent(real);
  const rounded = roundHalfAway(fraction * 2 ** 31);
  // A fraction just below 1 can round up to 2³¹, which int32 does not hold.
  const carried = rounded === 2 ** 31;
  const shift = carried ? exponent + 1 : exponent;
  if (shift < -31) return { multiplier: 0, shift: 0 };
  return { multiplier: carried ? 2 ** 30 : rounded, shift };
}
