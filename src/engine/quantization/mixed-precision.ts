import * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../shared/reader-error.ts';
import { requireFiniteWeights } from '../model-graph/finite-weights.ts';
import { kernelViews, type KernelView } from '../model-graph/kernel-view.ts';
import { rebuildModel } from '../model-graph/rebuild-model.ts';
import { setKernel } from '../model-graph/replace-weights.ts';
import { readSamples, type RepresentativeDataset } from '../model-graph/representative-dataset.ts';
import { requireArray, requireInteger } from '../numerics/arguments.ts';
import { fakeQuantizeWeights } from './fake-quantize-weights.ts';
import {
  dequantizeKernel,
  quantizeKernel,
  readWeightQuantization,
  type Granularity,
} from './quantize-weights.ts';

/** What bits may be given, and how many in all. */
export interface MixedPrecisionOptions {
  /** For kernels, their scales and biases together. */
  budgetBytes: number;
  /** Bits to choose from, each 2 … 8; [2, 4, 8] unless told. */
  choices?: readonly number[];
  /** 'per-channel' unless told. */
  granularity?: Granularity;
  /** Called when a layer has been measured. */
  onLayer?: (layer: string) => void;
}

/** What one layer costs at one number of bits. */
export interface LayerSensitivity {
  layer: string;
  numBits: number;
  /** Packed kernel, float32 scales and biases. */
  bytes: number;
  /** Mean squared error of the model's outputs with only this layer rounded. */
  error: number;
}

/** Bits for every layer, and what they were chosen from. */
export interface MixedPrecision {
  /** By the layer's name: what {@link fakeQuantizeWeights} takes as `bits`. */
  bits: Record<string, number>;
  bytes: number;
  /** Sum of the layers' errors. */
  error: number;
  sensitivity: LayerSensitivity[];
  /** The model with its kernels rounded so. */
  model: tf.LayersModel;
}

/**
 * Gives each layer as many bits as it is worth under a budget of bytes.
 *
 * Minimises Σ e(l, b_l) subject to Σ bytes(l, b_l) ≤ budget, where e(l, b) is the mean squared error of the model's
 * outputs on the data with layer l alone rounded to b bits. That errors add up is an assumption; under it the choice
 * is the best there is: of all combinations those that another beats in both bytes and error are dropped, layer by
 * layer, and none else.
 *
 * @param model - a built Sequential or functional model; it is left as it is
 * @param dataset - some hundred inputs like those the model will meet
 * @param options - `budgetBytes`, `choices` ([2, 4, 8] unless told), `granularity` ('per-channel' unless told), `onLayer`
 * @returns `bits` by layer, `bytes`, `error`, the `sensitivity` of each layer at each choice, and the `model`
 * @throws ReaderError `budget-too-small` with the smallest possible; `weights-not-finite`,
 *   `not-an-integer-in-range`, and those of models and datasets that cannot be read
 * @example
 * ```ts
 * import { quantization, tf } from 'heavy-weights';
 *
 * const model = tf.sequential({
 *   layers: [
 *     tf.layers.dense({ units: 8, inputShape: [8], useBias: false, name: 'a', kernelInitializer: 'identity' }),
 *     tf.layers.dense({ units: 1, useBias: false, name: 'b' }),
 *   ],
 * });
 * const { bits } = await quantization.mixedPrecision(model, function* () {
 *   yield tf.randomUniform([16, 8], -1, 1, 'float32', 3);
 * }, { budgetBytes: 60 });
 * // The identity loses nothing in two bits; what is saved goes to b.
 * console.log(bits); // { a: 2, b: 8 }
 * ```
 * @see Z. Dong et al., "HAWQ: Hessian AWare Quantization of Neural Networks with Mixed-Precision", ICCV 2019, for the
 *   problem; H. Kellerer, U. Pferschy, D. Pisinger, "Knapsack Problems", chapter 11, for its solution
 */
export async function mixedPrecision(
  model: tf.LayersModel,
  dataset: RepresentativeDataset,
  options: MixedPrecisionOptions,
): Promise<MixedPrecision> {
  const { budgetBytes, choices = [2, 4, 8], granularity = 'per-channel', onLayer } = options ?? {};
  requireInteger('budgetBytes', budgetBytes, 1, Number.MAX_SAFE_INTEGER);
  requireArray('choices', choices);
  choices.forEach((bits, i) => requireInteger(`choices[${i}]`, bits, 2, 8));
  const views = kernelViews(model);
  requireFiniteWeights(model);
  const sensitivity = await measure(model, views, dataset, { choices, granularity, onLayer });
  const best = choose(views, sensitivity, budgetBytes);
  return {
    ...best,
    sensitivity,
    model: fakeQuantizeWeights(model, { granularity, bits: best.bits }),
  };
}

async function measure(
  model: tf.LayersModel,
  views: readonly KernelView[],
  dataset: RepresentativeDataset,
  {
    choices,
    granularity,
    onLayer,
  }: {
    choices: readonly number[];
    granularity: Granularity;
    onLayer: ((layer: string) => void) | undefined;
  },
): Promise<LayerSensitivity[]> {
  const found: LayerSensitivity[] = [];
  const trial = rebuildModel(model);
  for (const view of views) {
    const layer = trial.getLayer(view.name);
    for (const numBits of choices) {
      const weights = readWeightQuantization({ numBits, granularity });
      const kernel = quantizeKernel(view.values, view.k, view.channels, weights);
      setKernel(layer, dequantizeKernel(kernel, view.channels));
      found.push({
        layer: view.name,
        numBits,
        bytes: bytesOf(view, numBits, kernel.scales.length),
        error: await outputError(model, trial, dataset),
      });
    }
    setKernel(layer, view.values);
    onLayer?.(view.name);
  }
  trial.dispose();
  return found;
}

/** Packed kernel, float32 scales, float32 biases. */
function bytesOf(
  { values, channels, biasIndex }: KernelView,
  numBits: number,
  scales: number,
): number {
  const biases = biasIndex === undefined ? 0 : channels;
  return Math.ceil((values.length * numBits) / 8) + 4 * (scales + biases);
}

/** Mean squared difference of all outputs over the data. */
async function outputError(
  model: tf.LayersModel,
  trial: tf.LayersModel,
  dataset: RepresentativeDataset,
): Promise<number> {
  let sum = 0;
  let count = 0;
  for await (const sample of readSamples(model, dataset)) {
    const inputs = sample.length === 1 ? sample[0]! : sample;
    const [squares, size] = tf.tidy(() => {
      const wanted = [model.predict(inputs)].flat();
      const given = [trial.predict(inputs)].flat();
      const errors = wanted.map((y, i) => tf.squaredDifference(y, given[i]!).sum());
      return [
        tf.addN(errors).dataSync()[0]!,
        wanted.reduce((total, y) => total + y.size, 0),
      ] as const;
    });
    sum += squares;
    count += size;
  }
  return sum / count;
}

interface Combination {
  bits: Record<string, number>;
  bytes: number;
  error: number;
}

function choose(
  views: readonly KernelView[],
  sensitivity: readonly LayerSensitivity[],
  budget: number,
): Combination {
  let combinations: Combination[] = [{ bits: {}, bytes: 0, error: 0 }];
  for (const { name } of views) {
    const options = sensitivity.filter(({ layer }) => layer === name);
    combinations = undominated(
      combinations.flatMap(({ bits, bytes, error }) =>
        options.map((option) => ({
          bits: { ...bits, [name]: option.numBits },
          bytes: bytes + option.bytes,
          error: error + option.error,
        })),
      ),
    );
  }
  const best = combinations.filter(({ bytes }) => bytes <= budget).at(-1);
  if (best) return best;
  throw new ReaderError({
    code: 'budget-too-small',
    explain: `budgetBytes is ${budget}; with the fewest bits of choices everywhere the weights still take ${combinations[0]!.bytes} bytes.`,
    hint: 'Raise the budget, allow fewer bits, or make the model smaller first: prune channels.',
  });
}

/** Sorted by bytes, each with less error than all that are smaller. */
function undominated(combinations: Combination[]): Combination[] {
  const sorted = combinations.sort((a, b) => a.bytes - b.bytes || a.error - b.error);
  const kept: Combination[] = [];
  for (const each of sorted) {
    if (kept.length === 0 || each.error < kept.at(-1)!.error) kept.push(each);
  }
  return kept;
}
