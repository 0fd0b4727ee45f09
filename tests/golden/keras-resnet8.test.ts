import '@tensorflow/tfjs-backend-cpu';
import { tf } from 'heavy-weights';
import { describe, expect, it } from 'vitest';
import { loadModel, saveModel } from '../../src/engine/keras/index.ts';
import { expectWithin, loadGroups } from './load-cases.ts';
import { referenceFile, referenceModel } from './reference-models.ts';

// Both groups of the file have one name: the model is in what they say of their source.
const group = loadGroups('resnet8-runs.json').find(({ source }) =>
  source.includes('pretrainedResnet_float.tflite'),
)!;
const cases = group.cases.map((golden) => ({
  golden,
  path: (golden.inputs as unknown as { file: string }).file,
}));
const file = referenceModel('pretrainedResnet.h5');

function answers(model: tf.LayersModel, values: Float32Array): number[] {
  const output = tf.tidy(() => model.predict(tf.tensor(values, [1, 32, 32, 3])) as tf.Tensor);
  const numbers = Array.from(output.dataSync());
  output.dispose();
  return numbers;
}

describe('pretrainedResnet.h5', () => {
  it('has cases to be tried on', () => {
    expect(group.cases.length).toBeGreaterThan(0);
  });

  it('opens with its layers and weights', async (context) => {
    if (!file) {
      console.log('golden pretrainedResnet.h5: skipped: the file is not here');
      context.skip('the file is not here');
      return;
    }
    const model = await loadModel(file);
    expect(model.name).toBe('model');
    expect(model.layers).toHaveLength(30);
    expect(model.countParams()).toBe(78_666);
    expect(model.getLayer('conv2d').losses).toHaveLength(1);
    model.dispose();
  });

  it.for(cases)(
    'answers $path as its .tflite does, and so it does saved and loaded again',
    async ({ golden, path }, context) => {
      const data = referenceFile(path);
      if (!file || !data) {
        context.skip('the file is not here');
        return;
      }
      const input = new Float32Array(data.buffer);
      const model = await loadModel(file);
      const found = answers(model, input);
      expectWithin(found, golden.expected, golden.tolerance);
      for (const name of ['a.h5', 'a.keras']) {
        const again = await loadModel(await saveModel(model, name));
        expect(answers(again, input)).toEqual(found);
        again.dispose();
      }
      model.dispose();
    },
  );

  it('opens in less than half a second', async (context) => {
    if (!file) {
      context.skip('the file is not here');
      return;
    }
    (await loadModel(file)).dispose();
    const times: number[] = [];
    for (let i = 0; i < 5; i++) {
      // The processor's time: what else the machine does must not count.
      const start = process.cpuUsage();
      (await loadModel(file)).dispose();
      times.push(process.cpuUsage(start).user / 1000);
    }
    expect(Math.min(...times)).toBeLessThan(500);
  });
});
