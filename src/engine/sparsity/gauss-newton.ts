/**
 * What the Gauss–Newton matrix of a loss is made of. With z = f(x; w) and L = ℓ(z), the Hessian of the loss in the
 * weights is Σ Jᵀ·ℓ''·J + Σ ℓ'·∂²z/∂w². The second sum is dropped, as LeCun, Denker and Solla do in their
 * Levenberg–Marquardt form: what is left has no negative diagonal, and is the whole Hessian where z is linear in the
 * weights. With ℓ'' = Σ s·sᵀ it is Σ g·gᵀ over examples and seeds, g = ∂(sᵀz)/∂w. For a layer y = P·W with patches
 * P [positions, k] and δ = ∂(sᵀz)/∂y, g = Pᵀ·δ: one example at a time, shared weights summed over positions first.
 */
import * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../shared/reader-error.ts';
import { modelGraph, type LayerNode, type ModelGraph } from '../model-graph/model-graph.ts';
import { separateActivations } from '../model-graph/separate-activations.ts';
import { channelAffine, normalizesLastAxis } from '../quantization/fold-batch-norm.ts';
import { batchesOf, type Examples } from './curvature-examples.ts';
import { patchesOf } from './layer-patches.ts';
import { outputCurvature, type CurvatureLoss, type OutputCurvature } from './output-curvature.ts';
import { kernelMatrix, type KernelMatrix } from './kernel-matrices.ts';

/** One layer in one batch. Its tensors live until the visit ends. */
export interface LayerFactors {
  readonly kernel: KernelMatrix;
  readonly examples: number;
  /** Places at which one example uses the kernel. */
  readonly positions: number;
  /** Vectors propagated back: the seeds of the curvature, and the gradient of the loss last. */
  readonly signals: number;
  /** Pᵀ of one example, [k, positions]. */
  readonly patches: (example: number) => tf.Tensor2D;
  /** What the layer read; [examples, k] where there is one position. */
  readonly input: tf.Tensor;
  /** ∂(sᵀz)/∂y for each signal, [examples, positions, channels]. */
  readonly deltas: readonly tf.Tensor3D[];
}

/** A model taken apart for passes back from its outputs. */
export interface GaussNewton {
  /**
   * Calls `visit` for every batch with all layers that can be pruned, in order.
   *
   * @throws ReaderError `gradient-missing`
   */
  readonly forEachBatch: (
    examples: Examples,
    batchSize: number,
    visit: (layers: LayerFactors[]) => void,
  ) => void;
  /** Mean loss over the examples. */
  readonly meanLoss: (examples: Examples, batchSize: number) => number;
  readonly dispose: () => void;
}

/**
 * Takes a model apart; it is left as it is.
 *
 * @throws ReaderError `loss-unknown`, `output-not-one`, `output-not-classes`, `channels-first`, and those of models that cannot be read
 * @internal
 */
export function gaussNewton(model: tf.LayersModel, loss: CurvatureLoss): GaussNewton {
  const separated = separateActivations(model);
  try {
    return takeApart(separated, loss);
  } catch (error) {
    separated.dispose();
    throw error;
  }
}

function takeApart(separated: tf.LayersModel, loss: CurvatureLoss): GaussNewton {
  const graph = modelGraph(separated);
  graph.nodes.forEach(requireChannelsLast);
  const curvature = outputCurvature(graph, loss);
  const inBatches = (
    { inputs, targets, count }: Examples,
    batchSize: number,
    run: (batch: tf.Tensor[], targets: tf.Tensor) => void,
  ): void => {
    for (const [start, size] of batchesOf(count, batchSize)) {
      tf.tidy(() => {
        const batch = inputs.map((rows) => rows(start, size));
        run(batch, targets(start, size));
      });
    }
  };
  return {
    forEachBatch: (examples, batchSize, visit) => {
      inBatches(examples, batchSize, (batch, targets) =>
        visit(layerFactors(graph, curvature, batch, targets)),
      );
    },
    meanLoss: (examples, batchSize) => {
      let sum = 0;
      inBatches(examples, batchSize, (batch, targets) => {
        const z = runLayers(graph, batch, curvature.node)[curvature.node]!;
        sum += tf.sum(curvature.loss(z, targets)).dataSync()[0]!;
      });
      return sum / examples.count;
    },
    dispose: () => void separated.dispose(),
  };
}

function requireChannelsLast({ layer, name }: LayerNode): void {
  if (layer.getConfig()['dataFormat'] !== 'channelsFirst') return;
  throw new ReaderError({
    code: 'channels-first',
    explain: `The layer ${name} keeps its channels first; images are read as [height, width, channels].`,
    hint: "Build the model again with dataFormat 'channelsLast'.",
  });
}

/** The outputs of all nodes up to the last one wanted; `offsets` are added to what their nodes give. */
function runLayers(
  { nodes, inputs }: ModelGraph,
  batch: tf.Tensor[],
  last: number,
  offsets?: ReadonlyMap<number, tf.Tensor>,
): tf.Tensor[] {
  const values: tf.Tensor[] = [];
  for (const [index, node] of nodes.entries()) {
    if (index > last) break;
    if (node.className === 'InputLayer') {
      values.push(batch[inputs.indexOf(index)]!);
      continue;
    }
    const reads = node.inputs.map((input) => values[input]!);
    const y = isAffine(node) ? affine(node, reads[0]!) : call(node, reads);
    const offset = offsets?.get(index);
    values.push(offset ? tf.add(y, offset) : y);
  }
  return values;
}

function call({ layer }: LayerNode, reads: tf.Tensor[]): tf.Tensor {
  return layer.apply(reads.length === 1 ? reads[0]! : reads, { training: false }) as tf.Tensor;
}

/** TensorFlow.js has no gradient of a normalization without scale; a trained one is y = factor·x + shift. */
function isAffine(node: LayerNode): boolean {
  return node.className === 'BatchNormalization' && normalizesLastAxis(node);
}

function affine(node: LayerNode, x: tf.Tensor): tf.Tensor {
  const { factor, shift } = channelAffine(node);
  return tf.add(tf.mul(x, tf.tensor1d(factor)), tf.tensor1d(shift));
}

function layerFactors(
  graph: ModelGraph,
  { node: last, seed, gradient }: OutputCurvature,
  batch: tf.Tensor[],
  targets: tf.Tensor,
): LayerFactors[] {
  const values = runLayers(graph, batch, last);
  const z = values[last]!;
  const outputs = z.size / z.shape[0]!;
  const layers = [...graph.nodes.entries()].flatMap(([index, node]) => {
    const kernel = index <= last ? kernelMatrix(node) : undefined;
    return kernel ? [{ index, node, kernel }] : [];
  });
  // A zero added to what a layer gives: the gradient in it is δ, and no gradient of a kernel is computed.
  const offsets = layers.map(({ index }) => tf.zerosLike(values[index]!));
  const back = tf.grads((...given: tf.Tensor[]) => {
    const at = new Map(layers.map(({ index }, i) => [index, given[i]!]));
    return runLayers(graph, batch, last, at)[last]!;
  });
  const signals = Array.from({ length: outputs + 1 }, (_, s) =>
    tf.tidy(() =>
      propagate(back, offsets, s < outputs ? seed(z, s) : gradient(z, targets), layers),
    ),
  );
  return layers.map(({ index, node, kernel }, i) => {
    const examples = z.shape[0]!;
    const positions = values[index]!.size / examples / kernel.channels;
    const input = values[node.inputs[0]!]!;
    return {
      kernel,
      examples,
      positions,
      signals: outputs + 1,
      patches: patchesOf(kernel, input),
      input,
      deltas: signals.map(
        (signal) => signal[i]!.reshape([examples, positions, kernel.channels]) as tf.Tensor3D,
      ),
    };
  });
}

function propagate(
  back: (offsets: tf.Tensor[], signal: tf.Tensor) => tf.Tensor[],
  offsets: tf.Tensor[],
  signal: tf.Tensor,
  layers: readonly { node: LayerNode }[],
): tf.Tensor[] {
  try {
    return back(offsets, signal);
  } catch (error) {
    throw new ReaderError({
      code: 'gradient-missing',
      explain: `The loss cannot be propagated back to ${layers[0]!.node.name}: ${(error as Error).message}`,
      hint: 'Convolutions with a dilationRate above 1 have no gradient in TensorFlow.js, but for the first layer.',
    });
  }
}

/**
 * Gradients of the kernel, one example after the other: for all seeds [k, seeds·channels], and of the loss
 * [k, channels]. Both are disposed of after the visit.
 *
 * @internal
 */
export function forEachGradient(
  { deltas, kernel, positions, examples, patches }: LayerFactors,
  visit: (seeds: tf.Tensor2D, slope: tf.Tensor2D, example: number) => void,
): void {
  const { channels } = kernel;
  const values = deltas.map((delta) => delta.dataSync() as Float32Array);
  for (let example = 0; example < examples; example++) {
    const start = example * positions * channels;
    const own = values.map((each) => each.subarray(start, start + positions * channels));
    const [seed, slope] = tf.tidy((): [tf.Tensor2D, tf.Tensor2D] => {
      const columns = patches(example);
      const times = (delta: Float32Array): tf.Tensor2D =>
        tf.matMul(columns, tf.tensor2d(delta, [positions, delta.length / positions]));
      return [times(interleave(own.slice(0, -1), channels)), times(own.at(-1)!.slice())];
    });
    visit(seed, slope, example);
    tf.dispose([seed, slope]);
  }
}

/** Arrays of [positions, channels] side by side: [positions, arrays·channels]. */
function interleave(arrays: readonly Float32Array[], channels: number): Float32Array {
  const width = arrays.length * channels;
  const all = new Float32Array(arrays[0]!.length * arrays.length);
  for (const [s, array] of arrays.entries()) {
    for (let from = 0, to = s * channels; from < array.length; to += width - channels) {
      for (let j = 0; j < channels; j++) all[to++] = array[from++]!;
    }
  }
  return all;
}
