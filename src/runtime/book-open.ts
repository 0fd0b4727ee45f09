/** How a cell opens the book's models and its data. */
import * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../shared/reader-error.ts';
import { caps } from './caps.ts';
import { chunkCount, decodeDatasetChunk } from './dataset-format.ts';
import { currentRun } from './realm/run-channel.ts';
import type { DatasetSlice } from './book-types.ts';
import type { FileEntry } from './wire.ts';

/**
 * Opens a trained model of the book, ready to predict.
 *
 * @param name `lenet-300-100`
 * @returns the model, weights loaded
 * @throws {ReaderError} `unknown-file` for a name the book does not have, `file-not-loaded` without a connection
 */
export async function openModel(name: string): Promise<tf.LayersModel> {
  const entry = await askEntry('openModel', name, 'model');
  const topologyPart = entry.parts.findIndex((part) => part.endsWith('.json'));
  const json = JSON.parse(new TextDecoder().decode(await askPart(name, topologyPart))) as {
    modelTopology: object;
    weightsManifest: { paths: string[]; weights: tf.io.WeightsManifestEntry[] }[];
  };
  const buffers: Uint8Array[] = [];
  for (const path of json.weightsManifest.flatMap((group) => group.paths)) {
    buffers.push(await askPart(name, entry.parts.indexOf(path)));
  }
  const weightData = new Uint8Array(
    buffers.reduce((total, { byteLength }) => total + byteLength, 0),
  );
  let offset = 0;
  for (const buffer of buffers) {
    weightData.set(buffer, offset);
    offset += buffer.byteLength;
  }
  return tf.loadLayersModel(
    tf.io.fromMemory({
      modelTopology: json.modelTopology,
      weightSpecs: json.weightsManifest.flatMap((group) => group.weights),
      weightData: weightData.buffer,
    }),
  );
}

/**
 * Opens a range of a data set of the book; only the parts that hold it are fetched.
 *
 * @param name `mnist-test` (10,000 images) or `mnist-train` (15,000)
 * @param range `from`: first image, 0 unless said; `count`: how many images
 * @throws {ReaderError} `unknown-file`, `file-not-loaded`, or `wrong-argument` for a range outside the set
 */
export async function openDataset(
  name: string,
  { from = 0, count }: { from?: number; count: number },
): Promise<DatasetSlice> {
  const { set } = await askEntry('openDataset', name, 'dataset');
  const { count: total, chunk, rows, cols } = set!;
  const pixelsPerImage = rows * cols;
  if (
    !Number.isInteger(from) ||
    !Number.isInteger(count) ||
    from < 0 ||
    count < 1 ||
    from + count > total
  ) {
    throw new ReaderError({
      code: 'wrong-argument',
      explain: `openDataset: there is no range from ${String(from)} of ${String(count)} images in '${name}'.`,
      elaborate: `It holds ${total.toLocaleString('en-GB')} images; from must be 0 or more, count 1 or more, both whole numbers.`,
    });
  }
  const images = new Float32Array(count * pixelsPerImage);
  const labels = new Uint8Array(count);
  const parts: number[] = [];
  for (let part = Math.floor(from / chunk); part * chunk < from + count; part++) parts.push(part);
  // Asked for together, so that the page knows at once how much is to come.
  const files = await Promise.all(parts.map((part) => askPart(name, part)));
  for (const [index, part] of parts.entries()) {
    const size = chunkCount(set!, part);
    const { pixels, labels: partLabels } = await decodeDatasetChunk(files[index]!, {
      count: size,
      rows,
      cols,
    });
    const first = Math.max(from, part * chunk);
    const last = Math.min(from + count, part * chunk + size);
    labels.set(partLabels.subarray(first - part * chunk, last - part * chunk), first - from);
    const source = (first - part * chunk) * pixelsPerImage;
    const target = (first - from) * pixelsPerImage;
    const length = (last - first) * pixelsPerImage;
    for (let pixel = 0; pixel < length; pixel++)
      images[target + pixel] = pixels[source + pixel]! / 255;
  }
  return { images, labels, count, shape: [count, rows, cols, 1] };
}

async function askEntry(call: string, name: string, kind: FileEntry['kind']): Promise<FileEntry> {
  if (typeof name !== 'string' || name.length > caps.labelLength) {
    throw new ReaderError({
      code: 'wrong-argument',
      explain: `${call}: \`name\` must be the name of a ${kind}.`,
    });
  }
  const reply = await ask(name);
  if (!('entry' in reply)) throw new Error(`${call}: the host answered with bytes.`);
  if (reply.entry.kind !== kind) {
    throw new ReaderError({
      code: 'wrong-kind-of-file',
      explain: `${call}: '${name}' is a ${reply.entry.kind}, not a ${kind}.`,
      hint: `Use ${kind === 'model' ? 'openDataset' : 'openModel'} for it.`,
    });
  }
  return reply.entry;
}

async function askPart(name: string, part: number): Promise<Uint8Array> {
  const reply = await ask(name, part);
  if (!('bytes' in reply)) throw new Error('The host answered without bytes.');
  return reply.bytes;
}

async function ask(
  name: string,
  part?: number,
): Promise<{ entry: FileEntry } | { bytes: Uint8Array }> {
  const run = currentRun();
  if (!run)
    throw new ReaderError({
      code: 'run-ended',
      explain: `'${name}' was asked for after the run had ended.`,
    });
  const reply = await run.requestFile(name, part);
  if (!reply.ok) throw new ReaderError(reply.error);
  return reply;
}
