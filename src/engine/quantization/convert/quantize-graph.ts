import { withFloatEnds } from '../../graph/graph-ends.ts';
import type { Graph, GraphOperator, GraphTensor } from '../../graph/graph.ts';
import { encodeFloat16 } from '../../numerics/float16.ts';
import {
  quantizeKernel,
  readWeightQuantization,
  type QuantizedKernel,
  type WeightQuantization,
} from '../quantize-weights.ts';
import {
  activationParams,
  SAME_SCALE,
  type ActivationType,
  type RangeOf,
} from './activation-params.ts';
import { quantizeBias, widenForBias } from './quantize-bias.ts';

/** Where the weights of an operator lie: [channels, k], or [k, channels] for depthwise ones. */
const WITH_WEIGHTS: Partial<Record<GraphOperator['code'], 'channels-first' | 'channels-last'>> = {
  CONV_2D: 'channels-first',
  FULLY_CONNECTED: 'channels-first',
  DEPTHWISE_CONV_2D: 'channels-last',
};

/** Kernels smaller than this stay in float in the dynamic-range mode, as in the converter. */
const DYNAMIC_MIN_ELEMENTS = 1024;

/** How the weights of an operator are rounded, given the name of their tensor, `<layer>/kernel`; or what they are. */
export type WeightRule = (
  code: GraphOperator['code'],
  tensor: string,
) => WeightQuantization | QuantizedKernel;

/** One convolution or fully connected operator, its kernel as rows of [k, channels]. */
interface Kernel {
  tensor: GraphTensor;
  index: number;
  k: number;
  channels: number;
  values: Float32Array;
  layout: 'channels-first' | 'channels-last';
}

/**
 * The float graph with int8 weights, activations still float: kernels quantize those as they run.
 * @internal
 */
export function quantizeDynamic(graph: Graph, rule: WeightRule): Graph {
  const tensors = [...graph.tensors];
  for (const operator of graph.operators) {
    const kernel = kernelOf(graph, operator);
    if (!kernel || kernel.values.length < DYNAMIC_MIN_ELEMENTS) continue;
    tensors[kernel.index] = asTensor(kernel, roundKernel(kernel, operator, rule));
  }
  return { ...graph, tensors };
}

function roundKernel(kernel: Kernel, operator: GraphOperator, rule: WeightRule): QuantizedKernel {
  const given = rule(operator.code, kernel.tensor.name);
  if ('codes' in given) return given;
  return quantizeKernel(kernel.values, kernel.k, kernel.channels, readWeightQuantization(given));
}

/** The float graph with weights that are stored smaller, and turned back into floats before they are used. */
function quantizeStorage(
  graph: Graph,
  store: (
    tensor: GraphTensor,
    operator: GraphOperator,
    position: number,
  ) => GraphTensor | undefined,
): Graph {
  const tensors = [...graph.tensors];
  const before: GraphOperator[] = [];
  const operators = graph.operators.map((operator): GraphOperator => {
    if (!WITH_WEIGHTS[operator.code]) return operator;
    const inputs = operator.inputs.map((input, position) => {
      const tensor = graph.tensors[input];
      const stored = tensor?.data && store(tensor, operator, position);
      if (!stored) return input;
      tensors[input] = stored;
      const output = tensors.push({ ...tensor, name: `${tensor.name}/float`, data: undefined }) - 1;
      before.push({ code: 'DEQUANTIZE', options: {}, inputs: [input], output });
      return output;
    });
    return { ...operator, inputs };
  });
  return { ...graph, tensors, operators: [...before, ...operators] };
}

/** Weights and biases as float16. @internal */
export function quantizeFloat16(graph: Graph): Graph {
  return quantizeStorage(graph, (tensor) => ({
    ...tensor,
    type: 'float16',
    data: encodeFloat16(tensor.data as Float32Array),
  }));
}

/** Kernels as integers of 4 bits, biases as they are. @internal */
export function quantizeInt4(graph: Graph, rule: WeightRule): Graph {
  return quantizeStorage(graph, (_, operator, position) => {
    if (position !== 1) return undefined;
    const kernel = kernelOf(graph, operator)!;
    return asTensor(kernel, roundKernel(kernel, operator, rule));
  });
}

/**
 * Everything in integers: activations of the type, weights as the rule says, biases at
 * s_in·s_w; floats come in through QUANTIZE and go out through DEQUANTIZE.
 *
 * @param keepRanges - a range that is known is kept, and values are requantized where others would be moved as they are
 * @internal
 */
export function quantizeIntegers(
  graph: Graph,
  type: ActivationType,
  rangeOf: RangeOf,
  rule: WeightRule,
  keepRanges = false,
): Graph {
  const params = activationParams(graph, type, rangeOf, keepRanges);
  const tensors = graph.tensors.map((tensor, index): GraphTensor => {
    const found = params.get(index);
    if (!found) return tensor;
    const { scale, zeroPoint } = found;
    const quantization = {
      scales: Float32Array.of(scale),
      zeroPoints: Int32Array.of(zeroPoint),
      axis: 0,
    };
    return { ...tensor, type, quantization };
  });
  for (const operator of graph.operators) {
    const kernel = kernelOf(graph, operator);
    if (!kernel) continue;
    const inScale = params.get(operator.inputs[0]!)!.scale;
    const biasIndex = operator.inputs[2] ?? -1;
    const bias = biasIndex < 0 ? undefined : (graph.tensors[biasIndex]!.data as Float32Array);
    const rounded = roundKernel(kernel, operator, rule);
    const quantized = bias
      ? widenForBias(rounded, kernel.values, kernel.channels, bias, inScale)
      : rounded;
    tensors[kernel.index] = asTensor(kernel, quantized);
    if (bias) {
      tensors[biasIndex] = {
        ...graph.tensors[biasIndex]!,
        ...quantizeBias(bias, quantized.scales, inScale, type === 'int16' ? 'int64' : 'int32'),
      };
    }
  }
  return withFloatEnds(withOneScaleEach({ ...graph, tensors }));
}

/**
 * Requantizes where an operator that only moves values would go from one scale to another: before a concatenation,
 * after the others.
 */
function withOneScaleEach(graph: Graph): Graph {
  const tensors = [...graph.tensors];
  const isSame = (a: number, b: number): boolean => {
    const [x, y] = [tensors[a]!.quantization!, tensors[b]!.quantization!];
    return x.scales[0] === y.scales[0] && x.zeroPoints[0] === y.zeroPoints[0];
  };
  /** A tensor like `shaped` at the scale of `scaled`. */
  const between = (shaped: number, scaled: number): number => {
    const { name } = tensors[shaped]!;
    const { quantization } = tensors[scaled]!;
    return tensors.push({ ...tensors[shaped]!, name: `${name}/requantized`, quantization }) - 1;
  };
  const requantize = (input: number, output: number): GraphOperator => ({
    code: 'QUANTIZE',
    options: {},
    inputs: [input],
    output,
  });
  const operators = graph.operators.flatMap((operator): GraphOperator[] => {
    const { code, inputs, output } = operator;
    if (!SAME_SCALE.has(code)) return [operator];
    if (code !== 'CONCATENATION') {
      if (isSame(inputs[0]!, output)) return [operator];
      const moved = between(output, inputs[0]!);
      return [{ ...operator, output: moved }, requantize(moved, output)];
    }
    const before: GraphOperator[] = [];
    const scaled = inputs.map((input) => {
      if (isSame(input, output)) return input;
      const moved = between(input, output);
      before.push(requantize(input, moved));
      return moved;
    });
    return [...before, { ...operator, inputs: scaled }];
  });
  return { ...graph, tensors, operators };
}

function kernelOf(graph: Graph, { code, inputs }: GraphOperator): Kernel | undefined {
  const layout = WITH_WEIGHTS[code];
  const index = inputs[1] ?? -1;
  const tensor = graph.tensors[index];
  if (!layout || !tensor?.data) return undefined;
  const channels = layout === 'channels-first' ? tensor.shape[0]! : tensor.shape.at(-1)!;
  const data = tensor.data as Float32Array;
  const k = data.length / channels;
  const values = layout === 'channels-first' ? transpose(data, channels, k) : data;
  return { tensor, index, k, channels, values, layout };
}

/** Integers of [k, channels] in the layout of the operator. */
function asTensor(
  { tensor, k, channels, layout }: Kernel,
  { codes, scales, groupSize, perChannel, qmax }: QuantizedKernel,
): GraphTensor {
  const first = layout === 'channels-first';
  const grouped = perChannel && groupSize < k;
  return {
    ...tensor,
    // Groups run along the k weights of a channel: a shape of two axes says which.
    shape: grouped && first ? [channels, k] : tensor.shape,
    type: qmax <= 7 ? 'int4' : 'int8',
    data: first ? transpose(codes, k, channels) : codes,
    quantization: {
      scales: grouped && first ? transpose(scales, k / groupSize, channels) : scales,
      zeroPoints: new Int32Array(scales.length),
      axis: grouped ? (first ? 1 : 0) : first || !perChannel ? 0 : tensor.shape.length - 1,
      ...(grouped && { groupSize }),
    },
  };
}

/** [rows, columns] → [columns, rows]. */
function transpose<T extends Float32Array | Int8Array>(
  values: T,
  rows: number,
  columns: number,
): T {
  const moved = values.slice() as T;
  for (let r = 0, i = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++, i++) moved[c * rows + r] = values[i]!;
  }
  return moved;
}
