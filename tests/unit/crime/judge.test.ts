import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadModel } from '../../../src/build/load-model.ts';
import { readMnist } from '../../../src/build/mnist.ts';
import { startTensorFlow } from '../../../src/build/node-tensorflow.ts';
import {
  ALLOWED_LOSS,
  SABOTAGES,
  SUSPECTS,
  drawDeed,
  judgeAccusation,
  makeHonestFile,
  makeTrial,
  scoreReader,
  scoreRepair,
  type Accusation,
} from '../../../src/crime/index.ts';
import { FIRST_CASES } from '../../support/first-cases.ts';
import { TFLiteConverter } from '../../../src/engine/tflite/index.ts';

const test = readMnist('test');
const train = readMnist('train');
const scaled = (pixels: Uint8Array): Float32Array => Float32Array.from(pixels, (v) => v / 255);
const images = scaled(test.pixels);
const sheets = scaled(train.pixels.subarray(0, 100 * 784));

/** The accusation that fits a case. */
const truthOf = (caseNumber: number): Accusation => {
  const { sabotage, layer, specimen } = drawDeed(caseNumber);
  return {
    sabotage,
    ...(layer !== undefined && { layer }),
    ...(specimen !== undefined && { specimen }),
  };
};

let reader: tf.LayersModel;
let float: number;

beforeAll(async () => {
  await startTensorFlow();
  reader = await loadModel('depthwise-net');
  const x = tf.tensor4d(images, [test.count, 28, 28, 1]);
  float = scoreReader(reader, x, test.labels);
  x.dispose();
});

describe.each(FIRST_CASES)('the case of $sabotage', ({ sabotage, caseNumber }) => {
  it('is won by the right accusation, and by no other deed', () => {
    expect(judgeAccusation(caseNumber, truthOf(caseNumber))).toBe('right');
    for (const other of FIRST_CASES) {
      if (other.sabotage === sabotage) continue;
      expect(judgeAccusation(caseNumber, truthOf(other.caseNumber))).toBe('wrong-deed');
    }
  });

  it('is not won at another place', () => {
    const { specimen } = drawDeed(caseNumber);
    const elsewhere: Accusation =
      specimen === undefined
        ? { sabotage, layer: 'average' }
        : { sabotage, specimen: (specimen + 1) % 100 };
    expect(judgeAccusation(caseNumber, elsewhere)).toBe('wrong-place');
  });

  it('is not won by the file as it was found', async () => {
    const { file } = await makeTrial(reader, sheets, caseNumber);
    // A tenth of the images shows it: the loss is many times what is allowed.
    const count = 1000;
    const found = await scoreRepair(
      file,
      images.subarray(0, count * 784),
      test.labels.subarray(0, count),
    );
    expect(found).toBeLessThan((float / test.count - ALLOWED_LOSS) * count);
  });
});

it('the file made anew recovers on all 10,000 test images', async () => {
  let last = 0;
  const found = await scoreRepair(
    await makeHonestFile(reader, sheets),
    images,
    test.labels,
    (done) => void (last = done),
  );
  expect(found).toBeGreaterThanOrEqual(float - ALLOWED_LOSS * test.count);
  expect(last).toBe(test.count);
});

it('every deed has its suspect, and no two the same', () => {
  expect(new Set(SABOTAGES.map((sabotage) => SUSPECTS[sabotage].name)).size).toBe(SABOTAGES.length);
});

describe('what is no accusation', () => {
  it.each<[string, unknown, RegExp]>([
    ['nothing', undefined, /sabotage must be one of poisoned-sample/],
    ['an unknown deed', { sabotage: 'arson', layer: 'conv_1' }, /it is arson/],
    ['no layer', { sabotage: 'bias-scale' }, /say at which layer/],
    ['no specimen', { sabotage: 'poisoned-sample' }, /whole number from 0 to 99/],
    [
      'a layer of a poisoned sheet',
      { sabotage: 'poisoned-sample', specimen: 4, layer: 'conv_1' },
      /leave layer out/,
    ],
    [
      'a specimen of another deed',
      { sabotage: 'bias-scale', layer: 'conv_1', specimen: 4 },
      /leave it out/,
    ],
  ])('%s', (_, accusation, message) => {
    expect(() => judgeAccusation(1, accusation as Accusation)).toThrow(message);
  });
});

describe('what is no repair', () => {
  const one = [images.subarray(0, 784), test.labels.subarray(0, 1)] as const;

  it('a file in float', async () => {
    const bytes = await TFLiteConverter.fromLayersModel(reader).convert();
    await expect(scoreRepair(bytes, ...one)).rejects.toThrow(/eight bits throughout/);
  });

  it('another network', async () => {
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 10, inputShape: [5] })] });
    const bytes = await TFLiteConverter.fromLayersModel(model, {
      optimizations: ['DEFAULT'],
      representativeDataset: function* () {
        yield tf.tensor2d([[0, 1, 2, 3, 4]]);
      },
    }).convert();
    await expect(scoreRepair(bytes, ...one)).rejects.toThrow(/28 × 28 floats/);
  });

  it('no file at all', async () => {
    await expect(scoreRepair(new Uint8Array(9), ...one)).rejects.toThrow(/tflite/i);
  });
});
