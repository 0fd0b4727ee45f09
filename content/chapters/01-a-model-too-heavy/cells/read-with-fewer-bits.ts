import { tf } from 'heavy-weights';
import { openDataset, progress } from 'heavy-weights/book';

const { images, labels, count } = await openDataset('mnist-test', { count: 1000 });
const pixels = tf.tensor2d(images, [count, 784]);

/** How many of the digits the model reads when its layers hold these weights. */
function readsWith(weightsFor: (layer: string) => Float32Array): number {
  let signal: tf.Tensor = pixels;
  for (const name of layers) {
    const [kernel, bias] = model.getLayer(name).getWeights();
    const sum = signal.matMul(tf.tensor2d(weightsFor(name), kernel.shape as [number, number])).add(bias);
    signal = name === 'logits' ? sum : sum.relu();
  }
  const readings = signal.argMax(1).dataSync();
  return labels.filter((label, i) => readings[i] === label).length;
}

const correct: Record<string, number> = { '32 bits, float': readsWith(weightsOf) };
for (const bits of [8, 6, 5, 4, 3, 2]) {
  correct[`${bits} bits`] = readsWith((layer) => roundedTo(bits, weightsOf(layer)));
  progress(9 - bits, 7, `${bits} bits`);
}

display.table(
  Object.entries(correct).map(([width, right]) => ({ width, 'read correctly': right, of: count })),
  { title: 'A thousand digits, in fewer and fewer bits' },
);
