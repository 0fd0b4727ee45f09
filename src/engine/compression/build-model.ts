import * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../shared/reader-error.ts';
import { layerFrom } from './layer-config.ts';
import { topologyInvalid, type StoredLayer, type StoredTopology } from './model-topology.ts';

/** A weight that was read from a file. */
export interface StoredWeight {
  name: string;
  shape: number[];
  values: Float32Array;
}

type AddWeight = tf.layers.Layer['addWeight'];
type Variable = ReturnType<AddWeight>;
/** What adds weights: a layer or its cell. TensorFlow.js keeps the method to subclasses. */
interface Owner {
  name: string;
  addWeight?: AddWeight;
}

/**
 * Makes a model of a topology and its weights. Weights come into being with the values that were read, and layers may
 * ask for none but those: however many units a configuration claims, no other memory is taken. If anything is wrong,
 * what was made is disposed of.
 *
 * @param weights - for each layer those that its topology names, in that order
 * @throws ReaderError `compressed-topology`
 * @internal
 */
export function buildModel(
  topology: StoredTopology,
  weights: readonly (readonly StoredWeight[])[],
): tf.LayersModel {
  const made: Variable[] = [];
  try {
    const tensors: tf.SymbolicTensor[] = [];
    for (const [index, layer] of topology.layers.entries()) {
      const reads = layer.reads.map((read) => tensors[read]!);
      tensors.push(buildLayer(layer, reads, weights[index]!, made));
    }
    const pick = (indices: number[]): tf.SymbolicTensor[] => indices.map((each) => tensors[each]!);
    const model = tf.model({
      inputs: pick(topology.inputs),
      outputs: pick(topology.outputs),
      name: topology.name,
    });
    // A layer that nothing leads through would belong to no model, and nobody could dispose of it.
    if (model.layers.length === topology.layers.length) return model;
    throw topologyInvalid('There are layers that lead to no output.');
  } catch (error) {
    tf.dispose(made.map((variable) => variable.read()));
    if (error instanceof ReaderError) throw error;
    throw topologyInvalid(error instanceof Error ? error.message.slice(0, 200) : String(error));
  }
}

function buildLayer(
  stored: StoredLayer,
  reads: tf.SymbolicTensor[],
  weights: readonly StoredWeight[],
  made: Variable[],
): tf.SymbolicTensor {
  const name = stored.config['name'] as string;
  if (stored.class === 'InputLayer') {
    const { batchInputShape, dtype } = stored.config;
    return tf.input({ batchShape: batchInputShape as tf.Shape, dtype: dtype as 'float32', name });
  }
  const layer = layerFrom(stored.class, stored.config);
  const waiting = new Map(weights.map((weight) => [weight.name, weight]));
  // Recurrent layers keep their weights in a cell.
  const { cell } = layer as { cell?: tf.layers.Layer };
  const owners = (cell ? [layer, cell] : [layer]) as unknown as Owner[];
  for (const owner of owners) giveStored(owner, waiting, made);
  const output = layer.apply(reads.length === 1 ? reads[0]! : reads) as tf.SymbolicTensor;
  for (const owner of owners) delete owner.addWeight;
  if (waiting.size > 0 || weights.length !== layer.weights.length) {
    throw topologyInvalid(`The layer ${name} has other weights than the file.`);
  }
  if (Array.isArray(output)) throw topologyInvalid(`The layer ${name} has more than one output.`);
  return output;
}

/** Lets a layer add only weights that wait for it, each once and of its own shape. */
function giveStored(owner: Owner, waiting: Map<string, StoredWeight>, made: Variable[]): void {
  const addWeight = owner.addWeight!.bind(owner);
  // An own property goes before the method of the class, for this layer alone.
  owner.addWeight = (name, shape, dtype, _, regularizer, trainable, constraint) => {
    const weight = waiting.get(name);
    const isOfShape =
      weight?.shape.length === shape.length && weight.shape.every((size, i) => size === shape[i]);
    if (!isOfShape || (dtype ?? 'float32') !== 'float32') {
      throw topologyInvalid(
        `The layer ${owner.name} has a weight ${name} of shape [${shape.slice(0, 8).join(', ')}]; the file has ${weight ? `[${weight.shape.join(', ')}]` : 'none'}.`,
      );
    }
    waiting.delete(name);
    const values = tf.tensor(weight.values, weight.shape);
    const initializer = { apply: () => values } as never;
    try {
      const variable = addWeight(
        name,
        shape,
        'float32',
        initializer,
        regularizer,
        trainable,
        constraint,
      );
      made.push(variable);
      return variable;
    } finally {
      // The layer does so too, if it comes that far.
      values.dispose();
    }
  };
}
