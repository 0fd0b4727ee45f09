import { check, defineChecks, expectArrayClose, expectArrayEqual } from 'heavy-weights/checks';
import type { CheckTools } from 'heavy-weights/checks';

interface Pair {
  first: Float32Array;
  bias: Float32Array;
  second: Float32Array;
  channels: number;
}

const answer = {
  first: 'Float32Array',
  bias: 'Float32Array',
  second: 'Float32Array',
  factors: 'Float32Array',
} as const;

const largest = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((top, w) => Math.max(top, Math.abs(w)), 0);

/** The weights that make a channel, and those that read it. */
const madeBy = ({ first, channels }: Pick<Pair, 'first' | 'channels'>, c: number): Float32Array =>
  first.filter((_, i) => i % channels === c);
function readBy({ second, channels }: Pick<Pair, 'second' | 'channels'>, c: number): Float32Array {
  const units = second.length / channels;
  return second.subarray(c * units, (c + 1) * units);
}

/** ReLU(x·W₁ + b)·W₂ for one input. */
function runs({ first, bias, second, channels }: Pair, input: Float32Array): number[] {
  const between = Array.from(bias, (shift, c) =>
    Math.max(
      0,
      input.reduce((sum, x, i) => sum + x * first[i * channels + c]!, shift),
    ),
  );
  return Array.from({ length: second.length / channels }, (_, unit) =>
    between.reduce((sum, x, c) => sum + x * second[c * (second.length / channels) + unit]!, 0),
  );
}

/** Two layers whose channels are in units far apart. */
function uneven(rng: CheckTools['rng'], inputs: number, channels: number, units: number): Pair {
  const scale = Array.from({ length: channels }, () => 10 ** rng.uniform(-2, 2));
  return {
    first: rng.normals(inputs * channels).map((w, i) => w * scale[i % channels]!),
    bias: rng.normals(channels, 0.5, 1).map((b, c) => b * scale[c]!),
    second: rng.normals(channels * units),
    channels,
  };
}

/** The pair that the submission makes of one, with its factors. */
async function asked(
  call: CheckTools['call'],
  { first, bias, second, channels }: Pair,
): Promise<Pair & { factors: Float32Array }> {
  const equal = await call('equalize', [first, bias, second, channels], answer);
  return {
    first: Float32Array.from(equal.first),
    bias: Float32Array.from(equal.bias),
    second: Float32Array.from(equal.second),
    factors: Float32Array.from(equal.factors),
    channels,
  };
}

async function expectEqualized({ call, rng }: CheckTools, pair: Pair): Promise<void> {
  const { first, channels } = pair;
  const equal = await asked(call, pair);
  const root = Array.from({ length: channels }, (_, c) =>
    Math.sqrt(largest(madeBy(pair, c)) * largest(readBy(pair, c))),
  );
  const of = (reach: (c: number) => Float32Array): number[] =>
    root.map((_, c) => largest(reach(c)));
  const close = { tolerance: 1e-6, relative: 1e-5 };
  expectArrayClose(
    of((c) => madeBy(equal, c)),
    root,
    {
      ...close,
      label: 'how far the first layer reaches in each channel',
    },
  );
  expectArrayClose(
    of((c) => readBy(equal, c)),
    root,
    {
      ...close,
      label: 'how far the second layer reaches in each channel',
    },
  );
  const inputs = first.length / channels;
  for (const input of [new Float32Array(inputs), rng.normals(inputs), rng.floats(inputs, 0, 2)]) {
    const wanted = runs(pair, input);
    expectArrayClose(runs(equal, input), wanted, {
      tolerance: 1e-4 * Math.max(1, largest(wanted)),
      label: 'what the two layers give',
    });
  }
}

export default defineChecks([
  check('equal-reach', 'Both layers reach equally far in every channel', async (tools) => {
    const pair = {
      first: new Float32Array([8, 0.5, -2, -0.25]),
      bias: new Float32Array([4, 1]),
      second: new Float32Array([0.5, -0.25, 1, 2]),
      channels: 2,
    };
    await expectEqualized(tools, pair);
    await expectEqualized(tools, uneven(tools.rng, 6, 6, 6));
  }),

  check('factors', 'The factors are what was moved', async ({ call }) => {
    const { factors } = await call(
      'equalize',
      [
        new Float32Array([8, 0.5, -2, -0.25]),
        new Float32Array([4, 1]),
        new Float32Array([0.5, -0.25, 1, 2]),
        2,
      ],
      answer,
    );
    expectArrayClose(factors, [4, 0.5], { relative: 1e-6, label: 'factors' });
  }),

  check('same-function', 'The function stays as it was', async (tools) => {
    const { rng } = tools;
    for (let round = 0; round < 6; round++) {
      const [inputs, channels, units] = [rng.integer(2, 9), rng.integer(2, 12), rng.integer(2, 8)];
      await expectEqualized(tools, uneven(rng, inputs, channels, units));
    }
  }),

  check('dead', 'A dead channel keeps its weights, its bias and a factor of 1', async (tools) => {
    const { call, rng } = tools;
    const pair = uneven(rng, 5, 4, 3);
    pair.first = pair.first.map((w, i) => (i % 4 === 1 ? 0 : w)); // nothing makes channel 1
    pair.second = pair.second.map((w, i) => (Math.floor(i / 3) === 2 ? 0 : w)); // nothing reads channel 2
    pair.bias[1] = 0.75;
    const kept = await asked(call, pair);
    for (const c of [1, 2]) {
      expectArrayEqual([kept.factors[c]!], [1], { label: `the factor of dead channel ${c}` });
      expectArrayEqual([kept.bias[c]!], [pair.bias[c]!], {
        label: `the bias of dead channel ${c}`,
      });
      expectArrayEqual(madeBy(kept, c), madeBy(pair, c), { label: `what makes dead channel ${c}` });
      expectArrayEqual(readBy(kept, c), readBy(pair, c), { label: `what reads dead channel ${c}` });
    }
    const input = rng.floats(5, 0, 2);
    const wanted = runs(pair, input);
    expectArrayClose(runs(kept, input), wanted, {
      tolerance: 1e-4 * Math.max(1, largest(wanted)),
      label: 'what the two layers give',
    });
  }),

  check('settled', 'Equalized once, nothing moves any more', async ({ call, rng }) => {
    const once = await asked(call, uneven(rng, 5, 7, 4));
    const { factors } = await asked(call, once);
    expectArrayClose(factors, new Array<number>(7).fill(1), {
      tolerance: 1e-5,
      label: 'the factors of the second time',
    });
  }),

  check('one-channel', 'One channel and one unit are enough', async (tools) => {
    await expectEqualized(tools, uneven(tools.rng, 1, 1, 1));
    await expectEqualized(tools, uneven(tools.rng, 3, 5, 1));
  }),
]);
