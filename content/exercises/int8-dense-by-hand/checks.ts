import { numerics } from 'heavy-weights';
import { check, defineChecks, expectArrayEqual, expectThrows } from 'heavy-weights/checks';
import type { CheckTools } from 'heavy-weights/checks';

interface DenseLayer {
  weights: Int8Array;
  biases: Int32Array;
  inputScale: number;
  inputZeroPoint: number;
  weightScale: number;
  outputScale: number;
  outputZeroPoint: number;
  relu: boolean;
}

/** The rule, worked out once more: the sums by the other side of the formula, the rest by the engine. */
function worked(input: Int8Array, layer: DenseLayer): Int8Array {
  const { weights, biases, inputZeroPoint, outputZeroPoint } = layer;
  const sums = biases.map((bias, unit) => {
    const row = weights.subarray(unit * input.length, (unit + 1) * input.length);
    const products = row.reduce((sum, q, i) => sum + q * (input[i] ?? 0), 0);
    return products - inputZeroPoint * row.reduce((sum, q) => sum + q, 0) + bias;
  });
  const from = { scale: layer.inputScale * layer.weightScale, zeroPoint: 0 };
  const to = { scale: layer.outputScale, zeroPoint: outputZeroPoint };
  const codes = numerics.requantize(sums, from, to);
  return Int8Array.from(codes, (code) => (layer.relu ? Math.max(outputZeroPoint, code) : code));
}

async function expectWorked(
  { call }: CheckTools,
  input: Int8Array,
  layer: DenseLayer,
): Promise<void> {
  const answer = await call('denseInt8', [input, layer], 'Int8Array');
  expectArrayEqual(answer, worked(input, layer), { type: 'Int8Array', label: 'the codes' });
}

type Rng = CheckTools['rng'];
const codes = (rng: Rng, count: number, low = -128): Int8Array =>
  Int8Array.from({ length: count }, () => rng.integer(low, 127));

/** A layer whose outputs mostly stay within the codes. */
function someLayer(rng: Rng, inputs: number, units: number): DenseLayer {
  const inputScale = rng.uniform(0.005, 0.05);
  const weightScale = rng.uniform(0.001, 0.01);
  const typicalSum = 127 * 75 * Math.sqrt(inputs);
  return {
    weights: codes(rng, inputs * units, -127),
    biases: Int32Array.from({ length: units }, () => rng.integer(-5000, 5000)),
    inputScale,
    inputZeroPoint: rng.integer(-128, 127),
    weightScale,
    outputScale: (typicalSum * inputScale * weightScale) / rng.uniform(20, 80),
    outputZeroPoint: rng.integer(-60, 60),
    relu: false,
  };
}

const example: DenseLayer = {
  weights: new Int8Array([3, 4, -20, 10]),
  biases: new Int32Array([100, -50]),
  inputScale: 0.02,
  inputZeroPoint: 2,
  weightScale: 0.01,
  outputScale: 0.004,
  outputZeroPoint: -10,
  relu: false,
};

export default defineChecks([
  check('example', 'The two units of the statement come out', async (tools) => {
    await expectWorked(tools, new Int8Array([12, -3]), example);
    await expectWorked(tools, new Int8Array([12, -3]), { ...example, relu: true });
  }),

  check('input-zero', 'An input which stands for zero adds nothing', async (tools) => {
    const { rng } = tools;
    const layer = someLayer(rng, 30, 5);
    await expectWorked(tools, new Int8Array(30).fill(layer.inputZeroPoint), layer);
    await expectWorked(tools, codes(rng, 30), layer);
  }),

  check('layout', 'Each unit has its own run of weights', async (tools) => {
    const weights = new Int8Array([1, 0, 0, 0, 1, 0]);
    const layer = {
      ...example,
      weights,
      inputZeroPoint: 0,
      outputScale: 0.0002,
      outputZeroPoint: 0,
    };
    await expectWorked(tools, new Int8Array([11, 22, 33]), layer);
    await expectWorked(tools, codes(tools.rng, 7), someLayer(tools.rng, 7, 4));
  }),

  check('biases', 'The bias is added to the sum, before it is scaled', async (tools) => {
    const layer = someLayer(tools.rng, 12, 6);
    const biases = layer.biases.map((_, unit) => (unit % 2 === 0 ? 30000 : -30000));
    await expectWorked(tools, codes(tools.rng, 12), { ...layer, biases });
  }),

  check('held', 'Codes beyond the ends are held there', async (tools) => {
    const { rng } = tools;
    const layer = someLayer(rng, 20, 8);
    await expectWorked(tools, codes(rng, 20), { ...layer, outputScale: layer.outputScale / 30 });
  }),

  check('relu', 'A ReLU holds codes at the output’s zero point', async (tools) => {
    const { rng } = tools;
    for (const outputZeroPoint of [-128, -40, 25]) {
      const layer = { ...someLayer(rng, 24, 10), relu: true, outputZeroPoint };
      await expectWorked(tools, codes(rng, 24), layer);
    }
  }),

  check('twice', 'Sums are scaled by the multiplier and shift, rounded twice', async (tools) => {
    const layer = { ...example, outputScale: 0.119, outputZeroPoint: 0, inputZeroPoint: 0 };
    const real = (layer.inputScale * layer.weightScale) / layer.outputScale;
    const { multiplier, shift } = numerics.quantizeMultiplier(real);
    const found: number[] = [];
    for (let sum = tools.rng.integer(-60000, -50000); found.length < 6 && sum < 60000; sum++) {
      const twice = numerics.multiplyByQuantizedMultiplier(sum, multiplier, shift);
      if (twice !== numerics.roundHalfAway(sum * real)) found.push(sum);
    }
    const biases = Int32Array.from(found);
    await expectWorked(tools, new Int8Array(1), {
      ...layer,
      weights: new Int8Array(biases.length),
      biases,
    });
  }),

  check('any', 'Any layer is run as the device runs it', async (tools) => {
    const { rng } = tools;
    for (let round = 0; round < 12; round++) {
      const inputs = rng.integer(1, 60);
      const layer = { ...someLayer(rng, inputs, rng.integer(1, 12)), relu: round % 2 === 0 };
      await expectWorked(tools, codes(rng, inputs), layer);
    }
  }),

  check('refuses', 'Weights that do not fit are refused', async ({ call }) => {
    for (const inputs of [1, 3]) {
      await expectThrows(() => call('denseInt8', [new Int8Array(inputs), example]), {
        when: `for ${inputs} inputs and 2 units with 4 weights`,
        mentions: { pattern: /weights/, words: 'the weights' },
      });
    }
  }),
]);
