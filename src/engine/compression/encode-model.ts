import type * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../shared/reader-error.ts';
import { requireFiniteWeights } from '../model-graph/finite-weights.ts';
import { modelGraph } from '../model-graph/model-graph.ts';
import { describe, requireInteger } from '../numerics/arguments.ts';
import { requireKnownOptions } from '../sparsity/known-options.ts';
import type { StoredWeight } from './build-model.ts';
import { writeCompressed } from './compressed-file.ts';
import { topologyOf, type StoredTopology } from './model-topology.ts';

/** Options of {@link encodeModel}. */
export interface EncodeModelOptions {
  /** Huffman codes where they are shorter than integers of a fixed width; true unless told. */
  huffman?: boolean;
  /** Bits of a gap between weights that are not 0, 2 … 8: the best for each tensor unless told. */
  indexBits?: number;
}

/**
 * Writes a model into the fewest bytes that give it back bit for bit: layers and weights, with a checksum.
 *
 * Each tensor is tried in four ways and stored in the shortest: as float32; *clustered*, a codebook of the values that
 * occur and the number of its entry for each weight; *sparse*, the weights that are not 0 with the gaps between them;
 * and *sparse and clustered*, which is Deep Compression. Gaps and numbers are written with a fixed width or as a
 * Huffman code, tables included, and gaps in as many bits, 2 … 8, as make the file shortest. Nothing is rounded: a
 * model that was neither pruned nor clustered does not shrink. −0 counts as a weight that is not 0.
 *
 * @param model - a built Sequential or functional model of layers of TensorFlow.js, in float32; it is left as it is.
 *   Optimizer, loss and initializers are not stored
 * @param options - `huffman` and `indexBits`
 * @returns the bytes of a file
 * @throws ReaderError `layer-unsupported` (for a layer that wraps another, say which strip takes it off),
 *   `layer-config-unsupported`, `weights-not-finite`, `weights-not-float32`, `option-not-boolean`, `option-unknown`,
 *   `not-an-integer-in-range`, and those of models that cannot be read
 * @example
 * ```ts
 * import { compression, createRng, tf } from 'heavy-weights';
 *
 * const model = tf.sequential({ layers: [tf.layers.dense({ units: 100, inputShape: [100], useBias: false })] });
 * const rng = createRng(1);
 * const weights = Float32Array.from({ length: 10000 }, () => Math.max(0, rng.integer(-16, 4)) / 8);
 * model.setWeights([tf.tensor(weights, [100, 100])]); // four of 21 weights are not 0
 * const bytes = compression.encodeModel(model);
 * console.log(Math.floor(40000 / bytes.length)); // 23
 * const decoded = compression.decodeModel(bytes).getWeights()[0]!.dataSync();
 * console.log(weights.every((weight, i) => weight === decoded[i])); // true
 * ```
 * @see S. Han, H. Mao, W. Dally, "Deep Compression", ICLR 2016, sections 2 to 4
 */
export function encodeModel(
  model: tf.LayersModel,
  options: EncodeModelOptions = {},
): Uint8Array<ArrayBuffer> {
  requireKnownOptions('encodeModel', options, ['huffman', 'indexBits'], '{ huffman: false }');
  const { huffman = true, indexBits } = options;
  if (typeof huffman !== 'boolean') {
    throw new ReaderError({
      code: 'option-not-boolean',
      explain: `the option huffman must be true or false; it is ${describe(huffman)}.`,
    });
  }
  if (indexBits !== undefined) requireInteger('indexBits', indexBits, 2, 8);
  const { topology, weights } = storedModel(model);
  const stream = huffman ? 'shortest' : 'fixed';
  return writeCompressed(topology, weights, { stream, ...(indexBits && { indexBits }) });
}

/** A model in parts: its topology, and for each layer of it the weights. @internal */
export function storedModel(model: tf.LayersModel): {
  topology: StoredTopology;
  weights: StoredWeight[][];
} {
  const graph = modelGraph(model);
  const topology = topologyOf(model.name, graph);
  requireFiniteWeights(model);
  const weights = graph.nodes.map(({ layer, name }, index) =>
    layer.getWeights().map((tensor, i): StoredWeight => {
      const values = tensor.dataSync();
      if (tensor.dtype !== 'float32') {
        throw new ReaderError({
          code: 'weights-not-float32',
          explain: `The layer ${name} holds weights of type ${tensor.dtype}; only float32 can be stored.`,
        });
      }
      return {
        name: topology.layers[index]!.weights[i]!,
        shape: tensor.shape,
        values: values as Float32Array,
      };
    }),
  );
  return { topology, weights };
}
