import { createHash } from 'node:crypto';
import { gzipSync } from 'fflate';
import { encodeChunkPayload } from '../runtime/dataset-format.ts';
import type { DatasetFile, FilePart } from '../runtime/files.ts';
import { type MnistSplit, readMnist } from './mnist.ts';

/** Images in one file. */
const CHUNK = 1000;

/** The data sets of the book: all test images, and the first quarter of the training images. */
const DATASETS: readonly { name: string; split: MnistSplit; count: number; label: string }[] = [
  { name: 'mnist-test', split: 'test', count: 10_000, label: 'MNIST, 10,000 test images' },
  { name: 'mnist-train', split: 'train', count: 15_000, label: 'MNIST, 15,000 training images' },
];

export interface EmittedFile {
  part: FilePart;
  contents: Uint8Array;
}

/** One data set as the build emits it: its entry in the catalogue, and its files. */
export interface EmittedDataset {
  name: string;
  entry: DatasetFile;
  files: EmittedFile[];
}

let made: EmittedDataset[] | undefined;

/**
 * MNIST in gzip files of 1,000 images. The packer is fflate and not Node's zlib: plain
 * JavaScript gives the same bytes and hashes on every machine, whatever zlib Node was built with.
 */
export function mnistChunks(): EmittedDataset[] {
  made ??= DATASETS.map(emitDataset);
  return made;
}

function emitDataset({ name, split, count, label }: (typeof DATASETS)[number]): EmittedDataset {
  const { rows, cols, pixels, labels } = readMnist(split);
  const imageSize = rows * cols;
  const files = Array.from({ length: Math.ceil(count / CHUNK) }, (_, i) => {
    const from = i * CHUNK;
    const to = Math.min(from + CHUNK, count);
    const payload = encodeChunkPayload({
      pixels: pixels.subarray(from * imageSize, to * imageSize),
      labels: labels.subarray(from, to),
    });
    return emitFile(
      `data/${name}-${String(i).padStart(2, '0')}.bin`,
      gzipSync(payload, { level: 6, mtime: 0 }),
    );
  });
  const parts = files.map((file) => file.part);
  const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
  return {
    name,
    files,
    entry: { kind: 'dataset', label, bytes, count, chunk: CHUNK, rows, cols, parts },
  };
}

function emitFile(url: string, contents: Uint8Array): EmittedFile {
  return { part: describePart(url, contents), contents };
}

/** Address, size and hash of a file, as the catalogue lists it. */
export function describePart(url: string, contents: Uint8Array): FilePart {
  return {
    url,
    bytes: contents.length,
    sha256: createHash('sha256').update(contents).digest('hex'),
  };
}
