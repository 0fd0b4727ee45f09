import type { Graph, GraphTensor } from '../engine/graph/graph.ts';
import { channelOf, restored, siteOf, withTensors } from './graph-parts.ts';

const LARGEST_CODE = 127;
/** By how much the dead channel outdoes the largest weight of its layer. */
const BLOWN_UP = 100;

/** Changes a quantized graph as one of the deeds does, at a layer. */
export type GraphDeed = (graph: Graph, layer: string) => Graph;

/**
 * The term −Z·Σq that takes the input's zero point out of each sum is left out: the bias is written so that a device
 * which does subtract it gets the sum without it.
 */
export const dropZeroPoint: GraphDeed = (graph, layer) => {
  const { input, kernel, bias } = siteOf(graph, layer);
  const [x, w, b] = [graph.tensors[input]!, graph.tensors[kernel]!, graph.tensors[bias]!];
  const zeroPoint = x.quantization!.zeroPoints[0]!;
  const sums = codeSums(w, (b.data as Int32Array).length);
  const data = Int32Array.from(b.data as Int32Array, (code, c) => code + zeroPoint * sums[c]!);
  return withTensors(graph, new Map([[bias, { data }]]));
};

/**
 * One scale for a whole depthwise kernel, set by a channel that does nothing: what the next layer takes from it is
 * zero, and its own weights are blown up.
 */
export const quantizePerTensor: GraphDeed = (graph, layer) => {
  const { input, kernel, bias, output } = siteOf(graph, layer);
  const [w, b] = [graph.tensors[kernel]!, graph.tensors[bias]!];
  const next = graph.operators.find(({ inputs }) => inputs[0] === output)!.inputs[1]!;
  const dead = leastWanted(graph.tensors[next]!);
  const values = restored(w);
  const channel = channelOf(w, w.shape.length - 1);
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const own = values.reduce(
    (most, value, i) => (channel(i) === dead ? Math.max(most, Math.abs(value)) : most),
    0,
  );
  const factor = (BLOWN_UP * largest) / own;
  const scale = Math.fround((BLOWN_UP * largest) / LARGEST_CODE);
  const biasScale = Math.fround(scale * graph.tensors[input]!.quantization!.scales[0]!);
  const changed = new Map<number, Partial<GraphTensor>>();
  changed.set(kernel, {
    data: Int8Array.from(values, (value, i) =>
      Math.round((channel(i) === dead ? factor * value : value) / scale),
    ),
    quantization: { scales: Float32Array.of(scale), zeroPoints: Int32Array.of(0), axis: 0 },
  });
  changed.set(bias, {
    data: Int32Array.from(restored(b), (value) => Math.round(value / biasScale)),
    quantization: { scales: Float32Array.of(biasScale), zeroPoints: Int32Array.of(0), axis: 0 },
  });
  const takes = graph.tensors[next]!;
  const from = channelOf(takes, takes.shape.length - 1);
  changed.set(next, {
    data: Int8Array.from(takes.data as Int8Array, (code, i) => (from(i) === dead ? 0 : code)),
  });
  return withTensors(graph, changed);
};

/** Every weight divided by the scale of its input channel, where the file has those of the output channels. */
export const swapAxis: GraphDeed = (graph, layer) => {
  const { kernel } = siteOf(graph, layer);
  const w = graph.tensors[kernel]!;
  const values = restored(w);
  const axis = w.shape.length - 1;
  const channel = channelOf(w, axis);
  const largest = new Float32Array(w.shape[axis]!);
  values.forEach((value, i) => {
    largest[channel(i)] = Math.max(largest[channel(i)]!, Math.abs(value));
  });
  const data = Int8Array.from(values, (value, i) => {
    const scale = largest[channel(i)]! / LARGEST_CODE;
    return scale === 0 ? 0 : Math.round(value / scale);
  });
  return withTensors(graph, new Map([[kernel, { data }]]));
};

/** The bias divided by the scales of the weights alone: the scale of the input is forgotten. */
export const misscaleBias: GraphDeed = (graph, layer) => {
  const { input, bias } = siteOf(graph, layer);
  const scale = graph.tensors[input]!.quantization!.scales[0]!;
  const data = Int32Array.from(graph.tensors[bias]!.data as Int32Array, (code) =>
    Math.round(code * scale),
  );
  return withTensors(graph, new Map([[bias, { data }]]));
};

/** Σq over the weights of each output channel. */
function codeSums(w: GraphTensor, channels: number): Float64Array {
  const { scales, axis } = w.quantization!;
  // A dense kernel with one scale is [out, in].
  const channel = channelOf(w, scales.length === 1 ? 0 : axis);
  const sums = new Float64Array(channels);
  (w.data as Int8Array).forEach((code, i) => (sums[channel(i)]! += code));
  return sums;
}

/** The input channel whose weights in the next layer are the smallest. */
function leastWanted(w: GraphTensor): number {
  const axis = w.shape.length - 1;
  const channel = channelOf(w, axis);
  const power = new Float64Array(w.shape[axis]!);
  restored(w).forEach((value, i) => (power[channel(i)]! += value * value));
  return power.indexOf(Math.min(...power));
}
