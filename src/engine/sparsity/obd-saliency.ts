import * as tf from '@tensorflow/tfjs';
import { readExamples, type Targets } from './curvature-examples.ts';
import { forEachGradient, gaussNewton, type LayerFactors } from './gauss-newton.ts';
import type { CurvatureLoss } from './output-curvature.ts';
import { requireKnownOptions } from './known-options.ts';
import { kernelMatrices } from './kernel-matrices.ts';

/** How curvature is measured. */
export interface ObdOptions {
  /** 'categoricalCrossentropy' unless told. */
  loss?: CurvatureLoss;
  /** Examples that are worked on at once; 32 unless told. Says how much memory is taken, not what comes out. */
  batchSize?: number;
}

/** What deleting one weight would cost, for each weight of a kernel or bias, in its own order. */
export interface WeightSaliency {
  /** Curvature of the mean loss in each weight, 0 or more. */
  h: Float32Array;
  /** h·w²/2: the loss that deleting the weight adds, in the unit of the loss. */
  saliency: Float32Array;
  /** Slope of the mean loss in each weight, which the saliency takes to be 0, as at a minimum. */
  gradient: Float32Array;
}

/** The saliencies of one layer's kernel, and of its bias if it has one. */
export interface LayerSaliency extends WeightSaliency {
  layer: string;
  bias?: WeightSaliency;
}

/**
 * Estimates what deleting each weight would add to the loss, by how the loss bends around it: Optimal Brain Damage.
 *
 * s = h·w²/2, where h is the diagonal of the Hessian of the mean loss in its Gauss–Newton form, H = mean Jᵀ·ℓ''·J with
 * J = ∂z/∂w and ℓ'' the curvature of the loss in the network's outputs z: diag(p) − p·pᵀ for cross-entropy with
 * p = softmax(z), 2/D for the mean squared error of D outputs. The term that is dropped, Σ ℓ'·∂²z/∂w², is the one that
 * LeCun, Denker and Solla drop in their Levenberg–Marquardt form: without it no h is negative. The diagonal itself is
 * exact, with no sampling: one pass back for each output, and shared weights summed over their uses before squaring.
 *
 * Deletions are taken not to interact, and the loss to be at a minimum; `gradient` shows whether it is. The right
 * answers enter the gradient alone.
 *
 * @param model - a built Sequential or functional model with one output; it is left as it is
 * @param inputs - some hundred examples [n, …] that the model was trained on, or one tensor for each input
 * @param targets - for cross-entropy n class indices or a tensor [n, classes]; else a tensor of the output's shape
 * @param options - `loss` ('categoricalCrossentropy' unless told, or 'meanSquaredError'), `batchSize` (32 unless told)
 * @returns for each layer whose kernel can be pruned, in order: `{layer, h, saliency, gradient, bias}`
 * @throws ReaderError `no-examples`, `inputs-wrong-shape`, `labels-do-not-fit`, `label-not-a-class`,
 *   `targets-wrong-shape`, `output-not-classes`, `output-not-one`, `loss-unknown`, `gradient-missing`,
 *   `channels-first`, `nothing-to-prune`, `weights-not-finite`, `option-unknown`, and those of models that cannot be read
 * @example
 * ```ts
 * import { sparsity, tf } from 'heavy-weights';
 *
 * const model = tf.sequential({
 *   layers: [tf.layers.dense({ units: 1, inputShape: [2], useBias: false, name: 'a' })],
 * });
 * model.setWeights([tf.tensor2d([[3], [0.5]])]);
 * // The larger weight reads an input that hardly ever moves.
 * const x = tf.tensor2d([[0.1, 2], [-0.1, 2]]);
 * const [a] = sparsity.obdSaliency(model, x, model.predict(x) as tf.Tensor, { loss: 'meanSquaredError' });
 * console.log(Array.from(a!.saliency, (s) => s.toFixed(2)).join(' ')); // 0.09 1.00
 * ```
 * @see Y. LeCun, J. S. Denker, S. A. Solla, "Optimal Brain Damage", NIPS 2, 1990, sections 2 and 2.1
 */
export function obdSaliency(
  model: tf.LayersModel,
  inputs: tf.Tensor | tf.Tensor[],
  targets: Targets,
  options: ObdOptions = {},
): LayerSaliency[] {
  requireKnownOptions('obdSaliency', options, ['loss', 'batchSize'], '{ batchSize: 64 }');
  const { loss = 'categoricalCrossentropy', batchSize = 32 } = options;
  const kernels = kernelMatrices(model);
  const network = gaussNewton(model, loss);
  try {
    const examples = readExamples(model, inputs, targets, loss);
    const sums = kernels.map(({ values, channels }) => ({
      kernel: new Sums(values.length),
      bias: new Sums(channels),
    }));
    network.forEachBatch(examples, batchSize, (layers) => {
      layers.forEach((layer, i) => addLayer(layer, sums[i]!.kernel, sums[i]!.bias));
    });
    return kernels.map(({ name, values, bias: variable }, i) => {
      const { kernel, bias } = sums[i]!;
      const found = { layer: name, ...kernel.over(examples.count, values) };
      if (!variable) return found;
      const biases = variable.read().dataSync() as Float32Array;
      return { ...found, bias: bias.over(examples.count, biases) };
    });
  } finally {
    network.dispose();
  }
}

/** Sums over examples, in double precision. */
class Sums {
  readonly squares: Float64Array;
  readonly slopes: Float64Array;

  constructor(size: number) {
    this.squares = new Float64Array(size);
    this.slopes = new Float64Array(size);
  }

  over(count: number, weights: Float32Array): WeightSaliency {
    const h = new Float32Array(weights.length);
    const saliency = new Float32Array(weights.length);
    const gradient = new Float32Array(weights.length);
    for (let i = 0; i < weights.length; i++) {
      const [w, curvature] = [weights[i]!, this.squares[i]! / count];
      h[i] = curvature;
      saliency[i] = (curvature * w * w) / 2;
      gradient[i] = this.slopes[i]! / count;
    }
    return { h, saliency, gradient };
  }
}

function addLayer(layer: LayerFactors, kernel: Sums, bias: Sums): void {
  addBiases(layer, bias);
  if (layer.kernel.node.className === 'Dense' && layer.positions === 1) addDense(layer, kernel);
  else addShared(layer, kernel);
}

/** One use of each weight an example: g = a·δ, so that Σ g² = Σ a²·(Σ δ²) is one product of matrices. */
function addDense({ input, deltas, kernel, examples }: LayerFactors, sums: Sums): void {
  const { k, channels } = kernel;
  const rows = deltas.map((delta) => delta.reshape([examples, channels]) as tf.Tensor2D);
  const columns = tf.transpose(input.reshape([examples, k])) as tf.Tensor2D;
  const squares = tf.addN(rows.slice(0, -1).map((row) => tf.square(row))) as tf.Tensor2D;
  add(sums.squares, tf.matMul(tf.square(columns), squares));
  add(sums.slopes, tf.matMul(columns, rows.at(-1)!));
}

/** Weights shared by many positions: g = Pᵀ·δ for one example and all its signals at once, then squared. */
function addShared(layer: LayerFactors, { squares, slopes }: Sums): void {
  const { k, channels } = layer.kernel;
  let total: tf.Tensor2D[] = [];
  forEachGradient(layer, (seeds, slope) => {
    // Summed over the batch where the numbers lie: reading every product back takes longer than making it.
    const before = total;
    total = tf.tidy(() => {
      const own = [tf.square(seeds), slope.clone()];
      return before.length === 0 ? own : own.map((each, i) => tf.add(before[i]!, each));
    });
    tf.dispose(before);
  });
  const bySeed = total[0]!.dataSync();
  for (let from = 0, p = 0; p < k; p++) {
    for (let s = 1; s < layer.signals; s++) {
      for (let j = 0, to = p * channels; j < channels; j++, to++, from++) {
        squares[to] = squares[to]! + bySeed[from]!;
      }
    }
  }
  add(slopes, total[1]!);
}

function addBiases({ deltas, kernel, signals }: LayerFactors, { squares, slopes }: Sums): void {
  const values = deltas.map((delta) => tf.sum(delta, 1).dataSync());
  const { channels } = kernel;
  for (const [signal, of] of values.entries()) {
    for (let i = 0; i < of.length; i++) {
      const to = i % channels;
      if (signal < signals - 1) squares[to] = squares[to]! + of[i]! * of[i]!;
      else slopes[to] = slopes[to]! + of[i]!;
    }
  }
}

function add(sums: Float64Array, tensor: tf.Tensor): void {
  const values = tensor.dataSync();
  for (let i = 0; i < values.length; i++) sums[i] = sums[i]! + values[i]!;
}
