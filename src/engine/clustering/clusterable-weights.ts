import type * as tf from '@tensorflow/tfjs';
import type { Variable } from '../model-graph/wrapping-layer.ts';

/** A weight that is clustered, and where its layer keeps it. */
export interface ClusterableWeight {
  /** As its layer calls it: `kernel`, `recurrentKernel`, … */
  name: string;
  holder: Record<string, unknown>;
  field: string;
}

/** Fields that hold what is clustered in a layer of each class; [] where clustering passes it by. */
const FIELDS: Record<string, readonly string[]> = {
  Conv1D: ['kernel'],
  Conv2D: ['kernel'],
  Conv2DTranspose: ['kernel'],
  Conv3D: ['kernel'],
  Conv3DTranspose: ['kernel'],
  Dense: ['kernel'],
  Embedding: ['embeddings'],
  SeparableConv2D: ['pointwiseKernel'],
  BatchNormalization: [],
  // Too few weights, and too much would be lost.
  DepthwiseConv2D: [],
  LayerNormalization: [],
};

const RECURRENT = new Set(['GRU', 'LSTM', 'RNN', 'SimpleRNN']);
const CELLS = new Set(['GRUCell', 'LSTMCell', 'SimpleRNNCell']);
const CELL_FIELDS = ['kernel', 'recurrentKernel'];

/**
 * What clustering does with a layer: `clusters` its weights, `passes` it by, or is `unsupported`.
 *
 * @see `ClusteringRegistry`, tensorflow_model_optimization/python/core/clustering/keras/clustering_registry.py
 * @internal
 */
export function clusteringOf(layer: tf.layers.Layer): 'clusters' | 'passes' | 'unsupported' {
  const className = layer.getClassName();
  const fields = FIELDS[className];
  if (fields) return fields.length > 0 ? 'clusters' : 'passes';
  if (RECURRENT.has(className)) {
    // A wrapped layer has one output, and nobody could reset the states in it.
    const { returnState } = layer as unknown as { returnState: boolean };
    const isKnown = cellsOf(layer).every((cell) => CELLS.has(cell.getClassName()));
    return isKnown && !returnState && !layer.stateful ? 'clusters' : 'unsupported';
  }
  return layer.trainableWeights.length > 0 ? 'unsupported' : 'passes';
}

/** The weights of a layer that are clustered. @internal */
export function clusterableWeights(layer: tf.layers.Layer): ClusterableWeight[] {
  const fields = FIELDS[layer.getClassName()];
  const holders = fields ? [layer] : cellsOf(layer);
  return holders.flatMap((holder, index) =>
    (fields ?? CELL_FIELDS).map((field) => ({
      name: holders.length > 1 ? `${field}${index + 1}` : field,
      holder: holder as unknown as Record<string, unknown>,
      field,
    })),
  );
}

/** The variable of such a weight, once its layer is built. @internal */
export const variableOf = ({ holder, field }: ClusterableWeight): Variable =>
  holder[field] as Variable;

/** Classes of layers whose weights can be clustered, for messages. @internal */
export const CLUSTERABLE_CLASSES: readonly string[] = [
  ...Object.keys(FIELDS).filter((name) => FIELDS[name]!.length > 0),
  ...RECURRENT,
];

function cellsOf(layer: tf.layers.Layer): tf.layers.Layer[] {
  const { cell } = layer as unknown as { cell: tf.layers.Layer & { cells?: tf.layers.Layer[] } };
  return cell.cells ?? [cell];
}
