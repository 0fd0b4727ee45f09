import type * as tf from '@tensorflow/tfjs';
import type { Graph, GraphOperator, GraphTensor } from '../graph/graph.ts';
import { sizeOf } from '../graph/operator-site.ts';
import { normalizeModel, toFloatGraph } from '../quantization/convert/to-float-graph.ts';
import { QuantizedModel } from '../quantization/quantized-model.ts';

/** What one operator costs for one example. */
export interface OperatorCost {
  /** Name of what it gives. */
  name: string;
  operator: string;
  /** Multiplications with an addition each. */
  macs: number;
  /** Bytes of its weights and biases. */
  weightBytes: number;
  /** Bytes that it reads and writes besides. */
  activationBytes: number;
}

/** What a network costs for one example. */
export interface ModelCost {
  operators: OperatorCost[];
  macs: number;
  weightBytes: number;
  activationBytes: number;
}

const BYTES: Record<GraphTensor['type'], number> = {
  float32: 4,
  float16: 2,
  int4: 0.5,
  int8: 1,
  int16: 2,
  int32: 4,
  int64: 8,
};

/** Bytes of a tensor. @internal */
export function bytesOf({ shape, type }: GraphTensor): number {
  return Math.ceil(sizeOf(shape) * BYTES[type]);
}

/** The network of anything that can be costed. @internal */
export function graphOf(model: tf.LayersModel | QuantizedModel): Graph {
  if (model instanceof QuantizedModel) return model.graph;
  const normalized = normalizeModel(model);
  try {
    return toFloatGraph(normalized);
  } finally {
    normalized.dispose();
  }
}

/**
 * Counts what one example costs: multiplications, and bytes that are moved.
 *
 * A convolution takes height·width·filters·k multiplications, k being the weights that make one output value; a dense
 * layer in·out. Bytes count every tensor once that an operator reads or writes.
 *
 * @param model - a model of TensorFlow.js, as the converter would write it in float32, or a {@link QuantizedModel}
 * @returns `{operators, macs, weightBytes, activationBytes}`
 * @throws ReaderError `layer-unsupported`, and those of models that cannot be read
 * @example
 * ```ts
 * import { evaluation, tf } from 'heavy-weights';
 *
 * const model = tf.sequential({
 *   layers: [tf.layers.conv2d({ filters: 20, kernelSize: 5, inputShape: [28, 28, 1] })],
 * });
 * const { macs, weightBytes } = evaluation.modelCost(model);
 * console.log(macs, weightBytes); // 288000 2080
 * ```
 * @see S. Williams, A. Waterman, D. Patterson, CACM 52(4), 2009, for why both count
 */
export function modelCost(model: tf.LayersModel | QuantizedModel): ModelCost {
  const { operators, tensors } = graphOf(model);
  const costs = operators.map((operator): OperatorCost => {
    const read = operator.inputs.filter((index) => index >= 0).map((index) => tensors[index]!);
    const output = tensors[operator.output]!;
    const sum = (group: GraphTensor[]): number =>
      group.reduce((all, each) => all + bytesOf(each), 0);
    return {
      name: output.name,
      operator: operator.code,
      macs: macsOf(operator, tensors),
      weightBytes: sum(read.filter(({ data }) => data)),
      activationBytes: sum(read.filter(({ data }) => !data)) + bytesOf(output),
    };
  });
  const total = (field: 'macs' | 'weightBytes' | 'activationBytes'): number =>
    costs.reduce((all, cost) => all + cost[field], 0);
  return {
    operators: costs,
    macs: total('macs'),
    weightBytes: total('weightBytes'),
    activationBytes: total('activationBytes'),
  };
}

function macsOf({ code, inputs, output }: GraphOperator, tensors: readonly GraphTensor[]): number {
  const size = sizeOf(tensors[output]!.shape);
  const filter = tensors[inputs[1] ?? -1];
  if (code === 'CONV_2D' || code === 'FULLY_CONNECTED') {
    return size * (sizeOf(filter!.shape) / filter!.shape[0]!);
  }
  if (code === 'DEPTHWISE_CONV_2D') return size * (sizeOf(filter!.shape) / filter!.shape.at(-1)!);
  return 0;
}
