import { ByteWriter, type ByteReader } from './byte-stream.ts';
import { codebookOf, MAX_CODEBOOK, type Codebook } from './codebook.ts';
import { codeStream, readStream, type CodedStream, type StreamCoding } from './coded-stream.ts';
import { positionsOf, relativeIndex } from './relative-index.ts';
import { storedPositions, valuesAt } from './value-types.ts';

/** How the values of a tensor are stored. */
export type TensorMethod = 'float32' | 'clustered' | 'sparse' | 'sparse-clustered';

/** By which numbers the methods are written. */
const METHODS: readonly TensorMethod[] = ['float32', 'clustered', 'sparse', 'sparse-clustered'];

/** How a tensor may be coded. */
export interface TensorCoding {
  /** Of gaps and of indices in a codebook; the shortest unless told. */
  stream?: StreamCoding;
  /** Bits of a gap: the best of 2 … 8 unless told. */
  indexBits?: number;
  /** The best of all unless told. */
  method?: TensorMethod;
}

/** The values of one tensor as bytes. */
export interface CodedTensor {
  bytes: Uint8Array<ArrayBuffer>;
  method: TensorMethod;
  /** Values stored: all, or those that are not 0 and the fillers. */
  entries: number;
  fillers: number;
  /** Of sparse methods, 0 for others. */
  indexBits: number;
  /** Of clustered methods. */
  codebookEntries: number;
  /** Gaps of sparse methods. */
  gaps: CodedStream | undefined;
  /** Indices of clustered methods. */
  indices: CodedStream | undefined;
}

/** Codes a tensor by the method that takes the fewest bytes, which is found by trying all that may do. @internal */
export function codeTensor(values: Float32Array, coding: TensorCoding = {}): CodedTensor {
  const { method, stream = 'shortest' } = coding;
  const wants = (name: TensorMethod): boolean => method === undefined || method === name;
  let best: CodedTensor | undefined;
  const consider = (candidate: CodedTensor | undefined): void => {
    if (candidate && (!best || candidate.bytes.length < best.bytes.length)) best = candidate;
  };
  if (wants('float32')) consider(rawTensor(values));
  if (wants('clustered')) consider(clusteredTensor(values, stream));
  if (wants('sparse') || wants('sparse-clustered')) {
    const positions = storedPositions(values);
    const kept = valuesAt(values, positions) as Float32Array;
    // Without zeros, gaps would be added to what the methods above store.
    if (positions.length < values.length || method !== undefined) {
      const codebook = wants('sparse-clustered') ? codebookOf(kept) : undefined;
      const widths = coding.indexBits === undefined ? [2, 3, 4, 5, 6, 7, 8] : [coding.indexBits];
      for (const indexBits of widths) {
        const sparse = { values, positions, kept, indexBits, stream };
        if (codebook) consider(sparseClusteredTensor(sparse, codebook));
        if (wants('sparse')) consider(sparseTensor(sparse));
      }
    }
  }
  return best ?? rawTensor(values);
}

const start = (method: TensorMethod): ByteWriter => new ByteWriter().byte(METHODS.indexOf(method));

const NOTHING = {
  fillers: 0,
  indexBits: 0,
  codebookEntries: 0,
  gaps: undefined,
  indices: undefined,
} as const;

function rawTensor(values: Float32Array): CodedTensor {
  return {
    ...NOTHING,
    method: 'float32',
    bytes: start('float32').raw(values).toBytes(),
    entries: values.length,
  };
}

function clusteredTensor(values: Float32Array, stream: StreamCoding): CodedTensor | undefined {
  const codebook = codebookOf(values);
  if (!codebook) return undefined;
  const indices = codeStream(codebook.indices, Math.max(0, codebook.values.length - 1), stream);
  return {
    ...NOTHING,
    method: 'clustered',
    bytes: start('clustered')
      .varint(codebook.values.length)
      .raw(codebook.values)
      .raw(indices.bytes)
      .toBytes(),
    entries: values.length,
    codebookEntries: codebook.values.length,
    indices,
  };
}

interface SparseTensor {
  values: Float32Array;
  positions: Uint32Array;
  /** The values at those positions. */
  kept: Float32Array;
  indexBits: number;
  stream: StreamCoding;
}

function sparseTensor({ values, positions, kept, indexBits, stream }: SparseTensor): CodedTensor {
  const { gaps, sources, fillers } = relativeIndex(positions, values.length, indexBits);
  const gapStream = codeStream(gaps, 2 ** indexBits - 1, stream);
  const entries = new Float32Array(gaps.length);
  for (let i = 0; i < gaps.length; i++) if (sources[i]! >= 0) entries[i] = kept[sources[i]!]!;
  return {
    ...NOTHING,
    method: 'sparse',
    bytes: start('sparse')
      .byte(indexBits)
      .varint(gaps.length)
      .raw(gapStream.bytes)
      .raw(entries)
      .toBytes(),
    entries: gaps.length,
    fillers,
    indexBits,
    gaps: gapStream,
  };
}

function sparseClusteredTensor(
  { values, positions, indexBits, stream }: SparseTensor,
  codebook: Codebook,
): CodedTensor | undefined {
  const { gaps, sources, fillers } = relativeIndex(positions, values.length, indexBits);
  const withFiller = fillers > 0 ? withZero(codebook.values) : undefined;
  const entries = withFiller?.values ?? codebook.values;
  if (entries.length > MAX_CODEBOOK) return undefined;
  const zeroAt = withFiller?.zeroAt ?? entries.length;
  const numbers = new Uint16Array(gaps.length).fill(zeroAt);
  for (let i = 0; i < gaps.length; i++) {
    const source = sources[i]!;
    if (source < 0) continue;
    const index = codebook.indices[source]!;
    numbers[i] = index < zeroAt ? index : index + 1;
  }
  const gapStream = codeStream(gaps, 2 ** indexBits - 1, stream);
  const indices = codeStream(numbers, Math.max(0, entries.length - 1), stream);
  return {
    method: 'sparse-clustered',
    bytes: start('sparse-clustered')
      .byte(indexBits)
      .varint(gaps.length)
      .raw(gapStream.bytes)
      .varint(entries.length)
      .raw(entries)
      .raw(indices.bytes)
      .toBytes(),
    entries: gaps.length,
    fillers,
    indexBits,
    codebookEntries: entries.length,
    gaps: gapStream,
    indices,
  };
}

/** A codebook with an entry for fillers, in its place. */
function withZero(values: Float32Array): { values: Float32Array; zeroAt: number } {
  const above = values.findIndex((value) => value > 0);
  const zeroAt = above < 0 ? values.length : above;
  const longer = new Float32Array(values.length + 1);
  longer.set(values.subarray(0, zeroAt));
  longer.set(values.subarray(zeroAt), zeroAt + 1);
  return { values: longer, zeroAt };
}

/**
 * Reads the values of a tensor of known size. No memory is taken that the bytes at hand do not account for: each entry
 * has at least one bit, and stands for 256 values at most.
 *
 * @throws ReaderError of the reader's kind
 * @internal
 */
export function readTensor(
  reader: ByteReader,
  size: number,
): { values: Float32Array<ArrayBuffer>; method: TensorMethod; indexBits: number } {
  const method = METHODS[reader.byte('the method of a tensor')];
  if (method === undefined) throw reader.invalid('A tensor is stored by a method not known.');
  if (method === 'float32' || method === 'clustered') {
    const values =
      method === 'float32'
        ? readFloats(reader, size, 'the weights')
        : readClustered(reader, size, 'the indices');
    return { values, method, indexBits: 0 };
  }
  const indexBits = reader.byte('the bits of a gap');
  if (indexBits < 1 || indexBits > 8) throw reader.invalid(`A gap has ${indexBits} bits.`);
  const entries = reader.varint('the number of entries');
  const gaps = readStream(reader, entries, 2 ** indexBits - 1, 'the gaps');
  const positions = positionsOf(reader, gaps, size, indexBits);
  const stored =
    method === 'sparse'
      ? readFloats(reader, entries, 'the weights')
      : readClustered(reader, entries, 'the indices');
  const values = new Float32Array(size);
  for (let i = 0; i < entries; i++) values[positions[i]!] = stored[i]!;
  return { values, method, indexBits };
}

function readClustered(reader: ByteReader, count: number, what: string): Float32Array<ArrayBuffer> {
  const entries = reader.varint('the length of a codebook');
  if (entries > MAX_CODEBOOK || (entries === 0) !== (count === 0)) {
    throw reader.invalid(`A codebook of ${entries} entries cannot serve ${count} weights.`);
  }
  const codebook = readFloats(reader, entries, 'a codebook');
  const indices = readStream(reader, count, Math.max(0, entries - 1), what);
  const values = new Float32Array(count);
  for (let i = 0; i < count; i++) values[i] = codebook[indices[i]!]!;
  return values;
}

function readFloats(reader: ByteReader, count: number, what: string): Float32Array<ArrayBuffer> {
  const values = reader.floats(count, what);
  for (let i = 0; i < count; i++) {
    if (!Number.isFinite(values[i]!)) throw reader.invalid('A weight is not a finite number.');
  }
  return values;
}
