import type * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../shared/reader-error.ts';
import { modelGraph, type LayerNode } from './model-graph.ts';

/**
 * The kernel of a layer as a matrix [k, channels]: k weights make one output channel. TensorFlow.js keeps the
 * output channel last in Dense [in, out], Conv1D and Conv2D [height, width, in, out], and the channels of
 * DepthwiseConv2D [height, width, in, multiplier] last too, so the values need not move.
 */
export interface KernelView {
  readonly node: LayerNode;
  readonly name: string;
  readonly layer: tf.layers.Layer;
  /** Its own shape. */
  readonly shape: readonly number[];
  /** Weights to one output channel. */
  readonly k: number;
  readonly channels: number;
  /** A copy of the values, row-major in [k, channels]. */
  readonly values: Float32Array;
  /** Position of the bias among the layer's weights; undefined when it has none. */
  readonly biasIndex: number | undefined;
}

const WITH_KERNEL = new Set(['Conv1D', 'Conv2D', 'Dense', 'DepthwiseConv2D']);

/** The kernel of one layer, or undefined where it has none that is quantized. @internal */
export function kernelView(node: LayerNode): KernelView | undefined {
  const { layer, className, name } = node;
  if (!WITH_KERNEL.has(className)) return undefined;
  const [kernel, bias] = layer.getWeights();
  const { shape } = kernel!;
  const channels = className === 'DepthwiseConv2D' ? shape.at(-1)! * shape.at(-2)! : shape.at(-1)!;
  const values = kernel!.dataSync() as Float32Array;
  return {
    node,
    name,
    layer,
    shape,
    channels,
    k: values.length / channels,
    values: values.slice(),
    biasIndex: bias ? 1 : undefined,
  };
}

/** The kernels of a model, in the order in which its layers run. @internal */
export function kernelViews(model: tf.LayersModel): KernelView[] {
  return modelGraph(model)
    .nodes.map(kernelView)
    .filter((view) => view !== undefined);
}

/** Each of the names must be that of a layer with a kernel. @internal */
export function requireKnown(names: readonly string[], views: readonly KernelView[]): void {
  const known = views.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new ReaderError({
    code: 'layer-unknown',
    explain: `The model has no layer ${unknown} with weights that can be quantized.`,
    elaborate: `Those that can are ${known.join(', ')}.`,
  });
}
