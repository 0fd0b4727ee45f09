/** Section 4.1: readers compared card by card over the whole test set, and one that is confused. */
import type * as tf from '@tensorflow/tfjs';
import { loadModel } from '../../../src/build/load-model.ts';
import type { MnistSet } from '../../../src/build/mnist.ts';
import { mcNemar } from '../../../src/engine/evaluation/index.ts';
import {
  fakeQuantizeWeights,
  foldBatchNorm,
  quantizePostTraining,
} from '../../../src/engine/quantization/index.ts';
import { imageBatch, representativeData } from '../quantization/images.ts';

export const models = ['lenet-5', 'depthwise-net'] as const;
export const images = ['train', 'test'] as const;

interface Reader {
  predict(x: tf.Tensor): tf.Tensor | tf.Tensor[];
}

/** Images that are read at once. */
const BATCH = 500;
const CLASSES = 10;

export async function compute({
  train,
  test,
}: {
  train: MnistSet;
  test: MnistSet;
}): Promise<object> {
  const heavy = await loadModel('lenet-5');
  const light = await loadModel('depthwise-net');
  const folded = foldBatchNorm(light);
  const inEight = (model: tf.LayersModel) =>
    quantizePostTraining(model, { mode: 'int8', representativeDataset: representativeData(train) });
  const read = (reader: Reader): number[] => readings(reader, test);

  const heavyFloat = read(heavy);
  const lightFloat = read(light);
  const pairs = {
    'heavy-int8': [heavyFloat, read(await inEight(heavy))],
    'heavy-int3': [heavyFloat, read(fakeQuantizeWeights(heavy, { numBits: 3 }))],
    'light-int8': [lightFloat, read(await inEight(light))],
    light: [heavyFloat, lightFloat],
  } as const;
  const coarse = read(fakeQuantizeWeights(folded, { numBits: 4, granularity: 'per-tensor' }));
  return {
    images: test.count,
    hundreds: hundredsOf(heavyFloat, test.labels),
    pairs: Object.fromEntries(
      Object.entries(pairs).map(([name, [first, second]]) => {
        const { onlyFirst, onlySecond, pValue } = mcNemar(first, second, test.labels);
        return [
          name,
          {
            first: correct(first, test.labels),
            second: correct(second, test.labels),
            changed: first.filter((reading, i) => reading !== second[i]).length,
            lost: onlyFirst,
            gained: onlySecond,
            pValue: Number(pValue.toPrecision(6)),
          },
        ];
      }),
    ),
    confusion: confusion(coarse, test.labels),
  };
}

function readings(reader: Reader, test: MnistSet): number[] {
  const found: number[] = [];
  for (let start = 0; start < test.count; start += BATCH) {
    const x = imageBatch(test, start, BATCH);
    const scores = reader.predict(x) as tf.Tensor;
    const answers = scores.argMax(1);
    found.push(...answers.dataSync());
    for (const tensor of [x, scores, answers]) tensor.dispose();
  }
  return found;
}

const correct = (read: readonly number[], labels: Uint8Array): number =>
  read.filter((reading, i) => reading === labels[i]).length;

/** Right answers in each successive hundred images. */
function hundredsOf(read: readonly number[], labels: Uint8Array): number[] {
  return Array.from({ length: read.length / 100 }, (_, hundred) => {
    const [from, to] = [100 * hundred, 100 * (hundred + 1)];
    return correct(read.slice(from, to), labels.subarray(from, to));
  });
}

function confusion(read: readonly number[], labels: Uint8Array): number[][] {
  const matrix = Array.from({ length: CLASSES }, () => new Array<number>(CLASSES).fill(0));
  read.forEach((reading, i) => matrix[labels[i]!]![reading]!++);
  return matrix;
}
