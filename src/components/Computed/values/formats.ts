/** The floating formats, from their counts of bits: section 1.2. */
import { maxAbsError, toBfloat16, toFloat16 } from '../../../engine/numerics/index.ts';
import { type ComputedEntry, entries } from './entry.ts';
import { largestSize, layer, symmetricParams } from './layers.ts';

/** Bits of exponent and of mantissa. */
export const FLOAT_FORMATS = {
  float32: { exponent: 8, mantissa: 23 },
  float16: { exponent: 5, mantissa: 10 },
  bfloat16: { exponent: 8, mantissa: 7 },
} as const;
type FloatFormat = keyof typeof FLOAT_FORMATS;

const bias = (format: FloatFormat) => 2 ** (FLOAT_FORMATS[format].exponent - 1) - 1;

/** The gap between x and the next number of the format away from zero. */
export function unitInLastPlace(x: number, format: FloatFormat): number {
  return 2 ** (Math.floor(Math.log2(Math.abs(x))) - FLOAT_FORMATS[format].mantissa);
}

function limits(format: FloatFormat): Record<string, ComputedEntry> {
  const { mantissa } = FLOAT_FORMATS[format];
  return {
    ...entries('sig3', {
      [`format.${format}.max`]: () => (2 - 2 ** -mantissa) * 2 ** bias(format),
      [`format.${format}.min-normal`]: () => 2 ** (1 - bias(format)),
      [`format.${format}.ulp`]: () => unitInLastPlace(1, format),
    }),
    ...entries('integer', { [`format.${format}.relative`]: () => 2 ** (mantissa + 1) }),
  };
}

export const formatValues: Record<string, ComputedEntry> = {
  ...limits('float32'),
  ...limits('float16'),
  ...limits('bfloat16'),
  // Exactly representable, so worth all its digits.
  ...entries('integer', { 'format.float16.max': () => (2 - 2 ** -10) * 2 ** 15 }),
  ...entries('fixed1', {
    'formats.bfloat16-over-float16': () => {
      const { kernel } = layer('logits');
      return maxAbsError(kernel, toBfloat16(kernel)) / maxAbsError(kernel, toFloat16(kernel));
    },
  }),
  ...entries('fixed2', {
    'formats.int8-over-bfloat16': () => {
      const { kernel } = layer('logits');
      return symmetricParams(kernel).scale / unitInLastPlace(largestSize(kernel), 'bfloat16');
    },
  }),
};
