/** The file of a compressed model: its outside, and where the parts lie. */
import { ReaderError } from '../../shared/reader-error.ts';
import { ByteReader, ByteWriter, requireBytes } from './byte-stream.ts';
import type { StoredWeight } from './build-model.ts';
import { readStream, codeStream } from './coded-stream.ts';
import { codeTensor, readTensor, type TensorCoding, type TensorMethod } from './coded-tensor.ts';
import { crc32 } from './crc32.ts';
import { parseTopology, type StoredTopology } from './model-topology.ts';

/** "HWCM": heavy weights, a compressed model. */
const MAGIC = [0x48, 0x57, 0x43, 0x4d];
const VERSION = 1;
/** Magic, version, length of the file, and the checksum of all but itself. */
const HEADER_BYTES = 16;
const LENGTH_AT = 8;
const CHECKSUM_AT = 12;

/** A weight, and how the file holds it. */
export interface FileWeight extends StoredWeight {
  method: TensorMethod;
  /** Of sparse methods. */
  indexBits: number;
  /** Bytes that it takes in the file. */
  bytes: number;
}

/** A model as its file holds it. */
export interface CompressedFile {
  topology: StoredTopology;
  /** For each layer its weights. */
  weights: FileWeight[][];
}

/** Writes a file. @internal */
export function writeCompressed(
  topology: StoredTopology,
  weights: readonly (readonly StoredWeight[])[],
  coding: TensorCoding,
): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter();
  for (const byte of [...MAGIC, VERSION]) writer.byte(byte);
  while (writer.length < HEADER_BYTES) writer.byte(0);
  const text = new TextEncoder().encode(JSON.stringify(topology));
  writer.varint(text.length).raw(codeStream(Uint16Array.from(text), 255, coding.stream).bytes);
  for (const { shape, values } of weights.flat()) {
    writer.varint(shape.length);
    for (const size of shape) writer.varint(size);
    writer.raw(codeTensor(values, coding).bytes);
  }
  const bytes = writer.toBytes();
  const view = new DataView(bytes.buffer);
  view.setUint32(LENGTH_AT, bytes.length, true);
  view.setUint32(CHECKSUM_AT, checksumOf(bytes), true);
  return bytes;
}

function checksumOf(bytes: Uint8Array): number {
  return crc32(bytes.subarray(0, CHECKSUM_AT), bytes.subarray(HEADER_BYTES));
}

/**
 * Reads a file: whole and unaltered, and then part by part, none of which is taken on trust either.
 *
 * @throws ReaderError `compressed-not-ours`, `compressed-version`, `compressed-truncated`,
 *   `compressed-trailing-bytes`, `compressed-checksum`, `compressed-invalid`, `compressed-topology`, `compressed-too-large`
 * @internal
 */
export function readCompressed(bytes: Uint8Array, maxWeights: number): CompressedFile {
  requireWhole(bytes);
  const reader = new ByteReader(bytes, 'compressed');
  reader.take(HEADER_BYTES, 'the header');
  const textLength = reader.varint('the length of the topology');
  const text = Uint8Array.from(readStream(reader, textLength, 255, 'the topology'));
  const topology = parseTopology(decodeText(reader, text));
  let left = maxWeights;
  const weights = topology.layers.map((layer) =>
    layer.weights.map((name): FileWeight => {
      const shape = readShape(reader);
      const size = shape.reduce((product, each) => product * each, 1);
      left -= size;
      if (left < 0) throw tooLarge(maxWeights);
      const from = reader.position;
      const tensor = readTensor(reader, size);
      return { ...tensor, name, shape, bytes: reader.position - from };
    }),
  );
  reader.requireEnd();
  return { topology, weights };
}

function requireWhole(bytes: Uint8Array): void {
  requireBytes('bytes', bytes);
  if (MAGIC.some((byte, i) => i < bytes.length && bytes[i] !== byte) || bytes.length === 0) {
    throw new ReaderError({
      code: 'compressed-not-ours',
      explain: 'The bytes are not a model that encodeModel wrote: they do not begin with HWCM.',
      hint: 'A .h5, .keras or .tflite file has a reader of its own.',
    });
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = bytes.length < HEADER_BYTES ? HEADER_BYTES : view.getUint32(LENGTH_AT, true);
  if (bytes.length < length) {
    throw new ReaderError({
      code: 'compressed-truncated',
      explain: `The file says it has ${length} bytes; ${bytes.length} are there.`,
      hint: 'A download or a copy may have stopped early: fetch the file again.',
    });
  }
  if (bytes.length > length) {
    throw new ReaderError({
      code: 'compressed-trailing-bytes',
      explain: `The file says it has ${length} bytes; ${bytes.length} came.`,
      hint: 'Pass exactly the bytes that encodeModel gave.',
    });
  }
  if (view.getUint32(CHECKSUM_AT, true) !== checksumOf(bytes)) {
    throw new ReaderError({
      code: 'compressed-checksum',
      explain:
        'The bytes have been altered: their checksum (CRC-32) is not the one that was written.',
      hint: 'Take the file again from where it came; nothing was decoded.',
    });
  }
  if (bytes[4] !== VERSION || bytes[5] !== 0 || bytes[6] !== 0 || bytes[7] !== 0) {
    throw new ReaderError({
      code: 'compressed-version',
      explain: `The file is of version ${bytes[4]}; this code reads version ${VERSION}.`,
      hint: 'Encode the model again with the code that is to read it.',
    });
  }
}

function decodeText(reader: ByteReader, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw reader.invalid('The topology is no text.');
  }
}

function readShape(reader: ByteReader): number[] {
  const rank = reader.varint('a shape');
  if (rank > 8) throw reader.invalid(`A weight has ${rank} dimensions.`);
  return Array.from({ length: rank }, () => reader.varint('a shape'));
}

function tooLarge(maxWeights: number): ReaderError {
  return new ReaderError({
    code: 'compressed-too-large',
    explain: `The file says it has more than ${maxWeights} weights, which is maxWeights.`,
    hint: 'If that is right, ask for more: decodeModel(bytes, { maxWeights }).',
  });
}
