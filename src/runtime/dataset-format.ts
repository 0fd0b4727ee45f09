import { ReaderError } from '../shared/reader-error.ts';

/** Images of one part of a data set. */
export interface DatasetChunk {
  /** count × rows × cols grey bytes, row after row: 0 paper … 255 ink. */
  pixels: Uint8Array;
  /** count answers, 0 … 9. */
  labels: Uint8Array;
}

export interface ChunkShape {
  count: number;
  rows: number;
  cols: number;
}

/** Images of chunk `index` of a data set. */
export function chunkCount(set: { count: number; chunk: number }, index: number): number {
  return Math.min(set.chunk, set.count - index * set.chunk);
}

/** The payload of a chunk: all pixels, then one label an image. Packed by the build with gzip. */
export function encodeChunkPayload({ pixels, labels }: DatasetChunk): Uint8Array {
  const payload = new Uint8Array(pixels.length + labels.length);
  payload.set(pixels);
  payload.set(labels, pixels.length);
  return payload;
}

/**
 * Reads one chunk of a data set. The file is gzip, by its first bytes 1f 8b; a payload that came
 * unpacked already (a host may do that) is told by its length and read as it is. No more is unpacked
 * than the shape needs, whatever the file says.
 *
 * @throws {@link ReaderError} `dataset-damaged` if it is neither, is cut short, fails gzip's own
 *   checksum, unpacks to another size, or holds a label above 9.
 */
export async function decodeDatasetChunk(
  bytes: Uint8Array,
  shape: ChunkShape,
): Promise<DatasetChunk> {
  const pixelBytes = shape.count * shape.rows * shape.cols;
  const size = pixelBytes + shape.count;
  let payload: Uint8Array;
  if (bytes.length === size) {
    payload = bytes;
  } else if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    payload = await gunzip(bytes, size);
  } else {
    throw damaged(
      `It should begin with the gzip mark 1f 8b or be ${size} bytes long; it is ${bytes.length} bytes long.`,
    );
  }
  const labels = payload.slice(pixelBytes);
  const wrong = labels.findIndex((label) => label > 9);
  if (wrong >= 0)
    throw damaged(`The label of image ${wrong} should be 0 to 9; it is ${labels[wrong]}.`);
  return { pixels: payload.slice(0, pixelBytes), labels };
}

/** Unpacks gzip to exactly `size` bytes, stopping as soon as there are more. */
async function gunzip(bytes: Uint8Array, size: number): Promise<Uint8Array> {
  const payload = new Uint8Array(size);
  let filled = 0;
  const source = new ReadableStream<BufferSource>({
    start(controller) {
      controller.enqueue(bytes as Uint8Array<ArrayBuffer>);
      controller.close();
    },
  });
  const reader = source.pipeThrough(new DecompressionStream('gzip')).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (filled + value.length > size) throw damaged(`It unpacks to more than ${size} bytes.`);
      payload.set(value, filled);
      filled += value.length;
    }
  } catch (error) {
    await reader.cancel().catch(() => undefined);
    if (error instanceof ReaderError) throw error;
    throw damaged('It is not whole: gzip’s own checks fail.');
  }
  if (filled !== size) throw damaged(`It should unpack to ${size} bytes; it gives ${filled}.`);
  return payload;
}

function damaged(elaborate: string): ReaderError {
  return new ReaderError({
    code: 'dataset-damaged',
    explain: 'A file of images is damaged.',
    elaborate,
    hint: 'Reload the page to fetch it again.',
  });
}
