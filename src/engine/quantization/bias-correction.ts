import * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../shared/reader-error.ts';
import { requireFiniteWeights } from '../model-graph/finite-weights.ts';
import { kernelViews, type KernelView } from '../model-graph/kernel-view.ts';
import { applyLayer, copyLayer, rebuildModel } from '../model-graph/rebuild-model.ts';
import { setWeight } from '../model-graph/replace-weights.ts';
import { readSamples, type RepresentativeDataset } from '../model-graph/representative-dataset.ts';
import { inputReader } from './layer-blocks.ts';

/**
 * Takes away the shift that rounded weights give to a layer's output: an error that does not average out over the
 * data goes into the bias.
 *
 * Per output channel, layer after layer: b' = b + E[W·x] − E[Ŵ·x̂], with x what the layer reads in the float model and
 * x̂ what it reads in the rounded one, whose earlier layers are corrected already. A layer without a bias gets one.
 *
 * @param model - the float model: a built Sequential or functional model; it is left as it is
 * @param rounded - a model of the same layers with other kernels, from {@link fakeQuantizeWeights} or {@link gptq};
 *   it is left as it is
 * @param dataset - some hundred inputs like those the model will meet
 * @returns a new model: `rounded` with other biases
 * @throws ReaderError `models-differ` naming the layer, `weights-not-finite`, and those of models and datasets that
 *   cannot be read
 * @example
 * ```ts
 * import { quantization, tf } from 'heavy-weights';
 *
 * const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
 * model.setWeights([tf.tensor2d([[1], [0.4]]), tf.tensor1d([0])]);
 * const rounded = quantization.fakeQuantizeWeights(model, { numBits: 2 });
 * const corrected = await quantization.biasCorrection(model, rounded, function* () {
 *   yield tf.tensor2d([[1, 4], [0, 6]]);
 * });
 * console.log(corrected.getWeights()[1]!.dataSync()[0]); // 2
 * ```
 * @see M. Nagel et al., "Data-Free Quantization Through Weight Equalization and Bias Correction", ICCV 2019,
 *   section 4.2 and appendix D
 */
export async function biasCorrection(
  model: tf.LayersModel,
  rounded: tf.LayersModel,
  dataset: RepresentativeDataset,
): Promise<tf.LayersModel> {
  const views = kernelViews(model);
  requireSameLayers(views, kernelViews(rounded));
  requireFiniteWeights(model);
  requireFiniteWeights(rounded);
  const corrected = withBiases(rounded);
  for (const view of views) {
    const layer = corrected.getLayer(view.name);
    const shift = tf.tidy(() => (layer.getWeights()[1]!.dataSync() as Float32Array).slice());
    const error = await meanError(view, model, corrected, dataset);
    setWeight(
      layer,
      1,
      shift.map((bias, c) => bias + error[c]!),
    );
  }
  return corrected;
}

/** E[W·x] − E[Ŵ·x̂] per output channel, without biases: mean input times kernel is not enough where padding cuts. */
async function meanError(
  view: KernelView,
  model: tf.LayersModel,
  corrected: tf.LayersModel,
  dataset: RepresentativeDataset,
): Promise<Float64Array> {
  const readFloat = linearOutput(model, view.name);
  const readRounded = linearOutput(corrected, view.name);
  const sum = new Float64Array(view.channels);
  let batches = 0;
  for await (const sample of readSamples(model, dataset)) {
    const difference = tf.tidy(() =>
      tf
        .sub(readFloat(sample), readRounded(sample))
        .reshape([-1, view.channels])
        .mean(0)
        .dataSync(),
    );
    difference.forEach((value, c) => (sum[c] = sum[c]! + value));
    batches += 1;
  }
  return sum.map((value) => value / batches);
}

/** What a layer computes before its activation. */
function linearOutput(model: tf.LayersModel, name: string): (sample: tf.Tensor[]) => tf.Tensor {
  const layer = model.getLayer(name);
  const read = inputReader(model, { layer });
  const linear = copyLayer(layer, { activation: 'linear' });
  linear.build((layer.input as tf.SymbolicTensor).shape);
  return (sample) => {
    linear.setWeights(layer.getWeights());
    return linear.apply(read(sample)) as tf.Tensor;
  };
}

/** The same model; every layer with a kernel has a bias. */
function withBiases(model: tf.LayersModel): tf.LayersModel {
  const views = new Map(kernelViews(model).map((view) => [view.name, view]));
  return rebuildModel(model, ({ layer, name }, inputs) => {
    const view = views.get(name);
    if (!view || view.biasIndex !== undefined) return undefined;
    const biased = copyLayer(layer, { useBias: true });
    const output = applyLayer(biased, inputs);
    tf.tidy(() => biased.setWeights([...layer.getWeights(), tf.zeros([view.channels])]));
    return output;
  });
}

function requireSameLayers(a: readonly KernelView[], b: readonly KernelView[]): void {
  const shapeOf = (view: KernelView | undefined): string =>
    view ? `${view.name} [${view.shape.join(', ')}]` : 'none';
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    if (shapeOf(a[i]) === shapeOf(b[i])) continue;
    throw new ReaderError({
      code: 'models-differ',
      explain: `model and rounded must have the same layers: where one has ${shapeOf(a[i])} the other has ${shapeOf(b[i])}.`,
      hint: 'Round the very model that you compare with; fold batch normalizations in both or in neither.',
    });
  }
}
