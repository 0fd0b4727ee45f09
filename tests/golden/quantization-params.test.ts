import { numerics } from 'heavy-weights';
import { goldenSuite } from './golden-suite.ts';
import type { GoldenCase } from './load-cases.ts';

type Range = { min: number; max: number };
const WEIGHTS = { symmetric: true, narrowRange: true } as const;

const expectsError = ({ expected }: GoldenCase) =>
  typeof expected === 'string' && /error/i.test(expected);

/** TFLite keeps a point as a point (scale 0); the engine, like the converter, widens it. */
const pointRange =
  (low: string, high: string) =>
  ({ inputs }: GoldenCase) =>
    inputs[low] === 0 && inputs[high] === 0
      ? 'an internal of TFLite gives scale 0 for an empty range; the converter, and so the engine, widens it'
      : undefined;

const multiplierPair = ({ multiplier }: { multiplier: number }) => {
  const quantized = numerics.quantizeMultiplier(multiplier);
  return [quantized.multiplier, quantized.shift];
};

const factorOf = (inputs: {
  multiplier?: number;
  quantized_multiplier?: number;
  shift?: number;
}) =>
  inputs.multiplier === undefined
    ? { multiplier: inputs.quantized_multiplier!, shift: inputs.shift! }
    : numerics.quantizeMultiplier(inputs.multiplier);

const onlyFactorsInside = (golden: GoldenCase) =>
  expectsError(golden)
    ? 'the reference guards a narrower function; quantizeMultiplier takes every finite factor'
    : undefined;

goldenSuite('quantization-params.json', [{ file: 'quantization_params.json' }], {
  answered: {
    'ChooseQuantizationParams<uint8> (nudged)': {
      answer: ({ rmin, rmax }: { rmin: number; rmax: number }, golden) => {
        try {
          const params = numerics.chooseQuantizationParams(
            { min: rmin, max: rmax },
            { signed: false },
          );
          return { scale: params.scale, zero_point: params.zeroPoint };
        } catch (error) {
          if (!(error as { code?: string }).code?.startsWith('range-')) throw error;
          return golden.expected === 'error' ? 'error' : `unexpected error: ${String(error)}`;
        }
      },
      skip: (golden) =>
        golden.expected === 'error (zero must be in range)'
          ? 'an internal of TFLite demands that 0 be inside; the converter, and so the engine, widens the range'
          : pointRange('rmin', 'rmax')(golden),
    },
    'GetAsymmetricQuantizationParams (int8 activations)': {
      answer: ({ min, max }: Range) => {
        const { scale, zeroPoint, qmin, qmax } = numerics.chooseQuantizationParams({ min, max });
        return {
          scale,
          zero_point: zeroPoint,
          min: scale * (qmin - zeroPoint),
          max: scale * (qmax - zeroPoint),
        };
      },
      skip: pointRange('min', 'max'),
    },
    QuantizeMultiplierSmallerThanOneExp: { answer: multiplierPair, skip: onlyFactorsInside },
    QuantizeMultiplierGreaterThanOne: { answer: multiplierPair, skip: onlyFactorsInside },
    'QuantizeMultiplier (underflow flush)': { answer: multiplierPair },
    QuantizeMultiplierArray: { answer: multiplierPair },
    'MultiplyByQuantizedMultiplier int32 (multiplier quantized first, double rounding)': {
      answer: (inputs: { x: number; multiplier?: number }) => {
        const { multiplier, shift } = factorOf(inputs);
        return numerics.multiplyByQuantizedMultiplier(inputs.x, multiplier, shift);
      },
    },
    'MultiplyByQuantizedMultiplier int64': {
      answer: (inputs: { x: number; multiplier?: number }) => {
        const { multiplier, shift } = factorOf(inputs);
        return numerics.multiplyByQuantizedMultiplierInt64(inputs.x, multiplier, shift);
      },
    },
    'tfjs weight quantization quantize_weights (affine, dequant = q*scale+min; zero nudged only if 0 within [min,max])':
      {
        answer: (inputs: { data: number[]; quantization_dtype: string }) => {
          const numBits = inputs.quantization_dtype === 'uint8' ? 8 : 16;
          const range = numerics.minMax(inputs.data);
          const { scale } = numerics.chooseQuantizationParams(range, { numBits, signed: false });
          return { scale };
        },
        skip: ({ inputs }) => {
          if (inputs['quantization_dtype'] === 'bool')
            return 'a dtype of numpy; the engine has numBits';
          const { min, max } = numerics.minMax(inputs['data'] as number[]);
          return min > 0 || max < 0
            ? 'this format of TensorFlow.js does not widen a range to contain 0; the engine does'
            : undefined;
        },
      },
    'SymmetricPerChannelQuantization (weights, range [-127,127])': {
      answer: (inputs: {
        data: number[];
        shape: number[];
        channel_dim: number;
        scales_inv?: number[];
      }) => {
        const { data, shape, channel_dim: axis } = inputs;
        const chosen = numerics.chooseQuantizationParamsPerAxis(data, shape, axis, WEIGHTS);
        const scales = inputs.scales_inv?.map((inverse) => 1 / inverse) ?? chosen.scales;
        return { scales, q: numerics.quantize(data, { ...chosen, scales }) };
      },
    },
    'min/max collection': {
      answer: (inputs: { data: number[]; shape: number[]; channel_dim: number }) =>
        numerics.minMaxPerAxis(inputs.data, inputs.shape, inputs.channel_dim),
    },
    'GetSymmetricScalesFromMaxMin (=max(|min|,|max|)/127)': {
      answer: ({ min, max }: { min: number[]; max: number[] }) =>
        min.map(
          (low, i) => numerics.chooseQuantizationParams({ min: low, max: max[i]! }, WEIGHTS).scale,
        ),
    },
    'QuantizeTensorFloat16 (clamps to +-65504)': {
      answer: ({ data }: { data: number[] }) => numerics.toFloat16(data),
    },
  },
  notCovered: {
    'GetInvSqrtQuantizedMultiplierExp(reverse_shift=1)':
      'a step of L2 normalization, an operation the interpreter does not have',
    'PreprocessSoftmaxScaling (double rounding build)': 'belongs to the softmax kernel',
    'CalculateInputRadius (total_signed_bits=31)': 'belongs to the softmax kernel',
    'AdjustWeightsForBiasScale (weight range is widened so |bias|/INT32_MAX <= 0.6*input_scale*weight_scale)':
      'belongs to the converter',
  },
});
