import { numerics } from 'heavy-weights';
import { goldenSuite } from './golden-suite.ts';

type Factor = { x: number; quantized_multiplier: number; shift: number };

goldenSuite('fixed-point.json', [{ file: 'fixedpoint_reference.json' }], {
  answered: {
    QuantizeMultiplier: {
      answer: ({ multiplier: real }: { multiplier: number }) => {
        const { multiplier, shift } = numerics.quantizeMultiplier(real);
        return { quantized_multiplier: multiplier, shift };
      },
    },
    'SaturatingRoundingDoublingHighMul(int32)': {
      answer: ({ a, b }: { a: number; b: number }) =>
        numerics.saturatingRoundingDoublingHighMul(a, b),
    },
    'RoundingDivideByPOT(int32)': {
      answer: ({ x, exponent }: { x: number; exponent: number }) =>
        numerics.roundingDivideByPOT(x, exponent),
    },
    'MultiplyByQuantizedMultiplier(int32) double-rounding (reference, TFLITE_SINGLE_ROUNDING=0); expected_single_rounding is what TFLITE_SINGLE_ROUNDING=1 / ruy-style optimized kernels give':
      {
        answer: ({ x, quantized_multiplier, shift }: Factor) =>
          numerics.multiplyByQuantizedMultiplier(x, quantized_multiplier, shift),
      },
    'MultiplyByQuantizedMultiplier(int64 accumulator, int16x8 path)': {
      answer: ({ x, quantized_multiplier, shift }: Factor) =>
        numerics.multiplyByQuantizedMultiplierInt64(x, quantized_multiplier, shift),
    },
  },
  notCovered: {
    'exp_on_negative_values Q5.26 -> Q0.31 (gemmlowp)': 'belongs to the softmax kernel',
  },
});
