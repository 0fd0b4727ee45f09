import type * as tf from '@tensorflow/tfjs';
import { gzipSync } from 'fflate';
import { requireFiniteWeights } from '../model-graph/finite-weights.ts';
import { modelGraph } from '../model-graph/model-graph.ts';
import { requireArray } from '../numerics/arguments.ts';
import { chooseQuantizationParamsPerAxis } from '../numerics/choose-quantization-params-per-axis.ts';
import { packInt4 } from '../numerics/pack-int4.ts';
import { quantize } from '../numerics/quantize.ts';
import { ByteWriter } from './byte-stream.ts';
import { codeTensor } from './coded-tensor.ts';
import { huffmanBytes } from './encode-huffman.ts';
import { encodeSparse } from './encode-sparse.ts';

/** What one way of storing takes. */
export interface LedgerRow {
  /** `float32`, `int8`, `int4`, `sparse`, `clustered`, `huffman`, `compressed`, `gzip`; of bytes `raw`, `huffman`, `gzip`. */
  name: string;
  bytes: number;
  /** The same once more through gzip, level 6. */
  gzipBytes: number;
  /** Bytes of the first row over these. */
  ratio: number;
  /** Whether the same weights, bit for bit, can be had back. */
  lossless: boolean;
  /** What the bytes hold. */
  note: string;
}

interface WeightTensor {
  shape: readonly number[];
  values: Float32Array;
  /** Of tensors of two or more dimensions: how many share an input, each with a scale of its own. */
  channels: number;
}

/**
 * Stores a model, or a file, in many ways and says what each takes: every number is the length of bytes that were
 * written.
 *
 * A 0 takes as much room as any other weight in float32, int8 and int4: a pruned model is no smaller until something
 * codes its zeros, be it `sparse`, a Huffman code or gzip. Rows of a model hold all its weights, those that do not train
 * too (a mask that was not stripped counts), and not its layers.
 *
 * @param model - a built model, or the bytes of a file such as a .tflite
 * @returns rows `{name, bytes, gzipBytes, ratio, lossless, note}`; the first is the model in float32, or the bytes as they are
 * @throws ReaderError `weights-not-finite`, `array-empty`, and those of models that cannot be read
 * @example
 * ```ts
 * import { compression, tf } from 'heavy-weights';
 *
 * const model = tf.sequential({ layers: [tf.layers.dense({ units: 64, inputShape: [64] })] });
 * model.setWeights([tf.eye(64), tf.zeros([64])]); // 64 of 4,160 weights are not 0
 * const rows = new Map(compression.sizeLedger(model).map((row) => [row.name, row]));
 * console.log(rows.get('float32')!.bytes, rows.get('int8')!.bytes, rows.get('int4')!.bytes); // 16640 4608 2560
 * console.log(rows.get('sparse')!.bytes < 600, rows.get('float32')!.gzipBytes < 600); // true true
 * ```
 * @see S. Han, H. Mao, W. Dally, "Deep Compression", ICLR 2016, table 7; RFC 1952 for gzip
 */
export function sizeLedger(model: tf.LayersModel | Uint8Array): LedgerRow[] {
  return model instanceof Uint8Array ? ledgerOfBytes(model) : ledgerOfModel(model);
}

type Entry = [name: string, bytes: Uint8Array, lossless: boolean, note: string];

function ledgerOfBytes(bytes: Uint8Array): LedgerRow[] {
  requireArray('model', bytes);
  return rowsOf([
    ['raw', bytes, true, 'the bytes as they are'],
    ['huffman', huffmanBytes(bytes).bytes, true, 'each byte as a word of a Huffman code'],
    ['gzip', gzip(bytes), true, 'repeated stretches once, and then a Huffman code'],
  ]);
}

function ledgerOfModel(model: tf.LayersModel): LedgerRow[] {
  const tensors = tensorsOf(model);
  const all = (store: (tensor: WeightTensor) => ArrayBufferView[]): Uint8Array => {
    const writer = new ByteWriter();
    for (const tensor of tensors) for (const part of store(tensor)) writer.raw(part);
    return writer.toBytes();
  };
  const float32 = all(({ values }) => [values]);
  return rowsOf([
    ['float32', float32, true, 'all weights, 4 bytes each'],
    [
      'int8',
      all((tensor) => quantized(tensor, 8)),
      false,
      'kernels as int8 with a float32 scale a channel; biases in float32',
    ],
    [
      'int4',
      all((tensor) => quantized(tensor, 4)),
      false,
      'kernels as int4, two a byte, with a float32 scale a channel; biases in float32',
    ],
    [
      'sparse',
      all((tensor) => [sparse(tensor)]),
      true,
      'weights that are not 0, in float32, and their places; each tensor in the shortest of bit mask, rows, gaps and plain float32',
    ],
    [
      'clustered',
      all(({ values }) => [shortest(values, coded(values, 'fixed'))]),
      true,
      'where weights repeat, a codebook and a number of fixed width a weight; else float32',
    ],
    [
      'huffman',
      all(({ values }) => [shortest(values, coded(values, 'huffman'), huffmanOfBytes(values))]),
      true,
      'the same with numbers as a Huffman code, or the bytes of the floats as one where that is shorter',
    ],
    [
      'compressed',
      all(({ values }) => [codeTensor(values).bytes]),
      true,
      'each tensor as encodeModel stores it, Deep Compression among the ways; without the layers',
    ],
    ['gzip', gzip(float32), true, 'the float32 weights through gzip'],
  ]);
}

function rowsOf(entries: readonly Entry[]): LedgerRow[] {
  const first = entries[0]![1].length;
  return entries.map(([name, bytes, lossless, note]) => ({
    name,
    bytes: bytes.length,
    gzipBytes: gzip(bytes).length,
    ratio: first / bytes.length,
    lossless,
    note,
  }));
}

function gzip(bytes: Uint8Array): Uint8Array {
  return gzipSync(bytes, { level: 6, mtime: 0 });
}

function tensorsOf(model: tf.LayersModel): WeightTensor[] {
  const { nodes } = modelGraph(model);
  requireFiniteWeights(model);
  return nodes.flatMap(({ layer, className }) =>
    layer.getWeights().map((tensor): WeightTensor => {
      const { shape } = tensor;
      const values = Float32Array.from(tensor.dataSync());
      const last = shape.at(-1) ?? 1;
      const channels =
        className === 'DepthwiseConv2D' && shape.length > 1 ? last * shape.at(-2)! : last;
      return { shape, values, channels };
    }),
  );
}

/** The matrix [k, channels] that a kernel is. */
const matrixOf = ({ values, channels }: WeightTensor): [number, number] => [
  values.length / channels,
  channels,
];

function quantized(tensor: WeightTensor, numBits: 8 | 4): ArrayBufferView[] {
  if (tensor.shape.length < 2) return [tensor.values];
  const params = chooseQuantizationParamsPerAxis(tensor.values, matrixOf(tensor), 1, {
    numBits,
    symmetric: true,
    narrowRange: true,
  });
  const codes = quantize(tensor.values, params);
  return [Float32Array.from(params.scales), numBits === 4 ? packInt4(codes) : codes];
}

function sparse(tensor: WeightTensor): Uint8Array {
  const { values } = tensor;
  const matrix = matrixOf(tensor);
  const candidates = [encodeSparse(values, undefined, { format: 'bitmask' })];
  if (matrix[1] <= 65536) candidates.push(encodeSparse(values, matrix, { format: 'csr' }));
  for (let indexBits = 2; indexBits <= 8; indexBits++) {
    candidates.push(encodeSparse(values, undefined, { format: 'relative', indexBits }));
  }
  return shortest(values, ...candidates.map(({ bytes }) => bytes));
}

const coded = (values: Float32Array, stream: 'fixed' | 'huffman'): Uint8Array =>
  codeTensor(values, { method: 'clustered', stream }).bytes;

function huffmanOfBytes({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array {
  return huffmanBytes(new Uint8Array(buffer, byteOffset, byteLength)).bytes;
}

/** The shortest of the candidates and the plain float32 values. */
function shortest(values: Float32Array, ...candidates: Uint8Array[]): Uint8Array {
  const plain = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return candidates.reduce((best, each) => (each.length < best.length ? each : best), plain);
}
