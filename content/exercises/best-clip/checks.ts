import { check, defineChecks, expectClose, expectThrows, expectTrue } from 'heavy-weights/checks';
import type { CheckTools } from 'heavy-weights/checks';

const largestOf = (weights: Float32Array): number =>
  weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);

/** The error of one clip, worked out once more. */
function errorOf(weights: Float32Array, clip: number, bits: number): number {
  const last = 2 ** (bits - 1) - 1;
  const scale = clip / last;
  let sum = 0;
  for (const weight of weights) {
    const size = Math.abs(weight);
    const restored = size >= clip ? clip : scale * Math.round(size / scale);
    sum += (size - restored) ** 2;
  }
  return sum / weights.length;
}

function leastError(weights: Float32Array, bits: number): { clip: number; mse: number } {
  const all = Array.from({ length: 100 }, (_, i) => {
    const clip = (largestOf(weights) * (i + 1)) / 100;
    return { clip, mse: errorOf(weights, clip, bits) };
  });
  return all.reduce((best, tried) => (tried.mse < best.mse ? tried : best));
}

/** Asks for a clip: one of the hundred, as good as any, and its error told rightly. */
async function expectBest(
  { call }: CheckTools,
  weights: Float32Array,
  bits: number,
): Promise<void> {
  const best = leastError(weights, bits);
  const answer = await call('bestClip', [weights, bits], { clip: 'number', mse: 'number' });
  const part = (100 * answer.clip) / largestOf(weights);
  expectTrue(
    part > 0.5 && part < 100.5 && Math.abs(part - Math.round(part)) < 1e-4,
    'clip should be one of the hundred: a whole number of hundredths of the largest size.',
    { got: answer.clip, expected: best.clip },
  );
  // Weights that lie on notches have no error at all but for the last bits.
  const slack = 1e-6 * best.mse + 1e-14 * largestOf(weights) ** 2;
  const reached = errorOf(weights, answer.clip, bits);
  expectTrue(
    reached <= best.mse + slack,
    `With ${bits} bits the clip ${answer.clip.toPrecision(4)} leaves a mean squared error of ${reached.toPrecision(4)}; ${best.clip.toPrecision(4)} leaves ${best.mse.toPrecision(4)}.`,
    { got: answer.clip, expected: best.clip },
  );
  expectClose(answer.mse, reached, { tolerance: slack, relative: 1e-6, label: 'mse' });
}

export default defineChecks([
  check('example', 'The table of the statement comes out', async (tools) => {
    const weights = new Float32Array([0.5, -0.3, 0.3, 0.25, -0.2, 0.2, -0.15, 0.1, -0.1, 0.05]);
    for (const bits of [2, 3, 4]) await expectBest(tools, weights, bits);
  }),

  check(
    'bell',
    'A bell of weights is clipped, and with fewer bits clipped sooner',
    async (tools) => {
      const weights = tools.rng.normals(1500, 0, tools.rng.uniform(0.02, 0.4));
      for (const bits of [2, 3, 4, 6]) await expectBest(tools, weights, bits);
    },
  ),

  check('outlier', 'An outlier of either sign does not set the rule', async (tools) => {
    const { rng } = tools;
    for (const sign of [1, -1]) {
      const weights = rng.normals(1200, 0, 0.1);
      weights[rng.integer(0, weights.length - 1)] = sign * rng.uniform(0.9, 1.1);
      await expectBest(tools, weights, 4);
    }
  }),

  check('on-notches', 'Weights that all stand on notches are not clipped', async (tools) => {
    await expectBest(tools, new Float32Array([1.27, -1.27, 0.5]), 8);
    const scale = 2 ** -tools.rng.integer(3, 8);
    const codes = Array.from({ length: 60 }, () => tools.rng.integer(-7, 7));
    await expectBest(
      tools,
      Float32Array.from([7, ...codes], (code) => code * scale),
      4,
    );
  }),

  check('any', 'Any weights at any width get their best clip', async (tools) => {
    const { rng } = tools;
    for (const bits of [2, 3, 4, 5, 6, 7, 8]) {
      const tail = rng.uniform(0, 1.2);
      const weights = Float32Array.from(
        { length: rng.integer(2, 400) },
        () => rng.normal() * Math.exp(tail * rng.normal()),
      );
      await expectBest(tools, weights, bits);
    }
  }),

  check('refuses', 'No weights, and zeros only, are refused', async ({ call }) => {
    for (const weights of [new Float32Array(0), new Float32Array(5)]) {
      await expectThrows(() => call('bestClip', [weights, 4]), {
        when: `for ${weights.length} weights, none but zero`,
        mentions: { pattern: /weights/, words: 'the argument weights' },
      });
    }
  }),
]);
