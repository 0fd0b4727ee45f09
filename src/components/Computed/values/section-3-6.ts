/** A few weights for many, and what the order of operations does: section 3.6. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KernelState, Section36Results } from '../../../../scripts/results/sections/3.6.ts';
import { projectRoot } from '../../../build/project-root.ts';
import { sectionResults } from '../../../build/section-results.ts';
import { modelFacts } from '../../../build/model-facts.ts';
import {
  chooseQuantizationParams,
  dequantize,
  minMax,
  quantize,
  sqnr,
} from '../../../engine/numerics/index.ts';
import { type ComputedEntry, entries } from './entry.ts';

const FLOAT_BITS = 32;

const results = () => sectionResults<Section36Results>('3.6');

/** The kernel of `dense_1` after these operations, each as if it were the only one or each with care. */
function state(order: string, careful = false): KernelState {
  const found = results().states.find((one) => one.order === order && one.careful === careful);
  if (!found) throw new Error(`Section 3.6 has no state ${order}.`);
  return found;
}

/** dB of the kernel on the even grid of four bits. */
function evenSqnr(): number {
  const kernel = modelFacts('lenet-5').find(
    ({ layer, role }) => layer === 'dense_1' && role === 'kernel',
  )!.values;
  const params = chooseQuantizationParams(minMax(kernel), {
    numBits: 4,
    symmetric: true,
    narrowRange: true,
  });
  return sqnr(kernel, dequantize(quantize(kernel, params), params));
}

/** Bits of n weights in float32 over those of k values and an index for each weight. */
const rate = (n: number, k: number) =>
  (n * FLOAT_BITS) / (n * Math.ceil(Math.log2(k)) + k * FLOAT_BITS);

interface Compression {
  structures: {
    rows: { id: string; correct: number; bytes: Record<string, number>; int8Correct: number }[];
  };
  deepCompression: {
    networks: Record<
      string,
      { results: { stage: string; bytes: number; ratio: number; correct: number }[] }
    >;
  };
  testImages: number;
}

let compression: Compression | undefined;

function compressed(): Compression {
  compression ??= JSON.parse(
    readFileSync(join(projectRoot, 'content/results/compression.json'), 'utf8'),
  ) as Compression;
  return compression;
}

const structure = (id: string) => compressed().structures.rows.find((row) => row.id === id)!;
const further = () =>
  compressed().deepCompression.networks['lenet-5']!.results.find(
    ({ stage }) => stage === 'further',
  )!;
const accuracy = (correct: number) => correct / compressed().testImages;

export const section36Values: Record<string, ComputedEntry> = {
  ...entries('integer', {
    '3.6.weights': () => results().weights,
    '3.6.steps': () => results().trainingSteps,
    '3.6.asked-zeros': () => Math.round(results().sparsity * results().weights),
    '3.6.codebook-bytes': () => (results().weights * 4 + 16 * FLOAT_BITS) / 8,
    '3.6.float-bytes': () => results().weights * 4,
    '3.6.zeros.PC': () => state('PC').zeros,
    '3.6.zeros.PCQ': () => state('PCQ').zeros,
    '3.6.zeros.PT': () => state('PT').zeros,
    '3.6.zeros.PCT': () => state('PCT', true).zeros,
    '3.6.values.CQ': () => state('CQ').values,
    '3.6.values.CP': () => state('CP').values,
    '3.6.values.CT': () => state('CT').values,
    '3.6.values.PCQ': () => state('PCQ').values,
    '3.6.values.PCT': () => state('PCT', true).values,
    '3.6.bytes.PCQ': () => state('PCQ', true).bytes,
    '3.6.bytes.PCQ-careless': () => state('PCQ').bytes,
    '3.6.correct.PCT': () => state('PCT', true).correct,
    '3.6.correct.float': () => state('').correct,
    '3.6.idle.int8': () => structure('ninety').bytes['int8']!,
    '3.6.idle.whole-int8': () => structure('whole').bytes['int8']!,
    '3.6.idle.zipped': () => structure('ninety').bytes['int8Gzip']!,
    '3.6.idle.whole-zipped': () => structure('whole').bytes['float32Gzip']!,
    '3.6.deep.bytes': () => further().bytes,
  }),
  ...entries('fixed1', {
    '3.6.sqnr.even': evenSqnr,
    '3.6.sqnr.sixteen': () => state('C').sqnr,
    '3.6.gain': () => state('C').sqnr - evenSqnr(),
    '3.6.rate.small': () => rate(16, 4),
    '3.6.rate.16': () => rate(results().weights, 16),
    '3.6.idle.ratio': () =>
      structure('whole').bytes['float32Gzip']! / structure('ninety').bytes['int8Gzip']!,
    '3.6.deep.ratio': () => further().ratio,
  }),
  ...entries('percent1', {
    '3.6.on-grid.QC': () => state('QC').onGrid,
    '3.6.on-grid.QT': () => state('QT').onGrid,
  }),
  ...entries('percent2', {
    '3.6.idle.accuracy': () => accuracy(structure('ninety').int8Correct),
    '3.6.deep.accuracy': () => accuracy(further().correct),
  }),
};
