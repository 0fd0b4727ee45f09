import type * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../shared/reader-error.ts';
import type { GraphTensor, TensorData } from '../graph/graph.ts';
import { runGraph } from '../graph/run-graph.ts';
import { layerOutputs, predictLayers } from '../model-graph/layer-outputs.ts';
import { modelGraph } from '../model-graph/model-graph.ts';
import { readSamples, type RepresentativeDataset } from '../model-graph/representative-dataset.ts';
import { normalizeModel } from '../quantization/convert/to-float-graph.ts';
import { QuantizedModel } from '../quantization/quantized-model.ts';

/** How far one layer's output is from that of the float model. */
export interface LayerError {
  layer: string;
  /** Mean squared error. */
  mse: number;
  /** Signal to noise, in dB. */
  sqnr: number;
  /** Root of the mean squared error in steps of the output; about 0.29 for rounding alone. Undefined for floats. */
  errorInSteps: number | undefined;
  /** What the layer adds by itself to the noise in dB: the SQNR of what it reads, less its own. */
  sqnrLoss: number;
}

/** Sums over all values of one layer. */
interface Tally {
  signal: number;
  noise: number;
  count: number;
  scale: number | undefined;
}

/**
 * Compares a quantized model with its float model layer by layer, on data: which layer hurts?
 *
 * For the outputs y of a layer and ŷ of its quantized one, both fed the model's own inputs: MSE = mean((y − ŷ)²),
 * SQNR = 10·log₁₀(Σy²/Σ(y − ŷ)²). Errors add up from layer to layer; `sqnrLoss` is what is lost between what the layer
 * reads and what it gives: large where the layer itself is to blame.
 *
 * @param model - the float model: a built Sequential or functional model; it is left as it is
 * @param quantized - a {@link QuantizedModel} of it, or a model of the same layers with other weights
 * @param dataset - some inputs like those the model will meet
 * @returns one entry a layer that both have, in the order in which they run; those that became part of another
 *   operator are left out
 * @throws ReaderError `no-common-layers`, and those of models and datasets that cannot be read
 * @example
 * ```ts
 * import { evaluation, quantization, tf } from 'heavy-weights';
 *
 * const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2], name: 'a', useBias: false })] });
 * model.setWeights([tf.tensor2d([[7], [3.3]])]);
 * const rounded = quantization.fakeQuantizeWeights(model, { numBits: 4 });
 * const [a] = await evaluation.perLayerError(model, rounded, function* () {
 *   yield tf.tensor2d([[0, 1], [1, 0]]);
 * });
 * console.log(a!.layer, a!.mse.toFixed(3)); // a 0.045
 * ```
 * @see `QuantizationDebugger`, tf.lite.experimental
 */
export async function perLayerError(
  model: tf.LayersModel,
  quantized: tf.LayersModel | QuantizedModel,
  dataset: RepresentativeDataset,
): Promise<LayerError[]> {
  const isNetwork = quantized instanceof QuantizedModel;
  // The network has activations apart and normalizations folded: the float model is brought to the same layers.
  const float = isNetwork ? normalizeModel(model) : model;
  try {
    const { nodes } = modelGraph(float);
    const known = isNetwork
      ? new Set(quantized.graph.tensors.filter(({ data }) => !data).map(({ name }) => name))
      : new Set(modelGraph(quantized).nodes.map(({ name }) => name));
    const names = nodes
      .filter(({ className, name }) => className !== 'InputLayer' && known.has(name))
      .map(({ name }) => name);
    if (names.length === 0) throw noCommonLayers();
    const tallies = new Map<string, Tally>();
    const outputs = layerOutputs(float, names);
    const compare = isNetwork ? networkOutputs(quantized, names) : layersOutputs(quantized, names);
    for await (const sample of readSamples(model, dataset)) {
      const wanted = predictLayers(outputs, sample);
      try {
        const values = wanted.map((tensor) => tensor.dataSync());
        compare(sample, (index, part, start, scale) => {
          tally(tallies, names[index]!, values[index]!, part, start, scale);
        });
      } finally {
        for (const tensor of wanted) tensor.dispose();
      }
    }
    const sqnrOf = (name: string): number => {
      const { signal, noise } = tallies.get(name)!;
      return noise === 0 ? Infinity : 10 * Math.log10(signal / noise);
    };
    return names.map((layer) => {
      const { noise, count, scale } = tallies.get(layer)!;
      const mse = noise / count;
      const node = nodes.find(({ name }) => name === layer)!;
      const read = node.inputs
        .map((index) => nodes[index]!.name)
        .filter((name) => tallies.has(name));
      const before = Math.min(...read.map(sqnrOf), Infinity);
      const sqnr = sqnrOf(layer);
      return {
        layer,
        mse,
        sqnr,
        errorInSteps: scale === undefined ? undefined : Math.sqrt(mse) / scale,
        sqnrLoss: before === sqnr ? 0 : before - sqnr,
      };
    });
  } finally {
    if (isNetwork) float.dispose();
  }
}

/** Told, for each layer and example, the values and where in the batch they begin. */
type Visit = (index: number, part: ArrayLike<number>, start: number, scale?: number) => void;
type Compare = (sample: tf.Tensor[], visit: Visit) => void;

function layersOutputs(model: tf.LayersModel, names: readonly string[]): Compare {
  const outputs = layerOutputs(model, names);
  return (sample, visit) => {
    predictLayers(outputs, sample).forEach((tensor, index) => {
      visit(index, tensor.dataSync(), 0);
      tensor.dispose();
    });
  };
}

function networkOutputs({ graph, prepared }: QuantizedModel, names: readonly string[]): Compare {
  const at = names.map((name) =>
    graph.tensors.findIndex((tensor) => tensor.name === name && !tensor.data),
  );
  return (sample, visit) => {
    const inputs = sample.map((tensor) => tensor.dataSync() as TensorData);
    runGraph(prepared, inputs, (example) => {
      at.forEach((tensor, index) => {
        const described = graph.tensors[tensor]!;
        const values = realValues(described, prepared.buffers[tensor]!);
        visit(index, values, example * values.length, described.quantization?.scales[0]);
      });
    });
  };
}

function realValues({ quantization }: GraphTensor, data: TensorData): Float32Array {
  if (!quantization) return data as Float32Array;
  const [scale, zeroPoint] = [quantization.scales[0]!, quantization.zeroPoints[0]!];
  return Float32Array.from(data as Int8Array, (q) => scale * (q - zeroPoint));
}

function tally(
  tallies: Map<string, Tally>,
  name: string,
  wanted: ArrayLike<number>,
  part: ArrayLike<number>,
  start: number,
  scale: number | undefined,
): void {
  const sums = tallies.get(name) ?? { signal: 0, noise: 0, count: 0, scale };
  tallies.set(name, sums);
  for (let i = 0; i < part.length; i++) {
    const value = wanted[start + i]!;
    sums.signal += value * value;
    sums.noise += (value - part[i]!) ** 2;
  }
  sums.count += part.length;
}

function noCommonLayers(): ReaderError {
  return new ReaderError({
    code: 'no-common-layers',
    explain: 'model and quantized have no layer of the same name.',
    hint: 'Compare a model with what was made from it.',
  });
}
