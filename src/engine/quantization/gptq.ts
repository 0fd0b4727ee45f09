import type * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../shared/reader-error.ts';
import { cholesky, inverseFromCholesky } from '../linear-algebra/cholesky.ts';
import { requireFiniteWeights } from '../model-graph/finite-weights.ts';
import { kernelViews } from '../model-graph/kernel-view.ts';
import { rebuildModel } from '../model-graph/rebuild-model.ts';
import { setKernel } from '../model-graph/replace-weights.ts';
import type { RepresentativeDataset } from '../model-graph/representative-dataset.ts';
import { requireNumber } from '../numerics/arguments.ts';
import { fromBlocks, layerStatistics, toBlocks, type LayerStatistics } from './layer-blocks.ts';
import {
  readWeightQuantization,
  weightScales,
  wholeGroupSize,
  type WeightQuantization,
} from './quantize-weights.ts';

/** How weights are rounded by what they do together. */
export interface GptqOptions extends WeightQuantization {
  /** Added to the diagonal of the Hessian, as a share of its mean; 0.01 unless told. */
  dampening?: number;
  /** Called when a layer is done, with its name. */
  onLayer?: (layer: string) => void;
}

/**
 * Rounds the kernels of a model one weight after the other, and lets the weights not yet rounded make up for the
 * error of each.
 *
 * For a layer with inputs x the error of its output is quadratic in the error of its weights, with the Hessian
 * H = 2·E[x·xᵀ] + λ·I. With U the upper Cholesky factor of H⁻¹, for each input i in turn:
 * q = round(wᵢ/s), e = (wᵢ − s·q)/Uᵢᵢ, and wⱼ ← wⱼ − e·Uᵢⱼ for all j > i. Layers are treated in order, each with the
 * inputs that the rounded layers before it give. Scales are those of {@link fakeQuantizeWeights}; those of groups
 * are taken when the group is reached.
 *
 * @param model - a built Sequential or functional model; it is left as it is
 * @param dataset - some hundred inputs like those the model will meet
 * @param options - `numBits` 2 … 8 (4 unless told), `granularity` ('per-channel' unless told), `dampening` (0.01
 *   unless told), `onLayer`
 * @returns a new model of the same layers and names, its kernels multiples of their scales
 * @throws ReaderError `weights-not-finite`, `not-an-integer-in-range`, `granularity-unknown`, and those of models
 *   and datasets that cannot be read
 * @example
 * ```ts
 * import { quantization, tf } from 'heavy-weights';
 *
 * const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2], useBias: false })] });
 * model.setWeights([tf.tensor2d([[1], [0.4]])]);
 * // Both inputs are nearly the same: what rounding the first adds, the second can take away.
 * const rounded = await quantization.gptq(model, function* () {
 *   yield tf.tensor2d([[1, 1], [2, 2.01]]);
 * }, { numBits: 2 });
 * console.log(Array.from(rounded.getWeights()[0]!.dataSync()).join(' ')); // 1 0
 * ```
 * @see E. Frantar et al., "GPTQ: Accurate Post-Training Quantization for Generative Pre-trained Transformers",
 *   ICLR 2023
 */
export async function gptq(
  model: tf.LayersModel,
  dataset: RepresentativeDataset,
  { dampening = 0.01, onLayer, ...options }: GptqOptions = {},
): Promise<tf.LayersModel> {
  const full = readWeightQuantization({ numBits: 4, ...options });
  requireNumber('dampening', dampening);
  const views = kernelViews(model);
  requireFiniteWeights(model);
  const rounded = rebuildModel(model);
  for (const view of views) {
    const statistics = await layerStatistics(view, model, rounded, dataset);
    const kernel = roundWithFeedback(view.values, statistics, full, dampening);
    setKernel(rounded.getLayer(view.name), kernel);
    onLayer?.(view.name);
  }
  return rounded;
}

/** A kernel [k, channels], rounded with the errors passed on. @internal */
export function roundWithFeedback(
  values: Float32Array,
  { blocks, k, m, gram }: Pick<LayerStatistics, 'blocks' | 'k' | 'm' | 'gram'>,
  options: Required<WeightQuantization>,
  dampening: number,
): Float32Array {
  const channels = blocks * m;
  const { granularity } = options;
  const groupSize = typeof granularity === 'object' ? wholeGroupSize(k, granularity.groupSize) : k;
  const { scales, qmax, perChannel } = weightScales(values, k, channels, {
    ...options,
    granularity: granularity === 'per-tensor' ? 'per-tensor' : 'per-channel',
  });
  const weights = toBlocks(values, blocks, k, m);
  for (let block = 0; block < blocks; block++) {
    const part = weights.subarray(block * k * m, (block + 1) * k * m);
    const factor = upperFactor(gram.subarray(block * k * k, (block + 1) * k * k), k, dampening);
    const own = Float32Array.from({ length: m }, (_, j) => scales[perChannel ? block * m + j : 0]!);
    roundBlock(part, factor, { k, m, groupSize, qmax, scales: own });
  }
  return fromBlocks(weights, blocks, k, m);
}

function roundBlock(
  weights: Float32Array,
  factor: Float64Array,
  part: { k: number; m: number; groupSize: number; qmax: number; scales: Float32Array },
): void {
  const { k, m, groupSize, qmax, scales } = part;
  const errors = new Float64Array(m);
  for (let i = 0; i < k; i++) {
    if (groupSize < k && i % groupSize === 0) {
      const group = weights.subarray(i * m, (i + groupSize) * m);
      const options = { numBits: Math.log2(qmax + 1) + 1, granularity: 'per-channel' as const };
      scales.set(weightScales(group, groupSize, m, options).scales);
    }
    const diagonal = factor[i * k + i]!;
    for (let j = 0; j < m; j++) {
      const weight = weights[i * m + j]!;
      const scale = scales[j]!;
      const code = Math.min(qmax, Math.max(-qmax, Math.round(weight / scale)));
      weights[i * m + j] = code * scale;
      errors[j] = (weight - code * scale) / diagonal;
    }
    for (let p = i + 1; p < k; p++) {
      const share = factor[i * k + p]!;
      if (share === 0) continue;
      const at = p * m;
      for (let j = 0; j < m; j++) weights[at + j] = weights[at + j]! - errors[j]! * share;
    }
  }
}

/** The upper triangle U with H⁻¹ = Uᵀ·U. */
function upperFactor(gram: Float64Array, k: number, dampening: number): Float64Array {
  let mean = 0;
  for (let i = 0; i < k; i++) mean += gram[i * k + i]! / k;
  // An input that is always 0 says nothing: its weight is rounded by itself.
  if (mean === 0) mean = 1;
  for (let share = dampening; share <= 1e6; share = Math.max(share * 10, 1e-8)) {
    const hessian = gram.slice();
    for (let i = 0; i < k; i++) hessian[i * k + i] = hessian[i * k + i]! + share * mean;
    const lower = cholesky(hessian, k);
    const inverse = lower && cholesky(inverseFromCholesky(lower, k), k);
    if (!inverse) continue;
    const upper = new Float64Array(k * k);
    for (let i = 0; i < k; i++) for (let j = 0; j <= i; j++) upper[j * k + i] = inverse[i * k + j]!;
    return upper;
  }
  throw new ReaderError({
    code: 'hessian-not-positive-definite',
    explain:
      'The inputs of a layer give no Hessian that can be inverted, however much is added to its diagonal.',
    hint: 'Look at the representative data: values beyond 1e18 overflow.',
  });
}
