import type * as tf from '@tensorflow/tfjs';
import { answersOf, countEqual } from '../../../src/build/answers.ts';
import { loadModel } from '../../../src/build/load-model.ts';
import type { MnistSet } from '../../../src/build/mnist.ts';
import { sizeLedger } from '../../../src/engine/compression/index.ts';
import { mcNemar, type McNemar } from '../../../src/engine/evaluation/mcnemar.ts';
import { modelCost } from '../../../src/engine/evaluation/model-cost.ts';
import {
  ConstantSparsity,
  PolynomialDecay,
  pruneChannels,
  pruneLowMagnitude,
  stripPruning,
  UpdatePruningStep,
} from '../../../src/engine/sparsity/index.ts';
import { quantizePostTraining } from '../../../src/engine/quantization/index.ts';
import { fineTune, type FineTuning } from '../fine-tune.ts';
import { predictor, representativeData } from '../quantization/images.ts';
import { answers } from '../quantization/measure.ts';
import { runRecipe } from './recipe.ts';

const MODEL = 'lenet-5';
const HEALING: FineTuning = { steps: 500, batchSize: 64, learningRate: 5e-4, seed: 1994 };

/** One way of making LeNet-5 smaller. */
export interface StructureRow {
  id: string;
  label: string;
  correct: number;
  mcNemar: McNemar;
  parameters: number;
  zeros: number;
  macs: number;
  /** Of all weights as float32 and as int8, as they are and gzipped. */
  bytes: { float32: number; float32Gzip: number; int8: number; int8Gzip: number };
  /** The same network in int8, run in integers. */
  int8Correct: number;
}

/** LeNet-5 whole, with nine tenths of zeros, with two zeros in four, and with fewer channels. */
export async function structureResults(train: MnistSet, test: MnistSet): Promise<StructureRow[]> {
  const whole = await loadModel(MODEL);
  const reference = answersOf(whole, test);
  const rows: StructureRow[] = [];
  for (const { id, label, make } of FORMS) {
    const model = await make(whole, train);
    const found = answersOf(model, test);
    const int8 = await quantizePostTraining(model, {
      mode: 'int8',
      representativeDataset: representativeData(train),
    });
    const int8Answers = answers(predictor(int8), test);
    const row: StructureRow = {
      id,
      label,
      correct: countEqual(found, test.labels),
      mcNemar: mcNemar(reference, int8Answers, test.labels),
      parameters: model.countParams(),
      zeros: countZeros(model),
      macs: modelCost(model).macs,
      bytes: bytesOf(model),
      int8Correct: countEqual(int8Answers, test.labels),
    };
    console.log(`${MODEL}, ${label}: ${row.correct}, in int8 ${row.int8Correct}`);
    rows.push(row);
  }
  return rows;
}

interface Form {
  id: string;
  label: string;
  make: (whole: tf.LayersModel, train: MnistSet) => Promise<tf.LayersModel> | tf.LayersModel;
}

const FORMS: readonly Form[] = [
  { id: 'whole', label: 'whole', make: (whole) => whole },
  {
    id: 'recipe',
    label: '90 % zeros (the recipe of chapter 6)',
    make: async (whole, train) => {
      const data = { set: train, images: 15_000 };
      // The last training images stand in for the validation data: the test images judge, and only judge.
      return (await runRecipe(whole, data, { set: lastImages(train, 2000), images: 2000 })).model;
    },
  },
  {
    id: 'ninety',
    label: '90 % zeros, taught by the whole network',
    make: (whole, train) => {
      // Nine tenths over all: the first convolution, of 500 weights, has few to spare.
      const shares = { conv_1: 0.34, conv_2: 0.86, dense_1: 0.91, logits: 0.8 };
      const pruningSchedule = Object.fromEntries(
        Object.entries(shares).map(([layer, finalSparsity]) => [
          layer,
          new PolynomialDecay({
            initialSparsity: finalSparsity / 2,
            finalSparsity,
            beginStep: 0,
            endStep: 600,
            frequency: 20,
          }),
        ]),
      );
      const steps = { ...HEALING, steps: 1000, learningRate: 1e-3 };
      return prunedAndHealed(pruneLowMagnitude(whole, { pruningSchedule }), whole, train, steps);
    },
  },
  {
    id: 'two-in-four',
    label: 'two zeros in four (2:4)',
    make: (whole, train) => {
      const pruned = pruneLowMagnitude(whole, {
        pruningSchedule: new ConstantSparsity({ targetSparsity: 0.5, beginStep: 0, frequency: 1 }),
        sparsityMByN: [2, 4],
      });
      return prunedAndHealed(pruned, whole, train, HEALING);
    },
  },
  {
    id: 'channels',
    label: 'fewer channels (40 % of conv_1, 50 % of conv_2, 80 % of dense_1 cut)',
    make: (whole, train) => {
      const { model } = pruneChannels(whole, {
        sparsity: { conv_1: 0.4, conv_2: 0.5, dense_1: 0.8 },
        criterion: 'l2',
      });
      fineTune(model, whole, train, { ...HEALING, steps: 1000, learningRate: 1e-3 });
      return model;
    },
  },
];

/** Trains a pruned network with its callback, and strips it. */
function prunedAndHealed(
  pruned: tf.LayersModel,
  teacher: tf.LayersModel,
  train: MnistSet,
  settings: FineTuning,
): tf.LayersModel {
  const callback = new UpdatePruningStep();
  callback.setModel(pruned);
  void callback.onTrainBegin();
  fineTune(pruned, teacher, train, settings, {
    beforeStep: () => void callback.onBatchBegin(),
    afterTraining: () => void callback.onEpochEnd(),
  });
  return stripPruning(pruned);
}

function countZeros(model: tf.LayersModel): number {
  return model.getWeights().reduce((sum, tensor) => {
    const zeros = tensor.dataSync().filter((value) => value === 0).length;
    return sum + (tensor.rank > 1 ? zeros : 0);
  }, 0);
}

/** @internal */
export function bytesOf(model: tf.LayersModel): StructureRow['bytes'] {
  const ledger = new Map(sizeLedger(model).map((row) => [row.name, row]));
  const float32 = ledger.get('float32')!;
  const int8 = ledger.get('int8')!;
  return {
    float32: float32.bytes,
    float32Gzip: float32.gzipBytes,
    int8: int8.bytes,
    int8Gzip: int8.gzipBytes,
  };
}

function lastImages({ pixels, labels, rows, cols, count }: MnistSet, images: number): MnistSet {
  const from = count - images;
  return {
    rows,
    cols,
    count: images,
    pixels: pixels.subarray(from * rows * cols),
    labels: labels.subarray(from),
  };
}
