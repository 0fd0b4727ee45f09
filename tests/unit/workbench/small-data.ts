/** A classification that a small network learns at once: which quarter of the image is bright. */
import { createRng, tf } from 'heavy-weights';
import type { LabelledExamples } from '../../../src/workbench/examples.ts';
import type { NpyArray } from '../../../src/workbench/npz.ts';
import { readMnist, type MnistSplit } from '../../../src/build/mnist.ts';

const SIDE = 8;

export function quarters(count: number, seed: number): LabelledExamples {
  const rng = createRng(seed);
  const values = new Float32Array(count * SIDE * SIDE);
  const labels = new Int32Array(count);
  for (let n = 0; n < count; n++) {
    const label = rng.integer(0, 3);
    labels[n] = label;
    for (let i = 0; i < SIDE * SIDE; i++) {
      const quarter = (Math.floor(i / SIDE) < SIDE / 2 ? 0 : 2) + (i % SIDE < SIDE / 2 ? 0 : 1);
      values[n * SIDE * SIDE + i] = rng.uniform(0, 0.5) + (quarter === label ? 0.4 : 0);
    }
  }
  return { count, shape: [SIDE, SIDE, 1], values, scale: 1, labels, source: `quarters ${seed}` };
}

/** A network with batch normalization and dropout, trained on them a little. */
export async function quarterModel(seed: number, epochs = 5): Promise<tf.LayersModel> {
  const { layers } = tf;
  const start = (offset: number) => tf.initializers.glorotNormal({ seed: seed + offset });
  const model = tf.sequential({
    name: 'quarters',
    layers: [
      layers.conv2d({
        filters: 8,
        kernelSize: 3,
        inputShape: [SIDE, SIDE, 1],
        kernelInitializer: start(0),
        name: 'conv',
      }),
      layers.batchNormalization({ momentum: 0.8, name: 'norm' }),
      layers.reLU({ name: 'relu' }),
      layers.flatten({ name: 'flatten' }),
      layers.dropout({ rate: 0.1, seed: 7, name: 'dropout' }),
      layers.dense({ units: 16, activation: 'relu', kernelInitializer: start(1), name: 'hidden' }),
      layers.dense({
        units: 4,
        activation: 'softmax',
        kernelInitializer: start(2),
        name: 'answer',
      }),
    ],
  });
  const { values, labels, count } = quarters(384, seed + 100);
  const optimizer = tf.train.adam(0.01);
  model.compile({ optimizer, loss: 'categoricalCrossentropy' });
  const x = tf.tensor(values as Float32Array, [count, SIDE, SIDE, 1]);
  const y = tf.tidy(() => tf.oneHot(tf.tensor1d(labels, 'int32'), 4).toFloat());
  await model.fit(x, y, { epochs, batchSize: 32, shuffle: false, verbose: 0 });
  tf.dispose([x, y]);
  optimizer.dispose();
  return model;
}

/** Images of MNIST as a .npz holds them. */
export function mnistArrays(split: MnistSplit, count: number): { x: NpyArray; y: NpyArray } {
  const { pixels, labels, rows, cols } = readMnist(split);
  return {
    x: { dtype: 'uint8', shape: [count, rows, cols], data: pixels.slice(0, count * rows * cols) },
    y: { dtype: 'uint8', shape: [count], data: labels.slice(0, count) },
  };
}
