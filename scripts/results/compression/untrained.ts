import { writeFileSync } from 'node:fs';
import { answersOf, countEqual } from '../../../src/build/answers.ts';
import { loadModel } from '../../../src/build/load-model.ts';
import type { MnistSet } from '../../../src/build/mnist.ts';
import { decodeModel, deepCompression } from '../../../src/engine/compression/index.ts';
import { compressedPath } from './results-file.ts';

export const UNTRAINED_NETWORKS = ['lenet-300-100', 'lenet-5'] as const;
const SPARSITIES = [0, 0.1, 0.2, 0.4];
const BITS = [4, 5, 6, 8];

/** One network pruned, clustered and coded, with no training between. */
export interface UntrainedRow {
  sparsity: number;
  bits: number;
  bytes: number;
  ratio: number;
  correct: number;
}

export interface UntrainedResults {
  floatCorrect: number;
  rows: UntrainedRow[];
  /** The smallest that answers no fewer images rightly than in float32; its file is kept. */
  lossless: UntrainedRow | undefined;
}

/** How far a network goes down when nothing is trained again, and where it first loses anything. */
export async function untrainedResults(name: string, test: MnistSet): Promise<UntrainedResults> {
  const model = await loadModel(name);
  const floatCorrect = countEqual(answersOf(model, test), test.labels);
  const rows: UntrainedRow[] = [];
  let lossless: UntrainedRow | undefined;
  for (const sparsity of SPARSITIES) {
    for (const bits of BITS) {
      const { bytes, ratio } = await deepCompression(model, { sparsity, bits });
      const decoded = decodeModel(bytes);
      const correct = countEqual(answersOf(decoded, test), test.labels);
      decoded.dispose();
      const row = { sparsity, bits, bytes: bytes.length, ratio, correct };
      rows.push(row);
      console.log(`${name}, ${sparsity}, ${bits} bits: ${ratio.toFixed(1)} ×, ${correct}`);
      if (correct < floatCorrect || ratio <= (lossless?.ratio ?? 0)) continue;
      lossless = row;
      writeFileSync(compressedPath(name, 'untrained'), bytes);
    }
  }
  return { floatCorrect, rows, lossless };
}
