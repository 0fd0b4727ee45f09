/** The model’s arithmetic written out, for the few numbers of the prose which need whole readings. */
import { readMnist } from '../../../build/mnist.ts';
import { LAYER_NAMES, layer, type LayerName } from './layers.ts';

/** What a dense layer sends on for one input: values · kernel + bias, and ReLU unless it is the last. */
export function denseOutput(
  name: LayerName,
  values: Float32Array,
  kernel = layer(name).kernel,
): Float32Array {
  const { bias, units } = layer(name);
  const out = Float32Array.from(bias);
  values.forEach((value, input) => {
    if (value === 0) return;
    const row = input * units;
    for (let unit = 0; unit < units; unit++) out[unit]! += value * kernel[row + unit]!;
  });
  return name === 'logits' ? out : out.map((value) => Math.max(0, value));
}

/** One test image as the model takes it: 784 values from 0 to 1. */
export function testImage(index: number): Float32Array {
  return Float32Array.from(
    readTest().pixels.subarray(index * 784, (index + 1) * 784),
    (pixel) => pixel / 255,
  );
}

/** How many of all test images are read correctly with these kernels. About a second. */
export function countCorrect(kernels: Record<LayerName, Float32Array>): number {
  const { labels } = readTest();
  let correct = 0;
  for (let i = 0; i < labels.length; i++) {
    let values = testImage(i);
    for (const name of LAYER_NAMES) values = denseOutput(name, values, kernels[name]);
    if (values.indexOf(Math.max(...values)) === labels[i]) correct++;
  }
  return correct;
}

let test: ReturnType<typeof readMnist> | undefined;

function readTest(): ReturnType<typeof readMnist> {
  test ??= readMnist('test');
  return test;
}
