import { quantization, tf } from 'heavy-weights';
import { display, openDataset, openModel } from 'heavy-weights/book';

const light = quantization.foldBatchNorm(await openModel('depthwise-net'));
const drawer = await openDataset('mnist-train', { count: 256 });
const pixels = tf.tensor4d(drawer.images, drawer.shape);

// What depthwise_2 reads: 16 maps, with the border that its filters see.
const layer = light.getLayer('depthwise_2');
const before = tf.model({
  inputs: light.inputs,
  outputs: layer.input as tf.SymbolicTensor,
});
const maps = tf.tidy(() => {
  const read = before.predict(pixels) as tf.Tensor4D;
  return read.pad([[0, 0], [1, 1], [1, 1], [0, 0]]);
});

/** Means of the products of any two of the nine inputs of a filter. */
function productsOf(channel: number): number[][] {
  return tf.tidy(() => {
    const [count, height, width] = maps.shape;
    const looks = Array.from({ length: 9 }, (_, i) =>
      maps
        .slice([0, Math.floor(i / 3), i % 3, channel], [count, height - 2, width - 2, 1])
        .reshape([1, -1]),
    );
    const x = tf.concat(looks, 0);
    const means = tf.matMul(x, x.transpose()).div(x.shape[1]!);
    return means.arraySync() as number[][];
  });
}

/** SQNR of a filter’s output, in dB, for all 256 ways of rounding to 4 bits. */
function everyWay(weights: number[], products: number[][]) {
  const sizes = weights.map(Math.abs);
  const largest = sizes.indexOf(Math.max(...sizes)); // it stands on a notch
  const steps = weights.map((w) => (7 * w) / sizes[largest]!);
  const free = steps.map((_, i) => i).filter((i) => i !== largest);
  const power = (e: number[]) =>
    products.flat().reduce((sum, p, k) => sum + p * e[Math.floor(k / 9)]! * e[k % 9]!, 0);
  const fractions = steps.map((x) => x - Math.floor(x));
  const ways = Array.from({ length: 256 }, (_, way) => {
    const errors = fractions.map((fraction, i) => {
      const bit = free.indexOf(i);
      return bit < 0 ? 0 : ((way >> bit) & 1) - fraction;
    });
    return 10 * Math.log10(power(steps) / power(errors));
  });
  const nearest = free.reduce((way, i, bit) => way | (Math.round(fractions[i]!) << bit), 0);
  return { ways, nearest };
}

const kernel = layer.getWeights()[0]!.dataSync();
display.table(
  Array.from({ length: 16 }, (_, channel) => {
    const weights = Array.from({ length: 9 }, (_, i) => kernel[i * 16 + channel]!);
    const { ways, nearest } = everyWay(weights, productsOf(channel));
    return {
      filter: channel + 1,
      'nearest (dB)': ways[nearest]!.toFixed(1),
      'best (dB)': Math.max(...ways).toFixed(1),
      'ways better': ways.filter((way) => way > ways[nearest]! + 1e-6).length,
    };
  }),
  { title: 'depthwise_2 in four bits: 256 ways for each filter' },
);
