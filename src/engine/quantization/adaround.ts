import * as tf from '@tensorflow/tfjs';
import { requireFiniteWeights } from '../model-graph/finite-weights.ts';
import { kernelViews } from '../model-graph/kernel-view.ts';
import { rebuildModel } from '../model-graph/rebuild-model.ts';
import { setKernel } from '../model-graph/replace-weights.ts';
import type { RepresentativeDataset } from '../model-graph/representative-dataset.ts';
import { requireInteger, requireNumber } from '../numerics/arguments.ts';
import { fromBlocks, layerStatistics, toBlocks, type LayerStatistics } from './layer-blocks.ts';
import {
  readWeightQuantization,
  weightScales,
  type WeightQuantization,
} from './quantize-weights.ts';

/** How rounding up or down is learned. */
export interface AdaRoundOptions extends WeightQuantization {
  /** Steps of Adam a layer; 500 unless told. */
  iterations?: number;
  /** Of Adam; 0.01 unless told. */
  learningRate?: number;
  /** Weight of the term that drives every weight to a side; 0.01 unless told. */
  regularization?: number;
  /** Called when a layer is done, with its name and the mean squared error of its outputs, rounded either way. */
  onLayer?: (layer: string, errors: { nearest: number; learned: number }) => void;
}

/** The stretch of the rectified sigmoid: it reaches 0 and 1 for finite arguments. */
const ZETA = 1.1;
const GAMMA = -0.1;
/** Share of the steps before the regularization sets in. */
const WARM_UP = 0.2;
const BETA_START = 20;
const BETA_END = 2;

/**
 * Learns for every weight whether to round it up or down, so that the layer's output changes least.
 *
 * ŵ = s·clamp(⌊w/s⌋ + h(v), −q, q) with h(v) = clamp(1.2·σ(v) − 0.1, 0, 1). Adam minimises over v
 * E‖W·x − Ŵ·x̂‖² + λ·Σ(1 − |2h − 1|^β): x̂ is what the rounded layers before give, and β falls from 20 to 2, which
 * drives each h to 0 or 1. The error is taken before the activation and over all of the data at once, through
 * E[x̂x̂ᵀ]. A layer for which rounding to nearest does better on the data keeps that.
 *
 * @param model - a built Sequential or functional model; it is left as it is
 * @param dataset - some hundred inputs like those the model will meet
 * @param options - `numBits` 2 … 8 (4 unless told), `granularity` ('per-channel' unless told), `iterations` (500
 *   unless told), `learningRate`, `regularization`, `onLayer`
 * @returns a new model of the same layers and names, its kernels multiples of their scales, none more than one step
 *   from the weight
 * @throws ReaderError `weights-not-finite`, `not-an-integer-in-range`, `granularity-unknown`, and those of models
 *   and datasets that cannot be read
 * @example
 * ```ts
 * import { quantization, tf } from 'heavy-weights';
 *
 * const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [3], useBias: false })] });
 * model.setWeights([tf.tensor2d([[1], [0.45], [0.35]])]);
 * // To nearest both small weights vanish; with inputs that go together, one of them should not.
 * const rounded = await quantization.adaRound(model, function* () {
 *   yield tf.tensor2d([[0, 1, 1], [0.1, 2, 2]]);
 * }, { numBits: 2 });
 * const [, a, b] = rounded.getWeights()[0]!.dataSync();
 * console.log(a! + b!); // 1
 * ```
 * @see M. Nagel et al., "Up or Down? Adaptive Rounding for Post-Training Quantization", ICML 2020
 */
export async function adaRound(
  model: tf.LayersModel,
  dataset: RepresentativeDataset,
  options: AdaRoundOptions = {},
): Promise<tf.LayersModel> {
  const { iterations = 500, learningRate = 0.01, regularization = 0.01, onLayer } = options;
  const { numBits = 4, granularity = 'per-channel' } = options;
  const full = readWeightQuantization({ numBits, granularity });
  requireInteger('iterations', iterations, 1, 1e6);
  requireNumber('learningRate', learningRate);
  requireNumber('regularization', regularization);
  const views = kernelViews(model);
  requireFiniteWeights(model);
  const rounded = rebuildModel(model);
  for (const view of views) {
    const statistics = await layerStatistics(view, model, rounded, dataset);
    const settings = { iterations, learningRate, regularization };
    const { kernel, errors } = learnRounding(view.values, statistics, full, settings);
    setKernel(rounded.getLayer(view.name), kernel);
    onLayer?.(view.name, errors);
  }
  return rounded;
}

interface Settings {
  iterations: number;
  learningRate: number;
  regularization: number;
}

/** Rounds one kernel [k, channels]. */
function learnRounding(
  values: Float32Array,
  statistics: LayerStatistics,
  options: Required<WeightQuantization>,
  settings: Settings,
): { kernel: Float32Array; errors: { nearest: number; learned: number } } {
  const { blocks, k, m } = statistics;
  const { scales, qmax, perChannel, groupSize } = weightScales(values, k, blocks * m, options);
  const channels = blocks * m;
  const scaleAt = values.map((_, i) => {
    const group = Math.floor(i / (channels * groupSize)) * channels;
    return scales[perChannel ? group + (i % channels) : 0]!;
  });
  const steps = toBlocks(
    values.map((w, i) => w / scaleAt[i]!),
    blocks,
    k,
    m,
  );
  const scale = toBlocks(scaleAt, blocks, k, m);
  const clampCode = (code: number): number => Math.min(qmax, Math.max(-qmax, code));

  const error = outputError(statistics);
  const nearest = steps.map((x, i) => clampCode(Math.round(x)) * scale[i]!);
  const up = learnUp(steps, scale, statistics, qmax, settings);
  const learned = steps.map(
    (x, i) => clampCode(Math.floor(x) + (up[i]! >= 0.5 ? 1 : 0)) * scale[i]!,
  );
  const errors = { nearest: error(nearest), learned: error(learned) };
  const best = errors.learned < errors.nearest ? learned : nearest;
  return { kernel: fromBlocks(best, blocks, k, m), errors };
}

/** h(v) of every weight after the last step. */
function learnUp(
  steps: Float32Array,
  scale: Float32Array,
  { blocks, k, m, gram, cross }: LayerStatistics,
  qmax: number,
  { iterations, learningRate, regularization }: Settings,
): Float32Array {
  const n = steps.length;
  const floors = steps.map(Math.floor);
  // h begins at the fraction, so that training begins at the weights as they are.
  const v = steps.map((x, i) => {
    const h = Math.min(0.9999, Math.max(0.0001, x - floors[i]!));
    return -Math.log((ZETA - GAMMA) / (h - GAMMA) - 1);
  });
  const h = new Float32Array(n);
  const kernel = new Float32Array(n);
  const slope = new Float32Array(n);
  const mean = new Float32Array(n);
  const square = new Float32Array(n);
  // In units of a step and of the mean of the diagonal: then 1 is what a whole step costs in a typical weight.
  const unit = 1 / typicalCost(scale, gram, blocks, k);
  const gramTensor = tf.tensor3d(Float32Array.from(gram), [blocks, k, k]);
  const crossValues = Float32Array.from(cross);
  for (let t = 1; t <= iterations; t++) {
    for (let i = 0; i < n; i++) {
      const sigmoid = 1 / (1 + Math.exp(-v[i]!));
      const stretched = sigmoid * (ZETA - GAMMA) + GAMMA;
      h[i] = stretched < 0 ? 0 : stretched > 1 ? 1 : stretched;
      const code = floors[i]! + h[i]!;
      const inside = code >= -qmax && code <= qmax && stretched > 0 && stretched < 1;
      slope[i] = inside ? sigmoid * (1 - sigmoid) * (ZETA - GAMMA) : 0;
      kernel[i] = (code < -qmax ? -qmax : code > qmax ? qmax : code) * scale[i]!;
    }
    if (t === iterations) break;
    const product = tf.tidy(() =>
      tf.matMul(gramTensor, tf.tensor3d(kernel, [blocks, k, m])).dataSync(),
    );
    const progress = (t / iterations - WARM_UP) / (1 - WARM_UP);
    const beta = BETA_END + (BETA_START - BETA_END) * 0.5 * (1 + Math.cos(Math.PI * progress));
    const correction = Math.sqrt(1 - 0.999 ** t) / (1 - 0.9 ** t);
    for (let i = 0; i < n; i++) {
      let gradient = (product[i]! - crossValues[i]!) * scale[i]! * unit;
      if (progress > 0) {
        const side = 2 * h[i]! - 1;
        gradient -= regularization * 2 * beta * Math.sign(side) * Math.abs(side) ** (beta - 1);
      }
      gradient *= slope[i]!;
      mean[i] = 0.9 * mean[i]! + 0.1 * gradient;
      square[i] = 0.999 * square[i]! + 0.001 * gradient * gradient;
      v[i] = v[i]! - (learningRate * correction * mean[i]!) / (Math.sqrt(square[i]!) + 1e-8);
    }
  }
  gramTensor.dispose();
  return h;
}

function typicalCost(scale: Float32Array, gram: Float64Array, blocks: number, k: number): number {
  let diagonal = 0;
  for (let b = 0; b < blocks; b++) {
    for (let i = 0; i < k; i++) diagonal += gram[(b * k + i) * k + i]! / (blocks * k);
  }
  const square = scale.reduce((sum, s) => sum + s * s, 0) / scale.length;
  return diagonal * square || 1;
}

/** E‖W·x − Ŵ·x̂‖² as a function of Ŵ: Σ ŵᵀGŵ − 2ŵᵀc, and E‖W·x‖². */
function outputError({
  blocks,
  k,
  m,
  gram,
  cross,
  power,
}: LayerStatistics): (kernel: Float32Array) => number {
  return (kernel) =>
    tf.tidy(() => {
      const weights = tf.tensor3d(kernel, [blocks, k, m]);
      const product = tf
        .matMul(tf.tensor3d(Float32Array.from(gram), [blocks, k, k]), weights)
        .dataSync();
      let sum = power;
      for (let i = 0; i < kernel.length; i++) sum += kernel[i]! * (product[i]! - 2 * cross[i]!);
      return sum;
    });
}
