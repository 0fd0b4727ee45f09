/**
 * A layer as least squares: its output is X·W for patches X [rows, k] and a kernel W [k, m], once for Dense and
 * convolutions, once for each input channel of a depthwise convolution. Methods that choose the rounding of a
 * kernel by what it does to the layer's output need only XᵀX, and not X.
 */
import * as tf from '@tensorflow/tfjs';
import { makePatchCopier } from '../graph/kernels/patches.ts';
import { placeWindow, type SlidingWindow } from '../graph/kernels/window.ts';
import type { KernelView } from '../model-graph/kernel-view.ts';
import { readSamples, type RepresentativeDataset } from '../model-graph/representative-dataset.ts';
import type { LayerNode } from '../model-graph/model-graph.ts';

/** What a layer's inputs say about its kernel, in double precision. */
export interface LayerStatistics {
  /** 1, or the number of input channels of a depthwise convolution. */
  blocks: number;
  /** Weights to one output of one block. */
  k: number;
  /** Output channels of one block. */
  m: number;
  /** Patches seen. */
  rows: number;
  /** Mean of x̂·x̂ᵀ for each block: [blocks, k, k]. */
  gram: Float64Array;
  /** Mean of x̂·yᵀ, y being what the float layer gives for its own input: [blocks, k, m]. */
  cross: Float64Array;
  /** Mean of ‖y‖². */
  power: number;
}

interface ConvConfig {
  strides: [number, number];
  padding: string;
  dilationRate: [number, number];
}

/** What a layer reads in a model: one batch of it. @internal */
export function inputReader(
  model: tf.LayersModel,
  { layer }: Pick<LayerNode, 'layer'>,
): (sample: tf.Tensor[]) => tf.Tensor {
  const input = layer.input as tf.SymbolicTensor;
  const given = model.inputs.findIndex(({ id }) => id === input.id);
  if (given >= 0) return (sample) => sample[given]!.clone();
  const part = tf.model({ inputs: model.inputs, outputs: input });
  return (sample) => part.predict(sample.length === 1 ? sample[0]! : sample) as tf.Tensor;
}

/**
 * Goes through the data once with both models, and gathers what the layer's inputs say.
 *
 * @param view - the layer in the float model
 * @param quantized - the model whose layers before this one are rounded already
 * @internal
 */
export async function layerStatistics(
  view: KernelView,
  model: tf.LayersModel,
  quantized: tf.LayersModel,
  dataset: RepresentativeDataset,
): Promise<LayerStatistics> {
  const readFloat = inputReader(model, view);
  const readRounded = inputReader(quantized, { layer: quantized.getLayer(view.name) });
  const isDepthwise = view.node.className === 'DepthwiseConv2D';
  const blocks = isDepthwise ? view.shape[2]! : 1;
  const { k } = view;
  const m = view.channels / blocks;
  const kernel = tf.tensor3d(toBlocks(view.values, blocks, k, m), [blocks, k, m]);
  const gram = new Float64Array(blocks * k * k);
  const cross = new Float64Array(blocks * k * m);
  let rows = 0;
  let power = 0;
  try {
    for await (const sample of readSamples(model, dataset)) {
      const [gramSum, crossSum, square, count] = tf.tidy(() => {
        const x = patchesOf(view, readFloat(sample), blocks);
        const rounded = patchesOf(view, readRounded(sample), blocks);
        const columns = tf.transpose(rounded, [0, 2, 1]);
        const wanted = tf.matMul(x, kernel);
        return [
          tf.matMul(columns, rounded).dataSync(),
          tf.matMul(columns, wanted).dataSync(),
          tf.sum(tf.square(wanted)).dataSync()[0]!,
          x.shape[1]!,
        ] as const;
      });
      gramSum.forEach((value, i) => (gram[i] = gram[i]! + value));
      crossSum.forEach((value, i) => (cross[i] = cross[i]! + value));
      power += square;
      rows += count;
    }
  } finally {
    kernel.dispose();
  }
  return {
    blocks,
    k,
    m,
    rows,
    gram: gram.map((value) => value / rows),
    cross: cross.map((value) => value / rows),
    power: power / rows,
  };
}

/** [k, blocks·m] → [blocks, k, m]. @internal */
export function toBlocks<T extends Float32Array | Int8Array>(
  values: T,
  blocks: number,
  k: number,
  m: number,
): T {
  if (blocks === 1) return values.slice() as T;
  const moved = values.slice() as T;
  for (let p = 0, i = 0; p < k; p++) {
    for (let b = 0; b < blocks; b++) {
      for (let j = 0; j < m; j++, i++) moved[(b * k + p) * m + j] = values[i]!;
    }
  }
  return moved;
}

/** [blocks, k, m] → [k, blocks·m]. @internal */
export function fromBlocks<T extends Float32Array | Int8Array>(
  values: T,
  blocks: number,
  k: number,
  m: number,
): T {
  if (blocks === 1) return values.slice() as T;
  const moved = values.slice() as T;
  for (let p = 0, i = 0; p < k; p++) {
    for (let b = 0; b < blocks; b++) {
      for (let j = 0; j < m; j++, i++) moved[i] = values[(b * k + p) * m + j]!;
    }
  }
  return moved;
}

/** What a layer multiplies with its kernel: [blocks, rows, k]. */
function patchesOf(view: KernelView, input: tf.Tensor, blocks: number): tf.Tensor3D {
  const { className, layer } = view.node;
  const { k } = view;
  if (className === 'Dense') return input.reshape([1, -1, k]) as tf.Tensor3D;
  const isSeries = className === 'Conv1D';
  const shape = isSeries ? [input.shape[0]!, 1, ...input.shape.slice(1)] : input.shape;
  const [height, width] = isSeries ? [1, view.shape[0]!] : [view.shape[0]!, view.shape[1]!];
  const config = layer.getConfig() as unknown as ConvConfig;
  const window = windowOf(shape as number[], height, width, config, isSeries);
  const channels = shape[3]!;
  const rowLength = window.outWidth * height * width * channels;
  const patches = new Float32Array(rowLength * window.outHeight * window.batch);
  const line = new Float32Array(rowLength);
  const copy = makePatchCopier(window, input.dataSync() as Float32Array, line, 0);
  for (let r = 0; r < window.batch * window.outHeight; r++) {
    copy(Math.floor(r / window.outHeight), r % window.outHeight);
    patches.set(line, r * rowLength);
  }
  if (blocks === 1) return tf.tensor3d(patches, [1, patches.length / k, k]);
  return tf.transpose(tf.tensor3d(patches, [patches.length / (k * blocks), k, blocks]), [2, 0, 1]);
}

function windowOf(
  [batch, inHeight, inWidth, channels]: number[],
  height: number,
  width: number,
  config: ConvConfig,
  isSeries: boolean,
): SlidingWindow {
  const along = (rate: number | number[] | undefined, axis: number): number =>
    Array.isArray(rate) ? (rate[isSeries ? 0 : axis] ?? rate[0]!) : (rate ?? 1);
  const padding = config.padding === 'same' ? 'SAME' : 'VALID';
  const strideHeight = isSeries ? 1 : along(config.strides, 0);
  const strideWidth = along(config.strides, 1);
  const dilationHeight = isSeries ? 1 : along(config.dilationRate, 0);
  const dilationWidth = along(config.dilationRate, 1);
  const down = placeWindow(padding, inHeight!, (height - 1) * dilationHeight + 1, strideHeight);
  const across = placeWindow(padding, inWidth!, (width - 1) * dilationWidth + 1, strideWidth);
  return {
    batch: batch!,
    inHeight: inHeight!,
    inWidth: inWidth!,
    channels: channels!,
    outHeight: down.out,
    outWidth: across.out,
    height,
    width,
    strideHeight,
    strideWidth,
    dilationHeight,
    dilationWidth,
    top: down.before,
    left: across.before,
  };
}
