import type * as tf from '@tensorflow/tfjs';
import { requireInteger } from '../numerics/arguments.ts';
import { codeTensor, type TensorMethod } from './coded-tensor.ts';
import { readCompressed, type FileWeight } from './compressed-file.ts';
import { mostWeights, type DecodeModelOptions } from './decode-model.ts';
import { encodeModel } from './encode-model.ts';
import { storedPositions } from './value-types.ts';

/** How one kernel is compressed: a row of Tables 2 and 3 of Deep Compression. */
export interface CompressionRow {
  /** Name of the layer; of layers with several kernels `layer/kernel`. */
  layer: string;
  /** How the kernel is stored. */
  method: TensorMethod;
  weights: number;
  /** Share of the weights that are not 0: 0 … 1. −0 is not 0 here: it must be stored. */
  kept: number;
  /** What the file holds: all weights, or those that are not 0 and the fillers. */
  entries: number;
  /** Zeros that the file holds because a gap was too large. */
  fillers: number;
  /** Entries of the codebook; 0 where weights are stored as float32. */
  codebook: number;
  /** Bits of a weight: 32, or those of its number in the codebook. */
  weightBits: number;
  /** The same as a Huffman code, on average; without the table. */
  weightBitsHuffman: number;
  /** Bits of a gap, as many as make {@link bytesFixed} least; 0 where no gaps are stored. */
  indexBits: number;
  /** Bits of a gap as a Huffman code, on average; without the table. */
  indexBitsHuffman: number;
  /** Bytes with codebook and fixed widths: pruning and quantization, "P+Q". */
  bytesFixed: number;
  /** Bytes with codebook, and Huffman codes with their tables where they pay: "P+Q+H". */
  bytesHuffman: number;
  /** {@link bytesFixed} over the 4 bytes a weight of float32. */
  shareFixed: number;
  /** {@link bytesHuffman} over the 4 bytes a weight of float32. */
  shareHuffman: number;
}

/**
 * Says for every kernel of a compressed model what its weights and their places take, before Huffman coding and after.
 *
 * All bytes are counted on what is written: codebooks at 4 bytes an entry, Huffman tables, fillers. With n weights, a
 * entries of b index and c weight bits and k codebook entries, `bytesFixed` ≈ a(b + c)/8 + 4k. Biases and
 * normalizations are in no row. Average lengths of Huffman words stand without their tables, as in the paper. Gaps have one
 * width without Huffman codes and another with them, each the best; the paper keeps to one.
 *
 * @param compressed - a file of {@link encodeModel}, or a model, which is encoded first
 * @param options - `maxWeights`, as of {@link decodeModel}
 * @returns a row for each tensor of two or more dimensions, in the order of the layers
 * @throws ReaderError those of {@link decodeModel} for bytes, of {@link encodeModel} for a model
 * @example
 * ```ts
 * import { compression, tf } from 'heavy-weights';
 *
 * const model = tf.sequential({ layers: [tf.layers.dense({ units: 40, inputShape: [20], name: 'a' })] });
 * const kernel = Float32Array.from({ length: 800 }, (_, i) => (i % 8 === 0 ? Math.sign((i % 3) - 0.5) / 4 : 0));
 * model.setWeights([tf.tensor(kernel, [20, 40]), tf.zeros([40])]);
 * const [row] = compression.compressionReport(model);
 * console.log(row!.method, row!.kept, row!.weightBits, row!.indexBits); // sparse-clustered 0.125 1 3
 * console.log(row!.indexBitsHuffman, row!.bytesFixed, row!.bytesHuffman); // 1 65 43
 * ```
 * @see S. Han, H. Mao, W. Dally, "Deep Compression", ICLR 2016, tables 2 and 3
 */
export function compressionReport(
  compressed: Uint8Array | tf.LayersModel,
  options: DecodeModelOptions = {},
): CompressionRow[] {
  const maxWeights = mostWeights('compressionReport', options);
  const bytes = compressed instanceof Uint8Array ? compressed : encodeModel(compressed);
  const { topology, weights } = readCompressed(bytes, maxWeights);
  return topology.layers.flatMap(({ config }, index) => {
    const layer = config['name'] as string;
    const kernels = weights[index]!.filter(({ shape }) => shape.length > 1);
    return kernels.map((kernel) =>
      rowOf(kernels.length === 1 ? layer : `${layer}/${kernel.name}`, kernel),
    );
  });
}

function rowOf(layer: string, { values, method, indexBits }: FileWeight): CompressionRow {
  // Wide gaps cost a Huffman code little: without it other widths are best, and it would be unfair to hold to these.
  const fixed = codeTensor(values, { method, stream: 'fixed' });
  const coding = { method, ...(indexBits > 0 && { indexBits }) };
  const huffman = codeTensor(values, { ...coding, stream: 'huffman' });
  const shortest = codeTensor(values, { ...coding, stream: 'shortest' });
  const weights = values.length;
  return {
    layer,
    method,
    weights,
    kept: storedPositions(values).length / weights,
    entries: huffman.entries,
    fillers: huffman.fillers,
    codebook: huffman.codebookEntries,
    weightBits: fixed.indices?.bitsEach ?? 32,
    weightBitsHuffman: huffman.indices?.bitsEach ?? 32,
    indexBits: fixed.indexBits,
    indexBitsHuffman: huffman.gaps?.bitsEach ?? 0,
    bytesFixed: fixed.bytes.length,
    bytesHuffman: shortest.bytes.length,
    shareFixed: fixed.bytes.length / (4 * weights),
    shareHuffman: shortest.bytes.length / (4 * weights),
  };
}

/**
 * Adds up the rows of a report: the last line of the paper's tables.
 *
 * Weights, entries and bytes are sums; `kept` is over all weights; bits are means over the entries of all rows.
 *
 * @param rows - of {@link compressionReport}, one at least
 * @returns a row with the layer `total`; its `method` is that of most of the weights
 * @throws ReaderError `not-an-integer-in-range` when there are no rows
 * @example
 * ```ts
 * import { compression, tf } from 'heavy-weights';
 *
 * const { dense } = tf.layers;
 * const model = tf.sequential({ layers: [dense({ units: 4, inputShape: [8] }), dense({ units: 2 })] });
 * const rows = compression.compressionReport(model);
 * console.log(rows.length, compression.compressionTotal(rows).weights); // 2 40
 * ```
 * @see S. Han, H. Mao, W. Dally, "Deep Compression", ICLR 2016, tables 2 and 3
 */
export function compressionTotal(rows: readonly CompressionRow[]): CompressionRow {
  requireInteger('the number of rows', rows.length, 1, 2 ** 31 - 1);
  type Numeric = Exclude<keyof CompressionRow, 'layer' | 'method'>;
  const sum = (field: Numeric, weight: (row: CompressionRow) => number = () => 1): number =>
    rows.reduce((total, row) => total + row[field] * weight(row), 0);
  const weights = sum('weights');
  const entries = sum('entries');
  const perEntry = (field: Numeric): number => sum(field, (row) => row.entries) / entries;
  const bytesFixed = sum('bytesFixed');
  const bytesHuffman = sum('bytesHuffman');
  return {
    layer: 'total',
    method: rows.reduce((most, row) => (row.weights > most.weights ? row : most)).method,
    weights,
    kept: sum('kept', (row) => row.weights) / weights,
    entries,
    fillers: sum('fillers'),
    codebook: sum('codebook'),
    weightBits: perEntry('weightBits'),
    weightBitsHuffman: perEntry('weightBitsHuffman'),
    indexBits: perEntry('indexBits'),
    indexBitsHuffman: perEntry('indexBitsHuffman'),
    bytesFixed,
    bytesHuffman,
    shareFixed: bytesFixed / (4 * weights),
    shareHuffman: bytesHuffman / (4 * weights),
  };
}
