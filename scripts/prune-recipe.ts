/**
 * The recipe of the book's last chapter, from the model to the saved file: prunes the client's LeNet-5 to nine tenths
 * of zeros in five epochs, and saves it as a Keras file.
 *
 *   node scripts/prune-recipe.ts [--images 15000] [--epochs 5] [--out final_model.h5]
 */
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import * as tf from '@tensorflow/tfjs';
import { answersOf, countEqual } from '../src/build/answers.ts';
import { loadModel } from '../src/build/load-model.ts';
import { readMnist } from '../src/build/mnist.ts';
import { startTensorFlow } from '../src/build/node-tensorflow.ts';
import { saveModel } from '../src/engine/keras/index.ts';
import { runRecipe } from './results/compression/recipe.ts';

const { values: flags } = parseArgs({
  options: {
    images: { type: 'string', default: '15000' },
    epochs: { type: 'string', default: '5' },
    out: { type: 'string', default: 'final_model.h5' },
  },
});
const images = wholeNumber('images', flags.images, 60_000);
const epochs = wholeNumber('epochs', flags.epochs, 1000);

await startTensorFlow();
const [train, test] = [readMnist('train'), readMnist('test')];
const original = await loadModel('lenet-5');
report('before', original);
const started = performance.now();
const { model } = await runRecipe(
  original,
  { set: train, images },
  { set: test, images: 2000 },
  {
    epochs,
    onEpoch: (epoch, logs) => {
      const seconds = ((performance.now() - started) / 1000).toFixed(0);
      console.log(
        `epoch ${epoch + 1} of ${epochs}: loss ${text(logs['loss'])}, ` +
          `validation accuracy ${text(logs['val_acc'])}, ${seconds} s`,
      );
    },
  },
);
report('after', model);
await writeFile(resolve(flags.out), await saveModel(model, flags.out));
console.log(`Written to ${resolve(flags.out)}.`);

function report(when: string, model: tf.LayersModel): void {
  const correct = countEqual(answersOf(model, test), test.labels);
  let weights = 0;
  let zeros = 0;
  for (const tensor of model.getWeights().filter(({ rank }) => rank > 1)) {
    const values = tensor.dataSync();
    weights += values.length;
    zeros += values.filter((value) => value === 0).length;
  }
  const share = ((100 * zeros) / weights).toFixed(2);
  console.log(`${when}: ${correct} of ${test.count} test images, ${share} % of the weights zero`);
}

function text(value: unknown): string {
  const number = value instanceof tf.Tensor ? value.dataSync()[0] : value;
  return typeof number === 'number' ? number.toFixed(4) : 'not reported';
}

function wholeNumber(name: string, given: string, most: number): number {
  const value = Number(given);
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  console.error(`--${name} must be a whole number from 1 to ${most}; it is ${given}.`);
  process.exit(2);
}
