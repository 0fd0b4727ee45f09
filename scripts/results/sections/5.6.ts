/** Section 5.6: what lies in the compressed files that are committed, symbol by symbol and part by part. */
import { readFileSync } from 'node:fs';
import {
  compressionReport,
  decodeModel,
  huffmanCodeLengths,
} from '../../../src/engine/compression/index.ts';
import { startTensorFlow } from '../../../src/build/node-tensorflow.ts';
import { compressedPath } from '../compression/results-file.ts';

export const models = [] as const;
export const images = [] as const;

/** A value that weights share, and how many do. */
export interface SharedValue {
  value: number;
  count: number;
}

/** A kernel of a compressed file. */
export interface PackedKernel {
  layer: string;
  weights: number;
  /** Weights that are not 0. */
  kept: number;
  /** Those and the fillers: what is written. */
  entries: number;
  fillers: number;
  codebook: number;
  weightBits: number;
  indexBits: number;
  bytesFixed: number;
  bytesHuffman: number;
}

export interface Section56Results {
  /** By network and stage: `lenet-5/further`. */
  files: Record<string, { bytes: number; parameters: number; kernels: PackedKernel[] }>;
  /** The values of `logits` in LeNet-5, `further`: those that are not 0, rising. */
  alphabet: SharedValue[];
  /** Of that code. */
  codeBits: number;
}

const FILES = [
  ['lenet-300-100', 'paper'],
  ['lenet-300-100', 'further'],
  ['lenet-5', 'paper'],
  ['lenet-5', 'further'],
] as const;

export async function compute(): Promise<Section56Results> {
  await startTensorFlow();
  const files: Section56Results['files'] = {};
  let alphabet: SharedValue[] = [];
  for (const [network, stage] of FILES) {
    const bytes = new Uint8Array(readFileSync(compressedPath(network, stage)));
    const model = decodeModel(bytes);
    files[`${network}/${stage}`] = {
      bytes: bytes.length,
      parameters: model.countParams(),
      kernels: compressionReport(bytes).map((row) => ({
        layer: row.layer,
        weights: row.weights,
        kept: Math.round(row.kept * row.weights),
        entries: row.entries,
        fillers: row.fillers,
        codebook: row.codebook,
        weightBits: row.weightBits,
        indexBits: row.indexBits,
        bytesFixed: row.bytesFixed,
        bytesHuffman: row.bytesHuffman,
      })),
    };
    alphabet = sharedValues(model.getLayer('logits').getWeights()[0]!.dataSync());
    model.dispose();
  }
  const counts = alphabet.map(({ count }) => count);
  const lengths = huffmanCodeLengths(counts);
  return {
    files,
    alphabet,
    codeBits: counts.reduce((sum, count, i) => sum + count * lengths[i]!, 0),
  };
}

function sharedValues(weights: ArrayLike<number>): SharedValue[] {
  const counts = new Map<number, number>();
  for (const weight of Array.from(weights)) {
    if (weight !== 0) counts.set(weight, (counts.get(weight) ?? 0) + 1);
  }
  return [...counts]
    .map(([value, count]) => ({ value: Number(value.toPrecision(4)), count }))
    .sort((a, b) => a.value - b.value);
}
