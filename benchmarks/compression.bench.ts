import { gunzipSync, gzipSync, deflateSync, inflateSync } from 'fflate';
import { startTensorFlow } from '../src/build/node-tensorflow.ts';
import { loadModel } from '../src/build/load-model.ts';
import { compression, createRng } from 'heavy-weights';
import { measure, type ContestResult } from './measure.ts';

const SYMBOLS = 400_000;

/** The codecs beside deflate, which does the same work and looks for repeated stretches besides. */
export async function compressionBenchmarks(): Promise<ContestResult[]> {
  await startTensorFlow();
  return [...huffman(), ...(await model())];
}

/** Cluster numbers of a large kernel: five bits each, the middle ones frequent. */
function huffman(): ContestResult[] {
  const rng = createRng(1952);
  const symbols = Uint8Array.from({ length: SYMBOLS }, () =>
    Math.min(31, Math.max(0, Math.round(rng.normal(15.5, 5)))),
  );
  const { bytes } = compression.encodeHuffman(symbols);
  const deflated = deflateSync(symbols);
  const packed = compression.packBits(symbols, 5);
  requireEqual('Huffman', compression.decodeHuffman(bytes), inflateSync(deflated));
  return [
    measure({
      name: `Huffman encode, 400,000 symbols, ${bytes.length} bytes (deflate ${deflated.length}, 5 bits each ${packed.length})`,
      elements: SYMBOLS,
      ours: () => compression.encodeHuffman(symbols),
      peers: {
        'fflate deflate': () => deflateSync(symbols),
        'packBits, ours': () => compression.packBits(symbols, 5),
      },
    }),
    measure({
      name: 'Huffman decode, 400,000 symbols',
      elements: SYMBOLS,
      ours: () => compression.decodeHuffman(bytes),
      peers: {
        'fflate inflate': () => inflateSync(deflated),
        'unpackBits, ours': () => compression.unpackBits(packed, 5, SYMBOLS),
      },
    }),
  ];
}

/** LeNet-300-100 at the sparsities of Deep Compression, beside gzip of the same weights. */
async function model(): Promise<ContestResult[]> {
  const { model } = await compression.deepCompression(await loadModel('lenet-300-100'), {
    sparsity: { dense_1: 0.92, dense_2: 0.91, logits: 0.74 },
    bits: 5,
  });
  const weights = Float32Array.from(
    model.getWeights().flatMap((tensor) => Array.from(tensor.dataSync())),
  );
  const float32 = new Uint8Array(weights.buffer);
  const bytes = compression.encodeModel(model);
  const zipped = gzipSync(float32);
  return [
    measure({
      name: `encodeModel, LeNet-300-100 pruned and clustered, ${bytes.length} bytes (gzip ${zipped.length})`,
      elements: weights.length,
      ours: () => compression.encodeModel(model),
      peers: { 'fflate gzip of the float32 weights': () => gzipSync(float32) },
    }),
    measure({
      name: 'decodeModel, the same',
      elements: weights.length,
      ours: () => compression.decodeModel(bytes).dispose(),
      peers: { 'fflate gunzip': () => gunzipSync(zipped) },
    }),
  ];
}

function requireEqual(name: string, ours: ArrayLike<number>, theirs: ArrayLike<number>): void {
  if (Array.from(ours).join() === Array.from(theirs).join()) return;
  throw new Error(`${name}: the contenders disagree`);
}
