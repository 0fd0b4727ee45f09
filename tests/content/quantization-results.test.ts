import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { imageBatch, representativeData } from '../../scripts/results/quantization/images.ts';
import { answers, score } from '../../scripts/results/quantization/measure.ts';
import { METHODS } from '../../scripts/results/quantization/methods.ts';
import { readResults, SUBJECTS } from '../../scripts/results/quantization/results-file.ts';
import { loadModel } from '../../src/build/load-model.ts';
import { readMnist } from '../../src/build/mnist.ts';
import { startTensorFlow } from '../../src/build/node-tensorflow.ts';
import { quantization } from '../../src/engine/index.ts';

const results = readResults();
const test = readMnist('test');
const train = readMnist('train');
const correct = (model: string, id: string): number => results.models[model]![id]!.correct;

beforeAll(() => startTensorFlow());

describe('content/results/quantization.json', () => {
  it('has every method on every model, on all test images', () => {
    expect(results.testImages).toBe(test.count);
    expect(Object.keys(results.models)).toEqual(SUBJECTS);
    for (const scores of Object.values(results.models)) {
      expect(Object.keys(scores)).toEqual(METHODS.map(({ id }) => id));
    }
  });

  // The rest takes a quarter of an hour.
  it.each(['bn-cnn', 'depthwise-net'])(
    'has the cheap rows of %s, computed again',
    async (name) => {
      const model = await loadModel(name);
      const reference = answers((x) => model.predict(x) as tf.Tensor, test);
      for (const { id, run } of METHODS.filter(({ cheap }) => cheap)) {
        const found = answers(await run({ name, model, train }), test);
        expect({ id, ...score(found, reference, test) }).toEqual({
          id,
          ...results.models[name]![id],
        });
      }
    },
    240_000,
  );

  it('shows what was to be shown', () => {
    const points = (a: number, b: number): number => (100 * Math.abs(a - b)) / test.count;
    expect(points(correct('lenet-5', 'int8'), correct('lenet-5', 'float32'))).toBeLessThanOrEqual(
      0.1,
    );
    for (const name of SUBJECTS) {
      const float = correct(name, 'float32');
      expect(float - correct(name, 'qat-w4a8')).toBeLessThanOrEqual(0.005 * test.count);
      // Where rounding to nearest loses, the methods that look at the data win it back.
      const nearest = correct(name, 'int3');
      for (const id of ['int3-bias', 'int3-gptq', 'int3-adaround']) {
        expect(correct(name, id)).toBeGreaterThan(nearest);
      }
      expect(correct(name, 'int4-equalized')).toBeGreaterThan(correct(name, 'int4-per-tensor'));
    }
  });
});

describe('a network trained quantized, in integers', () => {
  it('answers as the simulated one on 99.9 % of the test images', async () => {
    const model = await loadModel('bn-cnn');
    const trained = quantization.quantizeModel(model, { weightBits: 4 });
    await quantization.calibrateRangesInPlace(trained, representativeData(train));
    trained.compile({ optimizer: tf.train.adam(3e-4), loss: 'categoricalCrossentropy' });
    for (let step = 0; step < 30; step++) {
      const images = imageBatch(train, step * 64, 64);
      const labels = tf.tensor1d(train.labels.subarray(step * 64, step * 64 + 64), 'int32');
      await trained.trainOnBatch(images, tf.oneHot(labels, 10));
    }
    const network = quantization.convertQuantizedModel(trained);
    const [simulated, integers] = [trained, network].map((each) =>
      answers((x) => each.predict(x) as tf.Tensor, test),
    );
    const { changed } = score(integers!, simulated!, test);
    console.log(`trained quantized: ${changed} of ${test.count} answers differ in integers`);
    expect(changed).toBeLessThanOrEqual(0.001 * test.count);
  }, 120_000);
});
