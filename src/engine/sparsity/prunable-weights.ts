import type * as tf from '@tensorflow/tfjs';
import type { Variable } from '../model-graph/wrapping-layer.ts';

/** A weight that is pruned. */
export interface PrunableWeight {
  /** As its layer calls it: `kernel`, `recurrentKernel`, … */
  name: string;
  variable: Variable;
}

type Holder = Record<string, unknown>;

/** Fields that hold what is pruned in a layer of each class; [] where pruning passes it by. */
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
  DepthwiseConv2D: [],
  LayerNormalization: [],
};

const RECURRENT = new Set(['GRU', 'LSTM', 'RNN', 'SimpleRNN']);
const CELLS = new Set(['GRUCell', 'LSTMCell', 'SimpleRNNCell']);
const CELL_FIELDS = ['kernel', 'recurrentKernel'];

/**
 * What pruning does with a layer: `prunes` its weights, `passes` it by (nothing in it is to be pruned), or is
 * `unsupported`.
 *
 * @internal
 */
export function pruningOf(layer: tf.layers.Layer): 'prunes' | 'passes' | 'unsupported' {
  const className = layer.getClassName();
  const fields = FIELDS[className];
  if (fields) return fields.length > 0 ? 'prunes' : 'passes';
  if (RECURRENT.has(className)) {
    // A wrapped layer has one output, and nobody could reset the states in it.
    const { returnState } = layer as unknown as Holder;
    const isKnown = cellsOf(layer).every((cell) => CELLS.has(cell.getClassName()));
    return isKnown && !returnState && !layer.stateful ? 'prunes' : 'unsupported';
  }
  return layer.weights.length > 0 ? 'unsupported' : 'passes';
}

/** The weights of a built layer that are pruned. @internal */
export function prunableWeights(layer: tf.layers.Layer): PrunableWeight[] {
  const take = (holder: object, name: string, title = name): PrunableWeight => ({
    name: title,
    variable: (holder as Holder)[name] as Variable,
  });
  const fields = FIELDS[layer.getClassName()];
  if (fields) return fields.map((name) => take(layer, name));
  const cells = cellsOf(layer);
  return cells.flatMap((cell, index) =>
    CELL_FIELDS.map((name) => take(cell, name, cells.length > 1 ? `${name}${index + 1}` : name)),
  );
}

/** Classes of layers whose weights can be pruned, for messages. @internal */
export const PRUNABLE_CLASSES: readonly string[] = [
  ...Object.keys(FIELDS).filter((name) => FIELDS[name]!.length > 0),
  ...RECURRENT,
];

function cellsOf(layer: tf.layers.Layer): tf.layers.Layer[] {
  const { cell } = layer as unknown as { cell: tf.layers.Layer & { cells?: tf.layers.Layer[] } };
  return cell.cells ?? [cell];
}
