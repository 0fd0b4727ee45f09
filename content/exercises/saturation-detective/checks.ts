import { check, defineChecks, expectClose, expectEqual, expectThrows } from 'heavy-weights/checks';
import type { CheckTools } from 'heavy-weights/checks';

interface Layer {
  name: string;
  weights: Float32Array;
  codes: Int8Array;
  scale: number;
}

type Rng = CheckTools['rng'];

const names = ['porter', 'clerk', 'cabman', 'stoker', 'sexton', 'grocer', 'lodger', 'usher'];
const verdict = { layer: 'string', fraction: 'number' } as const;

/**
 * A layer on the grid of a scale. Weights within a hundredth of a half step are moved off it, so that no
 * honest way of deciding what is clipped hangs on the last bit.
 */
function quantized(name: string, values: Float32Array, scale: number): Layer {
  const weights = values.map((weight) => {
    const overHalf = (Math.abs(weight / scale) % 1) - 0.5;
    return Math.abs(overHalf) < 0.01 ? weight - 0.05 * scale * Math.sign(weight) : weight;
  });
  const codes = Int8Array.from(weights, (weight) => {
    const steps = Math.sign(weight) * Math.round(Math.abs(weight) / scale);
    return Math.max(-127, Math.min(127, steps));
  });
  return { name, weights, codes, scale };
}

const largest = (values: Float32Array): number =>
  values.reduce((top, w) => Math.max(top, Math.abs(w)), 0);

/** A layer whose scale fits its largest weight. */
function honest(name: string, values: Float32Array): Layer {
  return quantized(name, values, largest(values) / 127);
}

/** A layer whose grid ends at `reach` times its largest weight. */
function spoilt(name: string, values: Float32Array, reach: number): Layer {
  return quantized(name, values, (largest(values) * reach) / 127);
}

/** Weights that training held within ±limit: many stand exactly at the ends. */
function limited(rng: Rng, name: string, count: number): Layer {
  const limit = rng.uniform(0.1, 0.4);
  const weights = rng.normals(count, 0, limit).map((w) => Math.max(-limit, Math.min(limit, w)));
  return honest(name, weights);
}

/** The fraction by the code that the weight would have had. */
function clippedFraction({ weights, scale }: Layer): number {
  let clipped = 0;
  for (const weight of weights) if (Math.round(Math.abs(weight) / scale) > 127) clipped += 1;
  return clipped / weights.length;
}

/** Asks for the guilty layer among others, in random order. */
async function expectGuilty(
  { call, rng }: CheckTools,
  guilty: Layer,
  others: Layer[],
): Promise<void> {
  const answer = await call('findSaturated', [rng.shuffle([guilty, ...others])], verdict);
  expectEqual(answer.layer, guilty.name, { label: 'the layer' });
  expectClose(answer.fraction, clippedFraction(guilty), { tolerance: 1e-6, label: 'the fraction' });
}

export default defineChecks([
  check('example', 'The layer that lost a weight is found', async (tools) => {
    const porter = quantized('porter', new Float32Array([1.27, -1.27, 0.5]), 0.01);
    const clerk = quantized('clerk', new Float32Array([0.8, -0.5, 0.2, 0.1]), 0.005);
    await expectGuilty(tools, clerk, [porter]);
  }),

  check(
    'rightful-ends',
    'A layer whose largest weights stand at 127 by right is let go',
    async (tools) => {
      const { rng } = tools;
      const [a = '', b = '', c = ''] = rng.shuffle(names);
      const guilty = spoilt(a, rng.normals(200, 0, 0.05), 0.6);
      await expectGuilty(tools, guilty, [
        limited(rng, b, 150),
        honest(c, rng.normals(100, 0, 0.2)),
      ]);
    },
  ),

  check('both-ends', 'Both ends of the grid count', async (tools) => {
    const { rng } = tools;
    const [a = '', b = ''] = rng.shuffle(names);
    const below = rng.floats(120, -1, 0.2);
    const innocent = honest(b, rng.normals(120, 0, 0.3));
    await expectGuilty(tools, spoilt(a, below, rng.uniform(0.4, 0.7)), [innocent]);
    const above = rng.floats(120, -0.2, 1);
    await expectGuilty(tools, spoilt(a, above, rng.uniform(0.4, 0.7)), [innocent]);
  }),

  check('coarse', 'A layer made coarse by an outlier is let go', async (tools) => {
    const { rng } = tools;
    const [a = '', b = '', c = ''] = rng.shuffle(names);
    const withOutlier = rng.normals(300, 0, 0.1);
    withOutlier[rng.integer(0, 299)] = rng.uniform(20, 40);
    const guilty = spoilt(a, rng.normals(300, 0, 0.02), 0.5);
    await expectGuilty(tools, guilty, [honest(b, withOutlier), limited(rng, c, 80)]);
  }),

  check('fraction', 'The largest fraction decides, not the largest number', async (tools) => {
    const { rng } = tools;
    const [a = '', b = '', c = ''] = rng.shuffle(names);
    const small = spoilt(a, rng.floats(40, -1, 1), rng.uniform(0.5, 0.7));
    const large = spoilt(b, rng.floats(2000, -1, 1), rng.uniform(0.93, 0.95));
    await expectGuilty(tools, small, [large, honest(c, rng.normals(60))]);
  }),

  check('nobody', 'Where nothing is clipped nobody is accused', async ({ call, rng }) => {
    const innocent = [limited(rng, 'usher', 90), honest('sexton', rng.normals(90, 0, 0.4))];
    expectEqual(await call('findSaturated', [innocent]), null);
    expectEqual(await call('findSaturated', [[]]), null);
    const empty = {
      name: 'grocer',
      weights: new Float32Array(0),
      codes: new Int8Array(0),
      scale: 1,
    };
    expectEqual(await call('findSaturated', [[empty]]), null);
  }),

  check('strange', 'An infinite weight is clipped, a NaN is not', async ({ call }) => {
    const weights = new Float32Array([NaN, Infinity, 0.5, 0.25]);
    const strange = {
      name: 'lodger',
      weights,
      codes: new Int8Array([0, 127, 50, 25]),
      scale: 0.01,
    };
    const answer = await call('findSaturated', [[strange]], verdict);
    expectEqual(answer, { layer: 'lodger', fraction: 0.25 }, { label: 'the verdict' });
  }),

  check('refuses', 'A layer with too few codes is refused', async ({ call }) => {
    const weights = new Float32Array([0.5, 0.25]);
    const short = { name: 'cabman', weights, codes: new Int8Array([50]), scale: 0.01 };
    await expectThrows(() => call('findSaturated', [[short]]), {
      when: 'for 2 weights with 1 code',
      mentions: { pattern: /cabman/, words: 'the layer' },
    });
  }),
]);
