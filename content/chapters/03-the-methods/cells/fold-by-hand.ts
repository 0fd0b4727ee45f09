import { quantization, tf } from 'heavy-weights';
import { display, openDataset, openModel } from 'heavy-weights/book';

const network = await openModel('bn-cnn');
const norm = network.getLayer('batch_norm_1');
const [kernel] = network.getLayer('conv_1').getWeights();
const [gamma, beta, mean, variance] = norm.getWeights();
const epsilon = norm.getConfig().epsilon as number;

// The normalization is a factor and a shift for each channel, and the channel is the last axis of the kernel.
const factor = gamma.div(variance.add(epsilon).sqrt());
const foldedKernel = kernel.mul(factor) as tf.Tensor4D;
const foldedBias = beta.sub(mean.mul(factor));

const cards = await openDataset('mnist-test', { count: 200 });
const pixels = tf.tensor4d(cards.images, cards.shape);
const largest = (a: tf.Tensor, b: tf.Tensor) => a.sub(b).abs().max().dataSync()[0].toExponential(1);

const upToNorm = tf.model({ inputs: network.inputs, outputs: norm.output as tf.SymbolicTensor });
const before = upToNorm.predict(pixels) as tf.Tensor;
const after = tf.conv2d(pixels, foldedKernel, 2, 'same').add(foldedBias);
console.log(`Two layers and one differ by ${largest(before, after)} at most.`);

const whole = quantization.foldBatchNorm(network);
const answers = [network, whole].map((model) => model.predict(pixels) as tf.Tensor);
console.log(`${network.layers.length} layers and ${whole.layers.length} differ by ${largest(answers[0], answers[1])} in their answers.`);

const reachOf = (weights: tf.Tensor) => weights.abs().max([0, 1, 2]).dataSync();
const [reachBefore, reachAfter, factors] = [reachOf(kernel), reachOf(foldedKernel), factor.dataSync()];
display.table(
  Array.from(factors, (value, c) => ({
    filter: c + 1,
    'largest weight': Number(reachBefore[c].toFixed(3)),
    factor: Number(value.toFixed(3)),
    folded: Number(reachAfter[c].toFixed(3)),
  })),
  { title: 'The sixteen filters of conv_1' },
);
