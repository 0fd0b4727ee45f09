import * as tf from '@tensorflow/tfjs';
import { startTensorFlow } from '../src/build/node-tensorflow.ts';
import { fakeQuant, fakeQuantPerChannel } from '../src/engine/fake-quantization/index.ts';
import { createRng } from '../src/shared/rng.ts';
import { lenet5 } from '../scripts/train-models/lenet-5.ts';
import { measure, type ContestResult } from './measure.ts';

const BATCH = 32;
const rng = createRng(1887);

/** Training in wasm with our kernels beside TensorFlow.js's own cpu backend, and what fake quantization adds. */
export async function trainingBenchmarks(): Promise<ContestResult[]> {
  await startTensorFlow();
  return [
    await trainingStep(),
    fakeQuantized('LeNet-5, second convolution', [BATCH, 12, 12, 20], [5, 5, 20, 50]),
    fakeQuantized('32 channels, 3 × 3 at 28 × 28', [BATCH, 28, 28, 32], [3, 3, 32, 32]),
  ];
}

async function trainingStep(): Promise<ContestResult> {
  const images = rng.floats(BATCH * 784);
  const labels = Int32Array.from({ length: BATCH }, () => rng.integer(0, 9));
  const stepOn = async (backend: string): Promise<() => number> => {
    await tf.setBackend(backend);
    const model = lenet5.build(1);
    const optimizer = tf.train.adam(1e-3);
    const [x, y] = [
      tf.tensor4d(images, [BATCH, 28, 28, 1]),
      tf.oneHot(tf.tensor1d(labels, 'int32'), 10),
    ];
    // All weights live on one backend: it must be the current one while they are used.
    return () => {
      if (tf.getBackend() !== backend) void tf.setBackend(backend);
      return tf.tidy(() => {
        const loss = optimizer.minimize(
          () => tf.losses.softmaxCrossEntropy(y, logitsOf(model, x)) as tf.Scalar,
          true,
        );
        return loss!.dataSync()[0]!;
      });
    };
  };
  const cpu = await stepOn('cpu');
  const wasm = await stepOn('wasm');
  const result = measure({
    name: `Training step of LeNet-5 (Caffe form), batch ${BATCH}`,
    elements: BATCH,
    ours: wasm,
    peers: { 'TensorFlow.js, cpu backend': cpu },
    warmUp: 2,
    rounds: 5,
  });
  await tf.setBackend('wasm');
  return result;
}

function logitsOf(model: tf.Sequential, images: tf.Tensor): tf.Tensor {
  return model.layers
    .slice(0, -1)
    .reduce((values, layer) => layer.apply(values, { training: true }) as tf.Tensor, images);
}

/** A convolution whose kernel and output are rounded, beside the convolution alone. */
function fakeQuantized(
  name: string,
  input: [number, number, number, number],
  filter: [number, number, number, number],
): ContestResult {
  const size = (shape: number[]): number => shape.reduce((total, each) => total * each, 1);
  const x = tf.tensor4d(rng.normals(size(input)), input);
  const w = tf.tensor4d(rng.normals(size(filter), 0, 0.1), filter);
  const [low, high] = [-0.4, 0.4].map((end) => tf.fill([filter[3]], end));
  const [min, max] = [tf.scalar(-6), tf.scalar(6)];
  const read = (y: tf.Tensor): number => y.dataSync()[0]!;
  return measure({
    name: `Convolution with fake quantization, ${name}, batch ${BATCH}`,
    elements: input[0] * filter[3],
    ours: () =>
      tf.tidy(() => {
        const options = { numBits: 8, narrowRange: true };
        const rounded = fakeQuantPerChannel(w, low!, high!, options);
        return read(fakeQuant(tf.conv2d(x, rounded, 1, 'valid'), min!, max!));
      }),
    peers: { 'the convolution alone': () => tf.tidy(() => read(tf.conv2d(x, w, 1, 'valid'))) },
  });
}
