import { numerics } from 'heavy-weights';
import type { FusedActivation, TensorType } from '../../src/engine/graph/index.ts';
import { goldenSuite } from './golden-suite.ts';
import { runOperator, type Described } from './one-operator.ts';

/** The spellings of the two files. */
interface Case {
  op: 'AVERAGE_POOL_2D' | 'MAX_POOL_2D';
  dtype?: string;
  shape: number[];
  beta: number;
  input: number[];
  input_real?: number[];
  input_shape: number[];
  input_scale?: number;
  input_zero_point?: number;
  filter: number[];
  filter_real?: number[];
  filter_shape: number[];
  filter_scales?: number[];
  filter_quantization?: string;
  weights: number[];
  weights_real?: number[];
  weights_shape: number[];
  weight_scales?: number[];
  weights_scale?: number;
  weights_scales?: number[];
  weights_dtype?: string;
  bias?: number[] | null;
  bias_real?: number[] | null;
  padding: string;
  stride: [number, number];
  dilation?: [number, number];
  depth_multiplier?: number;
  activation?: string;
  activation_min?: number;
  conv_params?: Record<string, string>;
  scale?: number;
  zero_point?: number;
  output_shape: number[];
  output_scale?: number;
  output_zero_point?: number;
  a: number[];
  a_scale: number;
  a_zero_point: number;
  b: number[];
  b_scale: number;
  b_zero_point: number;
}

const ACTIVATIONS: Record<string, FusedActivation> = {
  none: 'NONE',
  relu: 'RELU',
  relu6: 'RELU6',
  relun1to1: 'RELU_N1_TO_1',
};
const activationOf = ({ activation, conv_params: params }: Case): FusedActivation =>
  ACTIVATIONS[(activation ?? params!['activation']!).replace('kTfLiteAct', '').toLowerCase()] ??
  ACTIVATIONS['none']!;

/** Real numbers as integers of one scale. */
const integers = (real: readonly number[], scale: number, zeroPoint: number, type: TensorType) =>
  Array.from(
    numerics.quantize(real, { scale, zeroPoint, numBits: type === 'int16' ? 16 : 8, signed: true }),
  );

const inputOf = (c: Case, type: TensorType): Described => ({
  shape: c.input_shape,
  type,
  values: c.input_real
    ? integers(c.input_real, c.input_scale!, c.input_zero_point!, type)
    : c.input,
  scales: [c.input_scale!],
  zeroPoint: c.input_zero_point!,
});

const outputOf = (c: Case, type: TensorType, shape = c.output_shape): Described => ({
  shape,
  type,
  scales: [c.output_scale!],
  zeroPoint: c.output_zero_point!,
});

/** A kernel given as integers, or as real numbers to be rounded symmetrically along an axis. */
function filterOf(c: Case, axis: number): Described {
  const isInt4 = JSON.stringify(c).includes('int4') || c.filter_quantization?.includes('int4');
  const shape = c.filter_shape;
  const type = isInt4 ? 'int4' : 'int8';
  if (!c.filter_real) return { shape, type, values: c.filter, scales: c.filter_scales!, axis };
  const options = { numBits: isInt4 ? 4 : 8, symmetric: true, narrowRange: true };
  const params = c.filter_scales
    ? { scale: c.filter_scales[0]!, zeroPoint: 0 }
    : numerics.chooseQuantizationParamsPerAxis(c.filter_real, shape, axis, options);
  const scales = 'scale' in params ? [params.scale] : params.scales;
  return {
    shape,
    type,
    values: Array.from(numerics.quantize(c.filter_real, params)),
    scales,
    axis,
  };
}

function biasOf(
  c: Case,
  weights: Described,
  type: 'int32' | 'int64' = 'int32',
): Described | undefined {
  const { bias, bias_real: real } = c;
  if (bias) return { shape: [bias.length], type, values: bias };
  if (!real) return undefined;
  const values = real.map((value, i) => {
    const scales = weights.scales!;
    return Math.round(value / (c.input_scale! * scales[scales.length === 1 ? 0 : i]!));
  });
  return { shape: [real.length], type, values };
}

const windowOf = (c: Case) => ({
  padding: c.padding.includes('SAME') ? ('SAME' as const) : ('VALID' as const),
  strideHeight: c.stride?.[0] ?? 1,
  strideWidth: c.stride?.[1] ?? 1,
  dilationHeight: c.dilation?.[0] ?? 1,
  dilationWidth: c.dilation?.[1] ?? 1,
});

const convolution =
  (type: 'int8' | 'int16') =>
  (c: Case): unknown => {
    const filter = filterOf(c, 0);
    return runOperator(
      { code: 'CONV_2D', options: { ...windowOf(c), activation: activationOf(c) } },
      [inputOf(c, type), filter, biasOf(c, filter, type === 'int16' ? 'int64' : 'int32')],
      outputOf(c, type),
    );
  };

const depthwise = (type: 'int8' | 'int16') => (c: Case) => {
  const filter = filterOf({ ...c, padding: c.padding ?? 'VALID' }, 3);
  return runOperator(
    {
      code: 'DEPTHWISE_CONV_2D',
      options: {
        ...windowOf({ ...c, padding: c.padding ?? 'VALID' }),
        activation: c.activation || c.conv_params ? activationOf(c) : 'NONE',
        depthMultiplier: c.filter_shape[3]! / c.input_shape[3]!,
      },
    },
    [inputOf(c, type), filter, biasOf(c, filter, type === 'int16' ? 'int64' : 'int32')],
    outputOf(c, type),
  );
};

/** The small test file states what the integers mean, too. */
const depthwiseWithReals = (c: Case): unknown => {
  const q = Array.from(depthwise('int8')(c) as Int8Array);
  const real = q.map((value) => c.output_scale! * (value - c.output_zero_point!));
  return { real, int8: q, quantized: q };
};

const fullyConnected = (type?: 'int8' | 'int16') => (c: Case) => {
  const shape = c.weights_shape;
  const operator = {
    code: 'FULLY_CONNECTED',
    options: { activation: activationOf(c), keepNumDims: false },
  } as const;
  const output = [c.input_shape[0]!, shape[0]!];
  if (c.input_scale === undefined) {
    const float = (values: number[], of: number[]): Described => ({
      shape: of,
      type: 'float32',
      values,
    });
    return runOperator(
      operator,
      [
        float(c.input_real!, c.input_shape),
        float(c.weights_real!, shape),
        float(c.bias_real!, [shape[0]!]),
      ],
      { shape: output, type: 'float32' },
    );
  }
  // 2⁻⁹ is the scale of the only int16 case of the small test file.
  const kind = type ?? (c.input_scale < 0.01 ? 'int16' : 'int8');
  const scales = c.weight_scales ?? c.weights_scales ?? [c.weights_scale!];
  const columns = shape[1]!;
  const weights: Described = {
    shape,
    type: c.weights_dtype === 'int4' ? 'int4' : 'int8',
    values:
      c.weights ??
      c.weights_real!.map((w, i) =>
        Math.round(w / scales[scales.length === 1 ? 0 : Math.floor(i / columns)]!),
      ),
    scales,
  };
  return runOperator(
    operator,
    [inputOf(c, kind), weights, biasOf(c, weights, kind === 'int16' ? 'int64' : 'int32')],
    outputOf(c, kind, output),
  );
};

function pool(c: Case): unknown {
  const type = (c.dtype ?? 'int8') as 'int8' | 'int16';
  // A lower bound as an integer is the zero point of a ReLU.
  const bound = c.activation_min === -128 ? undefined : c.activation_min;
  const scales = [c.scale ?? 1];
  const zeroPoint = bound ?? c.zero_point ?? 0;
  const sameSize = c.output_shape.join() === c.input_shape.join();
  return runOperator(
    {
      code: c.op,
      options: {
        ...windowOf({ ...c, padding: sameSize ? 'SAME' : c.padding }),
        filterHeight: c.filter[0]!,
        filterWidth: c.filter[1]!,
        activation: c.activation ? activationOf(c) : bound === undefined ? 'NONE' : 'RELU',
      },
    },
    [{ shape: c.input_shape, type, values: c.input, scales, zeroPoint }],
    { shape: c.output_shape, type, scales, zeroPoint },
  );
}

function softmax(c: Case): unknown {
  const type = c.input_scale === undefined ? 'float32' : ((c.dtype ?? 'int8') as 'int8' | 'int16');
  const { shape, beta } = c;
  const values =
    c.input_real && type !== 'float32'
      ? integers(c.input_real, c.input_scale!, c.input_zero_point!, type)
      : c.input;
  const quantized = { scales: [c.input_scale!], zeroPoint: c.input_zero_point ?? 0 };
  return runOperator(
    { code: 'SOFTMAX', options: { beta } },
    [{ shape, type, values, ...(type === 'float32' ? {} : quantized) }],
    { shape, type, ...(type === 'float32' ? {} : { scales: [1 / 256], zeroPoint: -128 }) },
  );
}

const binary = (code: 'ADD' | 'MUL') => (c: Case) => {
  const shape = [1, c.a.length];
  const side = (values: number[], scale: number, zeroPoint: number): Described => ({
    shape,
    type: 'int8',
    values,
    scales: [scale],
    zeroPoint,
  });
  return runOperator(
    { code, options: { activation: c.activation ? activationOf(c) : 'NONE' } },
    [side(c.a, c.a_scale, c.a_zero_point), side(c.b, c.b_scale, c.b_zero_point)],
    outputOf(c, 'int8', shape),
    2,
  );
};

goldenSuite(
  'integer-kernels.json',
  [
    {
      file: 'int_ops_reference.json',
      only: ['CONV', 'DEPTH', 'FULLY', 'AVERAGE', 'SOFT', 'ADD', 'MUL'],
    },
    { file: 'tflm_op_tests.json', only: ['CONV', 'DEPTH', 'FULLY', 'AVERAGE', 'SOFT'] },
  ],
  {
    answered: {
      'CONV_2D int8 per-channel (reference_integer_ops::ConvPerChannel)': {
        answer: convolution('int8'),
      },
      'CONV_2D int16 activations x int8 weights, int64 bias (16x8)': {
        answer: convolution('int16'),
      },
      'DEPTHWISE_CONV_2D int8 per-channel (reference_integer_ops::DepthwiseConvPerChannel)': {
        answer: depthwise('int8'),
      },
      'DEPTHWISE_CONV_2D int16x8, int64 bias': { answer: depthwise('int16') },
      'FULLY_CONNECTED int8 per-tensor weights (multiplier = double(float32(s_in*s_w))/double(s_out))':
        { answer: fullyConnected('int8') },
      'FULLY_CONNECTED int8 per-channel weights (multiplier = double(s_in)*double(s_w[c])/double(s_out))':
        { answer: fullyConnected('int8') },
      'FULLY_CONNECTED int16x8 per-tensor, int64 bias': { answer: fullyConnected('int16') },
      'AVERAGE_POOL_2D / MAX_POOL_2D int8': { answer: pool },
      'SOFTMAX int8 (output scale 1/256, zero_point -128)': { answer: softmax },
      'ADD int8 (left_shift 20)': { answer: binary('ADD') },
      'MUL int8 (multiplier = float32(s1*s2/sout) as LiteRT mul.cc; tflite-micro uses doubles)': {
        answer: binary('MUL'),
      },
      'CONV_2D (filter layout OHWI)': { answer: convolution('int8') },
      'DEPTHWISE_CONV_2D (filter layout 1HWC)': { answer: depthwiseWithReals },
      'FULLY_CONNECTED (weights layout [out,in])': { answer: fullyConnected() },
      SOFTMAX: { answer: softmax },
      'AVERAGE_POOL_2D / MAX_POOL_2D int8/int16': { answer: pool },
    },
    notCovered: {},
  },
);
