import '@tensorflow/tfjs-backend-cpu';
import { Interpreter, tf, TFLiteConverter } from 'heavy-weights';
import { describe, expect, it } from 'vitest';
import type { Graph } from '../../../src/engine/graph/index.ts';
import { Subtract } from '../../../src/engine/keras/subtract.ts';
import { loadModel, saveModel } from '../../../src/engine/keras/index.ts';
import { writeTflite } from '../../../src/engine/tflite/write-tflite.ts';
import { randomize } from './random-models.ts';

function model(): tf.LayersModel {
  const x = tf.input({ shape: [4], name: 'x' });
  const a = tf.layers.dense({ units: 3, name: 'a' }).apply(x) as tf.SymbolicTensor;
  const b = tf.layers.dense({ units: 3, name: 'b' }).apply(x) as tf.SymbolicTensor;
  const y = new Subtract({ name: 'minus' }).apply([a, b]) as tf.SymbolicTensor;
  return randomize(tf.model({ inputs: x, outputs: y }), 5);
}

describe('Subtract', () => {
  // SUB is written, read and run, see below; of layers the converter does not make it yet.
  it.each([
    {},
    { optimizations: ['DEFAULT'] as const },
    {
      optimizations: ['DEFAULT'] as const,
      representativeDataset: () => [tf.randomUniform([4, 4], -1, 1, 'float32', 3)],
    },
  ])('of a Keras file is refused by the converter, by its name: %o', async (options) => {
    const opened = await loadModel(await saveModel(model(), 'a.keras'));
    const convert = TFLiteConverter.fromLayersModel(opened, options).convert();
    await expect(convert).rejects.toMatchObject({
      code: 'layer-unsupported',
      explain: expect.stringContaining('The layer minus (Subtract)'),
    });
  });

  it('as SUB is written, read and run: the first less the second', () => {
    const shape = [1, 3];
    const graph: Graph = {
      name: 'main',
      tensors: ['a', 'b', 'c'].map((name) => ({ name, shape, type: 'float32' as const })),
      operators: [{ code: 'SUB', options: { activation: 'NONE' }, inputs: [0, 1], output: 2 }],
      inputs: [0, 1],
      outputs: [2],
    };
    const interpreter = new Interpreter(writeTflite(graph));
    interpreter.allocateTensors();
    interpreter.setTensor(0, [5, 1, -2]);
    interpreter.setTensor(1, [2, 3, -2]);
    interpreter.invoke();
    expect([...interpreter.getTensor(2)]).toEqual([3, -2, 0]);
  });
});
