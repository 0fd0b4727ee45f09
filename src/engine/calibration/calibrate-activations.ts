import type * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../shared/reader-error.ts';
import { layerOutputs, predictLayers } from '../model-graph/layer-outputs.ts';
import { modelGraph } from '../model-graph/model-graph.ts';
import { readSamples, type RepresentativeDataset } from '../model-graph/representative-dataset.ts';
import { requireFiniteArray } from '../numerics/arguments.ts';
import { MinMax } from './min-max-observer.ts';
import type { Observer } from './observer.ts';

/** What is watched, and how. */
export interface CalibrateOptions {
  /** Names of the layers whose outputs are watched. All unless told. */
  layers?: readonly string[];
  /** Makes the observer of one layer. {@link MinMax} unless told. */
  observer?: (layer: string) => Observer;
  /** Called after each batch with the number of batches so far. */
  onBatch?: (batches: number) => void;
}

/**
 * Runs a model on representative data and has an observer watch each layer's output.
 *
 * @param model - a built Sequential or functional model; it is left as it is
 * @param dataset - gives batches of inputs; each is disposed of after use
 * @param options - `layers` (all unless told), `observer` (MinMax unless told), `onBatch`
 * @returns the observer of each layer, by the layer's name; input layers are among them
 * @throws ReaderError `dataset-empty`, `dataset-constant` when every input value is the same,
 *   `sample-wrong-shape`, `sample-not-finite`, `value-not-finite` for a layer whose output is not,
 *   `layer-unknown`, and those of models that cannot be read
 * @example
 * ```ts
 * import { calibration, tf } from 'heavy-weights';
 *
 * const model = tf.sequential({
 *   layers: [tf.layers.dense({ units: 1, inputShape: [2], kernelInitializer: 'ones', name: 'sum' })],
 * });
 * const ranges = await calibration.calibrateActivations(model, function* () {
 *   yield tf.tensor2d([[1, 2], [3, -5]]);
 * });
 * console.log(ranges.get('sum')?.range()); // { min: -2, max: 3 }
 * ```
 * @see `representative_dataset`, tf.lite.TFLiteConverter
 */
export async function calibrateActivations(
  model: tf.LayersModel,
  dataset: RepresentativeDataset,
  { layers, observer = () => new MinMax(), onBatch }: CalibrateOptions = {},
): Promise<Map<string, Observer>> {
  const graph = modelGraph(model);
  const names = layers ?? graph.nodes.map(({ name }) => name);
  const inputs = graph.inputs.map((index) => graph.nodes[index]!.name);
  const watched = names.filter((name) => !inputs.includes(name));
  const observers = new Map(names.map((name) => [name, observer(name)]));
  const inputRanges = inputs.map(() => new MinMax());
  const outputs = watched.length > 0 ? layerOutputs(model, watched) : undefined;
  let batches = 0;
  for await (const sample of readSamples(model, dataset)) {
    for (const [index, name] of inputs.entries()) {
      const values = await sample[index]!.data();
      inputRanges[index]!.observe(values);
      observers.get(name)?.observe(values);
    }
    const found = outputs ? predictLayers(outputs, sample) : [];
    try {
      for (const [index, tensor] of found.entries()) {
        const values = await tensor.data();
        requireFiniteArray(`the output of ${watched[index]!}`, values);
        observers.get(watched[index]!)!.observe(values);
      }
    } finally {
      for (const tensor of found) tensor.dispose();
    }
    batches += 1;
    onBatch?.(batches);
  }
  inputRanges.forEach((range, index) => requireVaried(inputs[index]!, range));
  return observers;
}

function requireVaried(input: string, observed: MinMax): void {
  const { min, max } = observed.range();
  if (min < max) return;
  throw new ReaderError({
    code: 'dataset-constant',
    explain: `Every value that representativeDataset gave for the input ${input} is ${min}; such data show no range.`,
    hint: 'Look at how the batches are made: images not yet loaded are all zeros.',
  });
}
