import {
  check,
  defineChecks,
  expectArrayClose,
  expectArrayEqual,
  expectThrows,
} from 'heavy-weights/checks';
import type { CheckTools } from 'heavy-weights/checks';

type Rng = CheckTools['rng'];

interface Layer {
  inputs: number[];
  codes: number[][];
  weightScale: number;
  bias: number[];
}

/** The rule, worked out once more. */
function wanted({ inputs, codes, weightScale, bias }: Layer): number[] {
  const min = Math.min(0, ...inputs);
  const max = Math.max(0, ...inputs);
  if (min === max) return bias;
  const scale = (max - min) / 255;
  const away = (x: number): number => (x < 0 ? -Math.floor(0.5 - x) : Math.floor(x + 0.5));
  const zero = away(-128 - min / scale);
  const notches = inputs.map((x) => Math.min(127, Math.max(-128, away(x / scale) + zero)) - zero);
  return bias.map((b, j) => {
    let sum = 0;
    for (const [i, notch] of notches.entries()) sum += notch * codes[i]![j]!;
    return sum * scale * weightScale + b;
  });
}

/** Inputs between two ends, of which none lies halfway between two codes. */
function inputsBetween(rng: Rng, count: number, low: number, high: number): number[] {
  const scale = (Math.max(high, 0) - Math.min(low, 0)) / 255;
  const inner = Array.from({ length: count - 2 }, () => {
    const steps = rng.uniform(low, high) / scale;
    const half = Math.abs((Math.abs(steps) % 1) - 0.5) < 0.02;
    return (half ? Math.round(steps) : steps) * scale;
  });
  return [low, high, ...inner];
}

function layer(rng: Rng, inputs: number[], units = 3): Layer {
  return {
    inputs,
    codes: inputs.map(() => Array.from({ length: units }, () => rng.integer(-127, 128))),
    weightScale: rng.uniform(0.001, 0.02),
    bias: Array.from({ length: units }, () => rng.normal(0, 2)),
  };
}

async function expectOutputs({ call }: CheckTools, given: Layer): Promise<void> {
  const { inputs, codes, weightScale, bias } = given;
  const answer = await call('dynamicRangeDense', [inputs, codes, weightScale, bias], 'numbers');
  expectArrayClose(answer, wanted(given), {
    tolerance: 1e-9,
    relative: 1e-9,
    label: 'the outputs',
  });
}

export default defineChecks([
  check('example', 'The examples come out', async (tools) => {
    await expectOutputs(tools, {
      inputs: [0, 255],
      codes: [[9], [2]],
      weightScale: 0.5,
      bias: [0.25],
    });
    await expectOutputs(tools, {
      inputs: [-51, 204],
      codes: [
        [3, 1],
        [-1, 2],
      ],
      weightScale: 1,
      bias: [0, 10],
    });
  }),

  check('one-sided', 'Inputs of one sign use all the codes', async (tools) => {
    const { rng } = tools;
    await expectOutputs(tools, layer(rng, inputsBetween(rng, 40, 0, rng.uniform(2, 9))));
    await expectOutputs(tools, layer(rng, inputsBetween(rng, 40, -rng.uniform(2, 9), 0)));
  }),

  check('holds-zero', 'A range that leaves 0 out is widened to it', async (tools) => {
    const { rng } = tools;
    await expectOutputs(tools, layer(rng, inputsBetween(rng, 30, rng.uniform(3, 4), 6)));
    await expectOutputs(tools, layer(rng, inputsBetween(rng, 30, -6, -rng.uniform(3, 4))));
    await expectOutputs(tools, layer(rng, [rng.uniform(1, 5)]));
  }),

  check('own-range', 'Each call makes its rule from its own inputs', async (tools) => {
    const { rng } = tools;
    for (const size of [1, 0.01, 300, 1]) {
      await expectOutputs(
        tools,
        layer(rng, inputsBetween(rng, 25, -size * rng.uniform(0.5, 1), size)),
      );
    }
  }),

  check('large-sums', 'The sums may be far larger than a code', async (tools) => {
    const { rng } = tools;
    const inputs = inputsBetween(rng, 500, 0, 4);
    const given = layer(rng, inputs, 2);
    given.codes = inputs.map(() => [rng.integer(90, 128), rng.integer(-127, -90)]);
    await expectOutputs(tools, given);
  }),

  check('bias', 'The bias is added in float, and never rounded', async (tools) => {
    const { rng } = tools;
    const given = layer(rng, inputsBetween(rng, 12, -1, 3));
    given.bias = [rng.uniform(1e-6, 1e-5), rng.uniform(1e3, 1e4), 0];
    await expectOutputs(tools, given);
  }),

  check('all-zero', 'Inputs of zeros give the bias', async ({ call, rng }) => {
    const bias = [rng.normal(), rng.normal()];
    const codes = [
      [5, 6],
      [7, 8],
      [-9, 1],
    ];
    const answer = await call('dynamicRangeDense', [[0, 0, 0], codes, 0.1, bias], 'numbers');
    expectArrayEqual(answer, bias, { label: 'the outputs' });
  }),

  check(
    'refuses',
    'Inputs that are no numbers and rows that are missing are refused',
    async ({ call }) => {
      for (const bad of [NaN, Infinity, -Infinity]) {
        await expectThrows(() => call('dynamicRangeDense', [[1, bad], [[1], [1]], 1, [0]]), {
          when: `for the input ${bad}`,
          mentions: { pattern: /inputs/, words: 'the argument inputs' },
        });
      }
      await expectThrows(() => call('dynamicRangeDense', [[1, 2], [[1]], 1, [0]]), {
        when: 'for two inputs and one row',
        mentions: { pattern: /codes/, words: 'the argument codes' },
      });
    },
  ),
]);
