import type { Graph, GraphOperator, GraphTensor } from '../../graph/graph.ts';
import { encodeFloat16 } from '../../numerics/float16.ts';
import {
  quantizeKernel,
  readWeightQuantization,
  type QuantizedKernel,
  type WeightQuantization,
} from '../quantize-weights.ts';
import { activationParams, type ActivationType, type RangeOf } from './activation-params.ts';
import { quantizeBias, widenForBias } from './quantize-bias.ts';

/** Where the weights of an operator lie: [channels, k], or [k, channels] for depthwise ones. */
const WITH_WEIGHTS: Partial<Record<GraphOperator['code'], 'channels-first' | 'channels-last'>> = {
  CONV_2D: 'channels-first',
  FULLY_CONNECTED: 'channels-first',
  DEPTHWISE_CONV_2D: 'channels-last',
};

/** Kernels smaller than this stay in float in the dynamic-range mode, as in the converter. */
const DYNAMIC_MIN_ELEMENTS = 1024;

/** How the weights of an operator are rounded, given the name of their tensor, `<layer>/kernel`. */
export type WeightRule = (code: GraphOperator['code'], tensor: string) => WeightQuantization;

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
  const options = readWeightQuantization(rule(operator.code, kernel.tensor.name));
  return quantizeKernel(kernel.values, kernel.k, kernel.channels, options);
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
 * @internal
 */
export function quantizeIntegers(
  graph: Graph,
  type: ActivationType,
  rangeOf: RangeOf,
  rule: WeightRule,
): Graph {
  const params = activationParams(graph, type, rangeOf);
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
  return withFloatEnds(withOneScalePerConcatenation({ ...graph, tensors }));
}

/** Requantizes what goes into a concatenation at another scale than its output has. */
function withOneScalePerConcatenation(graph: Graph): Graph {
  const tensors = [...graph.tensors];
  const operators = graph.operators.flatMap((operator): GraphOperator[] => {
    if (operator.code !== 'CONCATENATION') return [operator];
    const { quantization } = tensors[operator.output]!;
    const before: GraphOperator[] = [];
    const inputs = operator.inputs.map((input) => {
      const tensor = tensors[input]!;
      const same =
        tensor.quantization!.scales[0] === quantization!.scales[0] &&
        tensor.quantization!.zeroPoints[0] === quantization!.zeroPoints[0];
      if (same) return input;
      const output =
        tensors.push({ ...tensor, name: `${tensor.name}/requantized`, quantization }) - 1;
      before.push({ code: 'QUANTIZE', options: {}, inputs: [input], output });
      return output;
    });
    return [...before, { ...operator, inputs }];
  });
  return { ...graph, tensors, operators };
}

/** Quantizes what is given and dequantizes what comes out. */
function withFloatEnds(graph: Graph): Graph {
  const tensors = [...graph.tensors];
  const float = (index: number, suffix: string): number => {
    const { name, shape } = graph.tensors[index]!;
    return tensors.push({ name: `${name}/${suffix}`, shape, type: 'float32' }) - 1;
  };
  const inputs = graph.inputs.map((index) => float(index, 'float_in'));
  const outputs = graph.outputs.map((index) => float(index, 'float_out'));
  return {
    ...graph,
    tensors,
    inputs,
    outputs,
    operators: [
      ...graph.inputs.map((index, i): GraphOperator => ({
        code: 'QUANTIZE',
        options: {},
        inputs: [inputs[i]!],
        output: index,
      })),
      ...graph.operators,
      ...graph.outputs.map((index, i): GraphOperator => ({
        code: 'DEQUANTIZE',
        options: {},
        inputs: [index],
        output: outputs[i]!,
      })),
    ],
  };
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
