import { writeFileSync } from 'node:fs';
import type * as tf from '@tensorflow/tfjs';
import { answersOf, countEqual } from '../../../src/build/answers.ts';
import { loadModel } from '../../../src/build/load-model.ts';
import type { MnistSet } from '../../../src/build/mnist.ts';
import {
  deepCompression,
  decodeModel,
  type CompressionRow,
} from '../../../src/engine/compression/index.ts';
import { mcNemar, type McNemar } from '../../../src/engine/evaluation/mcnemar.ts';
import {
  PolynomialDecay,
  pruneLowMagnitude,
  stripPruning,
  UpdatePruningStep,
} from '../../../src/engine/sparsity/index.ts';
import { fineTune } from '../fine-tune.ts';
import { NETWORKS, type Network, type Stage } from './networks.ts';
import { compressedPath } from './results-file.ts';

/** Of one kernel, in the manner of the paper's Tables 2 and 3. */
export type LayerRow = Pick<
  CompressionRow,
  | 'layer'
  | 'weights'
  | 'kept'
  | 'weightBits'
  | 'weightBitsHuffman'
  | 'indexBits'
  | 'indexBitsHuffman'
  | 'shareFixed'
  | 'shareHuffman'
>;

/** One compressed network on all test images. */
export interface CompressedResult {
  stage: string;
  /** Of the file, with topology, biases, codebooks and tables. */
  bytes: number;
  ratio: number;
  correct: number;
  /** Against the network's own float32 form. */
  mcNemar: McNemar;
  layers: LayerRow[];
}

export interface DeepCompressionResults {
  floatBytes: number;
  floatCorrect: number;
  results: CompressedResult[];
}

/** Prunes a network stage by stage, each from the one before, and compresses what each stage leaves. */
export async function deepCompressionResults(
  name: keyof typeof NETWORKS,
  train: MnistSet,
  test: MnistSet,
): Promise<DeepCompressionResults> {
  const network = NETWORKS[name];
  const teacher = await loadModel(name);
  const reference = answersOf(teacher, test);
  const results: CompressedResult[] = [];
  let pruned = teacher;
  for (const [index, stage] of network.stages.entries()) {
    const from = network.stages[index - 1];
    pruned = prune(pruned, teacher, train, network, stage, from);
    const { bytes, ratio, report } = await deepCompression(pruned, {
      sparsity: sparsities(stage),
      clusters: stage.clusters,
      fineTune: (model, part) => {
        if (part === 'clustered') fineTune(model, teacher, train, network.clustering);
      },
    });
    writeFileSync(compressedPath(name, stage.id), bytes);
    const answers = answersOf(decodeModel(bytes), test);
    const correct = countEqual(answers, test.labels);
    console.log(`${name}, ${stage.id}: ${ratio.toFixed(1)} ×, ${correct} of ${test.count}`);
    results.push({
      stage: stage.id,
      bytes: bytes.length,
      ratio,
      correct,
      mcNemar: mcNemar(reference, answers, test.labels),
      layers: report.map(toLayerRow),
    });
  }
  return {
    floatBytes: 4 * teacher.countParams(),
    floatCorrect: countEqual(reference, test.labels),
    results,
  };
}

function prune(
  model: tf.LayersModel,
  teacher: tf.LayersModel,
  train: MnistSet,
  { pruning }: Network,
  stage: Stage,
  from: Stage | undefined,
): tf.LayersModel {
  // The schedule ends when two thirds of the steps are done; the rest heals.
  const endStep = Math.round((pruning.steps * 2) / 3);
  const pruningSchedule = Object.fromEntries(
    Object.entries(stage.keep).map(([layer, keep]) => [
      layer,
      new PolynomialDecay({
        initialSparsity: from ? 1 - from.keep[layer]! : 0,
        finalSparsity: 1 - keep,
        beginStep: 0,
        endStep,
        frequency: 20,
      }),
    ]),
  );
  const wrapped = pruneLowMagnitude(model, { pruningSchedule });
  const callback = new UpdatePruningStep();
  callback.setModel(wrapped);
  void callback.onTrainBegin();
  fineTune(wrapped, teacher, train, pruning, {
    beforeStep: () => void callback.onBatchBegin(),
    afterTraining: () => void callback.onEpochEnd(),
  });
  return stripPruning(wrapped);
}

function sparsities({ keep }: Stage): Record<string, number> {
  return Object.fromEntries(Object.entries(keep).map(([layer, share]) => [layer, 1 - share]));
}

function toLayerRow(row: CompressionRow): LayerRow {
  const { layer, weights, kept, weightBits, weightBitsHuffman, indexBits, indexBitsHuffman } = row;
  const { shareFixed, shareHuffman } = row;
  return {
    layer,
    weights,
    kept,
    weightBits,
    weightBitsHuffman,
    indexBits,
    indexBitsHuffman,
    shareFixed,
    shareHuffman,
  };
}
