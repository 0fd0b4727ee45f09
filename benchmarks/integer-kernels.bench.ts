import * as tf from '@tensorflow/tfjs';
import { loadModel } from '../src/build/load-model.ts';
import { startTensorFlow } from '../src/build/node-tensorflow.ts';
import { quantization } from '../src/engine/index.ts';
import { createRng } from '../src/shared/rng.ts';
import { measure, type ContestResult } from './measure.ts';

const IMAGES = 20;

/** LeNet-5 in integers, bit by bit as TFLite's reference kernels, beside the float model on TensorFlow.js. */
export async function integerKernelBenchmarks(): Promise<ContestResult[]> {
  await startTensorFlow();
  const model = await loadModel('lenet-5');
  const images = (): tf.Tensor4D =>
    tf.tensor4d(createRng(5).floats(IMAGES * 784), [IMAGES, 28, 28, 1]);
  const network = await quantization.quantizePostTraining(model, {
    mode: 'int8',
    representativeDataset: () => [images()],
  });
  const x = images();
  const predict = (each: { predict(x: tf.Tensor): unknown }) => () =>
    tf.tidy(() => (each.predict(x) as tf.Tensor).dataSync()[0]);
  const result = measure({
    name: `LeNet-5 (Caffe form) on ${IMAGES} images, int8`,
    elements: IMAGES,
    ours: predict(network),
    peers: { 'float32, TensorFlow.js, wasm backend': predict(model) },
  });
  return [result];
}
