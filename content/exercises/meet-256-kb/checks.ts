import { evaluation, quantization, TFLiteConverter, tf } from 'heavy-weights';
import { openDataset } from 'heavy-weights/book';
import { check, defineChecks, expectEqual, expectTrue } from 'heavy-weights/checks';
import type { CheckTools } from 'heavy-weights/checks';

const POST_OFFICE = { flash: 256 * 1024, ram: 64 * 1024 };
const CARDS = 1000;
const ASKED = 985;
const SHEETS = 500;
const SPECIMENS = 100;
const MODES = ['int8', 'int4', 'float16'] as const;

type Mode = (typeof MODES)[number];
type Network = Awaited<ReturnType<typeof quantization.quantizePostTraining>>;
type Sheets = Awaited<ReturnType<typeof openDataset>>;

interface Plan {
  mode: Mode;
  weights: tf.Tensor[];
}

let sheets: Promise<Sheets> | undefined;
let postOffice: Plan | undefined;

async function ask({ call }: CheckTools, device: typeof POST_OFFICE): Promise<Plan> {
  sheets ??= openDataset('mnist-train', { count: SHEETS });
  const given = await call('meet', [device, await sheets], {
    mode: 'string',
    weights: ['tensor'],
  });
  return { mode: given.mode as Mode, weights: given.weights as unknown as tf.Tensor[] };
}

/** The plan for the Post Office's device: asked for once, looked at by four checks. */
const planned = async (tools: CheckTools): Promise<Plan> =>
  (postOffice ??= await ask(tools, POST_OFFICE));

const written = (shape: readonly number[]): string => shape.join(' × ');

/** LeNet-5 with these weights; fails if they are none of its. */
function networkOf({ weights }: Plan): tf.LayersModel {
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

async function write(plan: Plan): Promise<{ network: Network; bytes: number }> {
  expectTrue(MODES.includes(plan.mode), 'The mode is int8, int4 or float16.', { got: plan.mode });
  const given = await openDataset('mnist-train', { count: SPECIMENS });
  const network = await quantization.quantizePostTraining(networkOf(plan), {
    mode: plan.mode,
    representativeDataset: () => [tf.tensor4d(given.images, given.shape)],
  });
  const file = await TFLiteConverter.fromQuantizedModel(network).convert();
  return { network, bytes: file.length };
}

function expectWithin(bytes: number, most: number, what: string): void {
  expectTrue(
    bytes <= most,
    `${what} takes ${bytes.toLocaleString('en-GB')} bytes, ${(bytes - most).toLocaleString('en-GB')} too many.`,
    { got: bytes, expected: `at most ${most}` },
  );
}

export default defineChecks([
  check('form', 'The plan is a form of the heavy model', async (tools) => {
    networkOf(await planned(tools));
  }),

  check('flash', 'The file fits the flash', async (tools) => {
    const { bytes } = await write(await planned(tools));
    expectWithin(bytes, POST_OFFICE.flash, 'The file');
  }),

  check('ram', 'What it computes fits the RAM', async (tools) => {
    const { network } = await write(await planned(tools));
    const { ramBytes, peakAt } = evaluation.fitsDevice(network, POST_OFFICE);
    expectWithin(ramBytes, POST_OFFICE.ram, `The arena, fullest at ${peakAt},`);
  }),

  check('reads', `It reads ${ASKED} of ${CARDS} cards`, async (tools) => {
    const { network } = await write(await planned(tools));
    const { images, labels, shape } = await openDataset('mnist-test', { count: CARDS });
    const said = tf.tidy(() =>
      (network.predict(tf.tensor4d(images, shape)) as tf.Tensor).argMax(1).dataSync(),
    );
    const read = labels.filter((label, i) => said[i] === label).length;
    expectTrue(read >= ASKED, `It reads ${read} of ${CARDS} cards.`, {
      got: read,
      expected: `at least ${ASKED}`,
    });
  }),

  check('other-devices', 'A smaller flash is met as well', async (tools) => {
    for (const flash of [
      tools.rng.integer(130_000, 180_000),
      tools.rng.integer(190_000, 250_000),
    ]) {
      const { network, bytes } = await write(await ask(tools, { ...POST_OFFICE, flash }));
      expectWithin(bytes, flash, `For a flash of ${flash} bytes the file`);
      const { ramBytes } = evaluation.fitsDevice(network, POST_OFFICE);
      expectWithin(ramBytes, POST_OFFICE.ram, `For a flash of ${flash} bytes the arena`);
    }
  }),

  check('whole', 'Nothing is cut where the whole model fits', async (tools) => {
    const flash = tools.rng.integer(450_000, 500_000);
    const { weights } = await ask(tools, { ...POST_OFFICE, flash });
    const channels = [0, 2, 4].map((i) => weights[i]?.shape.at(-1));
    expectEqual(channels, [20, 50, 500], { label: `the channels for a flash of ${flash} bytes` });
  }),
]);
