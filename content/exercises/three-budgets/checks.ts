import { evaluation, quantization, TFLiteConverter, tf } from 'heavy-weights';
import { openDataset } from 'heavy-weights/book';
import { check, defineChecks, expectEqual, expectTrue } from 'heavy-weights/checks';
import type { CheckTools } from 'heavy-weights/checks';

const BUDGETS = { bytes: 131_072, accuracy: 0.985, macs: 1_200_000 };
const CARDS = 1000;
const LESSONS = 2000;
const SPECIMENS = 100;

type Network = Awaited<ReturnType<typeof quantization.quantizePostTraining>>;

interface Attempt {
  network: Network;
  bytes: number;
  macs: number;
}

let attempt: Attempt | undefined;

const written = (shape: readonly number[]): string => shape.join(' × ');
const spelt = (count: number): string => count.toLocaleString('en-GB');

/** LeNet-5 with these weights; fails if they are none of its. */
function networkOf(weights: tf.Tensor[]): tf.LayersModel {
  expectEqual(weights.length, 8, { label: 'the number of tensors in weights' });
  const [a = 0, b = 0, units = 0] = [0, 2, 4].map((i) => weights[i]!.shape.at(-1));
  const expected = [
    [5, 5, 1, a], [a], [5, 5, a, b], [b], [16 * b, units], [units], [units, 10], [10],
  ]; // prettier-ignore
  weights.forEach(({ shape }, i) => {
    expectTrue(
      written(shape) === written(expected[i]!) && shape.every((size) => size > 0),
      `weights[${i}] does not fit a LeNet-5 with ${a}, ${b} and ${units} channels.`,
      { got: written(shape), expected: written(expected[i]!) },
    );
  });
  expectTrue(a <= 20 && b <= 50 && units <= 500, 'There are more channels than there were.', {
    got: [a, b, units],
    expected: 'at most 20, 50 and 500',
  });
  expectTrue(
    weights.every((tensor) => tensor.dataSync().every(Number.isFinite)),
    'Every weight is a finite number.',
  );
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({ filters: a, kernelSize: 5, inputShape: [28, 28, 1], name: 'conv_1' }),
      tf.layers.maxPooling2d({ poolSize: 2 }),
      tf.layers.conv2d({ filters: b, kernelSize: 5, name: 'conv_2' }),
      tf.layers.maxPooling2d({ poolSize: 2 }),
      tf.layers.flatten(),
      tf.layers.dense({ units, activation: 'relu', name: 'dense_1' }),
      tf.layers.dense({ units: 10, name: 'logits' }),
      tf.layers.activation({ activation: 'softmax' }),
    ],
  });
  model.setWeights(weights);
  return model;
}

/** The network of the reader's weights in int8: asked for once, since it is trained. */
async function attempted({ call, rng }: CheckTools): Promise<Attempt> {
  if (attempt !== undefined) return attempt;
  const lessons = await openDataset('mnist-train', {
    from: 1000 * rng.integer(0, 13),
    count: LESSONS,
  });
  const weights = await call('shrink', [BUDGETS, lessons], ['tensor']);
  const model = networkOf(weights as unknown as tf.Tensor[]);
  const first = lessons.images.subarray(0, SPECIMENS * 28 * 28);
  const network = await quantization.quantizePostTraining(model, {
    mode: 'int8',
    representativeDataset: () => [tf.tensor4d(first, [SPECIMENS, 28, 28, 1])],
  });
  const { length } = await TFLiteConverter.fromQuantizedModel(network).convert();
  attempt = { network, bytes: length, macs: evaluation.modelCost(network).macs };
  return attempt;
}

export default defineChecks([
  check('bytes', 'The file has no more bytes than it may', async (tools) => {
    const { bytes } = await attempted(tools);
    tools.measure('bytes', bytes);
    expectTrue(
      bytes <= BUDGETS.bytes,
      `The file has ${spelt(bytes)} bytes, ${spelt(bytes - BUDGETS.bytes)} too many.`,
      { got: bytes, expected: `at most ${BUDGETS.bytes}` },
    );
  }),

  check('macs', 'A digit takes no more multiplications than it may', async (tools) => {
    const { macs } = await attempted(tools);
    tools.measure('macs', macs);
    expectTrue(
      macs <= BUDGETS.macs,
      `A digit takes ${spelt(macs)} multiplications, ${spelt(macs - BUDGETS.macs)} too many.`,
      { got: macs, expected: `at most ${BUDGETS.macs}` },
    );
  }),

  check('accuracy', 'It reads 98.5 in the hundred', async (tools) => {
    const { network } = await attempted(tools);
    const { images, labels, shape } = await openDataset('mnist-test', { count: CARDS });
    const said = tf.tidy(() =>
      (network.predict(tf.tensor4d(images, shape)) as tf.Tensor).argMax(1).dataSync(),
    );
    const read = labels.filter((label, i) => said[i] === label).length;
    tools.measure('accuracy', read / CARDS);
    expectTrue(read / CARDS >= BUDGETS.accuracy, `It reads ${read} of ${CARDS} cards.`, {
      got: read,
      expected: `at least ${CARDS * BUDGETS.accuracy}`,
    });
  }),
]);
