import { tf } from 'heavy-weights';
import { openDataset } from 'heavy-weights/book';

const { images, count, shape } = await openDataset('mnist-test', { count: 200 });
const before = tf.model({ inputs: heavy.inputs, outputs: heavy.getLayer('flatten').output as tf.SymbolicTensor });
const inputs = (before.predict(tf.tensor4d(images, shape)) as tf.Tensor).dataSync() as Float32Array;

/** The sums Σ w x of dense_1, without bias or ReLU. */
const sums = (x: Float32Array, w: Float32Array) =>
  tf.matMul(tf.tensor2d(x, [count, 800]), tf.tensor2d(w, [800, 500])).dataSync() as Float32Array;
const exact = sums(inputs, weights);

const weightsAt = (bits: number) => (bits === 32 ? weights : throughRule(weights, ruleTo(largest, bits)));
const inputsAt = (bits: number) =>
  bits === 32
    ? inputs
    : throughRule(inputs, numerics.chooseQuantizationParams(numerics.minMax(inputs), { numBits: bits }));
const decibels = (a: Float32Array, b: Float32Array, bits: number) => (bits === 32 ? 'exact' : numerics.sqnr(a, b));

display.table(
  [
    [8, 32],
    [32, 8],
    [8, 8],
    [4, 8],
  ].map(([weightBits, inputBits]) => {
    const [w, x] = [weightsAt(weightBits), inputsAt(inputBits)];
    return {
      'weights, bits': weightBits,
      'inputs, bits': inputBits,
      'SQNR of the weights': decibels(weights, w, weightBits),
      'of the inputs': decibels(inputs, x, inputBits),
      'of the sums': numerics.sqnr(exact, sums(x, w)),
    };
  }),
  { title: 'An error on its way through dense_1' },
);

const power = (values: Float32Array) => mean(values.map((value) => value * value));
const gain = power(exact) / (800 * power(weights) * power(inputs));
console.log(`The sums are ${gain.toFixed(1)} times as powerful as sums of strangers: ${(10 * Math.log10(gain)).toFixed(1)} dB.`);
