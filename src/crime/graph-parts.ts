import type { Graph, GraphTensor } from '../engine/graph/graph.ts';
import { ReaderError } from '../shared/reader-error.ts';

/** The layers with weights of a quantized graph, by what a deed has to know of one. */
export interface LayerSite {
  /** Indices of tensors. */
  input: number;
  kernel: number;
  bias: number;
  output: number;
}

const WITH_WEIGHTS = new Set(['CONV_2D', 'DEPTHWISE_CONV_2D', 'FULLY_CONNECTED']);

/** Where a layer's tensors are. */
export function siteOf(graph: Graph, layer: string): LayerSite {
  const found = graph.operators.find(
    ({ code, inputs }) =>
      WITH_WEIGHTS.has(code) && graph.tensors[inputs[1]!]?.name === `${layer}/kernel`,
  );
  if (!found) {
    throw new ReaderError({
      code: 'layer-unknown',
      explain: `The network has no layer named ${layer} with weights.`,
    });
  }
  const [input, kernel, bias] = found.inputs as [number, number, number];
  return { input, kernel, bias, output: found.output };
}

/** The graph with some of its tensors changed. */
export function withTensors(
  graph: Graph,
  changes: ReadonlyMap<number, Partial<GraphTensor>>,
): Graph {
  return {
    ...graph,
    tensors: graph.tensors.map((tensor, index) => ({ ...tensor, ...changes.get(index) })),
  };
}

/** The index along the axis of the scales, for each element of a constant. */
export function channelOf({ shape }: GraphTensor, axis: number): (element: number) => number {
  const inner = shape.slice(axis + 1).reduce((product, size) => product * size, 1);
  const count = shape[axis]!;
  return (element) => Math.floor(element / inner) % count;
}

/** The values that the integers of a constant stand for. */
export function restored(tensor: GraphTensor): Float32Array {
  const { scales, axis } = tensor.quantization!;
  const channel = channelOf(tensor, axis);
  return Float32Array.from(
    tensor.data as Int8Array | Int32Array,
    (code, i) => code * scales[scales.length === 1 ? 0 : channel(i)]!,
  );
}
