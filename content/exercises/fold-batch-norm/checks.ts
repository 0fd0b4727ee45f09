import { check, defineChecks, expectArrayClose, expectThrows } from 'heavy-weights/checks';
import type { CheckTools } from 'heavy-weights/checks';

interface BatchNorm {
  gamma: Float32Array;
  beta: Float32Array;
  mean: Float32Array;
  variance: Float32Array;
  epsilon: number;
}

const answer = { kernel: 'Float32Array', bias: 'Float32Array' } as const;

/** A normalization as training leaves one. */
const trained = (rng: CheckTools['rng'], channels: number): BatchNorm => ({
  gamma: rng.floats(channels, 0.2, 2),
  beta: rng.normals(channels, 0, 0.5),
  mean: rng.normals(channels, 0, 1),
  variance: rng.floats(channels, 0.05, 4),
  epsilon: 0.001,
});

/** The sums of a layer for one input, and what the normalization makes of them. */
function normalized(
  input: Float32Array,
  kernel: Float32Array,
  bias: Float32Array | null,
  { gamma, beta, mean, variance, epsilon }: BatchNorm,
): number[] {
  const sums = linear(input, kernel, bias ?? new Float32Array(gamma.length));
  return sums.map(
    (x, c) => (gamma[c]! * (x - mean[c]!)) / Math.sqrt(variance[c]! + epsilon) + beta[c]!,
  );
}

function linear(input: Float32Array, kernel: Float32Array, bias: Float32Array): number[] {
  return Array.from(bias, (shift, c) =>
    input.reduce((sum, x, i) => sum + x * kernel[i * bias.length + c]!, shift),
  );
}

/** The folded layer must give what layer and normalization give, for some inputs. */
async function expectSame(
  { call, rng }: CheckTools,
  kernel: Float32Array,
  bias: Float32Array | null,
  norm: BatchNorm,
): Promise<void> {
  const folded = await call('foldBatchNorm', [kernel, bias, norm], answer);
  const size = kernel.length / norm.gamma.length;
  // The zero input first: what has no input in it is the bias.
  for (const input of [new Float32Array(size), rng.normals(size, 0, 1), rng.floats(size, 0, 3)]) {
    expectArrayClose(
      linear(input, Float32Array.from(folded.kernel), Float32Array.from(folded.bias)),
      normalized(input, kernel, bias, norm),
      { tolerance: 1e-4, relative: 1e-5, label: 'what the folded layer gives' },
    );
  }
}

const example: BatchNorm = {
  gamma: new Float32Array([2, 1]),
  beta: new Float32Array([1, 0.5]),
  mean: new Float32Array([3, 1]),
  variance: new Float32Array([3.99, 15.99]),
  epsilon: 0.01,
};

export default defineChecks([
  check('no-bias', 'A layer without a bias gets one', async ({ call }) => {
    const kernel = new Float32Array([1, 10, 2, 20]);
    const folded = await call('foldBatchNorm', [kernel, null, example], answer);
    expectArrayClose(folded.bias, [-2, 0.25], { relative: 1e-5, label: 'bias' });
    expectArrayClose(folded.kernel, [1, 2.5, 2, 5], { relative: 1e-5, label: 'kernel' });
  }),

  check('old-bias', 'A bias that was there is normalized with the sum', async (tools) => {
    const { call, rng } = tools;
    const kernel = new Float32Array([1, 10, 2, 20]);
    const folded = await call('foldBatchNorm', [kernel, new Float32Array([4, 8]), example], answer);
    expectArrayClose(folded.bias, [2, 2.25], { relative: 1e-5, label: 'bias' });
    await expectSame(tools, rng.normals(45, 0, 1), rng.normals(5, 0, 2), trained(rng, 5));
  }),

  check('spread', 'The factor is over the spread, not the variance', async (tools) => {
    const { rng } = tools;
    const wide = { ...trained(rng, 4), variance: rng.floats(4, 25, 400) };
    await expectSame(tools, rng.normals(36, 0, 1), null, wide);
  }),

  check('quiet-channel', 'Epsilon counts for a channel that hardly varies', async (tools) => {
    const { rng } = tools;
    const quiet = { ...trained(rng, 3), variance: new Float32Array([0, 1e-5, 0.5]) };
    await expectSame(tools, rng.normals(27, 0, 0.1), rng.normals(3, 0, 1), quiet);
  }),

  check('same-function', 'Any layer and its normalization become one', async (tools) => {
    const { rng } = tools;
    for (let round = 0; round < 8; round++) {
      const channels = rng.integer(1, 12);
      const kernel = rng.normals(channels * rng.integer(1, 25), 0, 0.5);
      const bias = rng.uniform() < 0.5 ? null : rng.normals(channels, 0, 1);
      await expectSame(tools, kernel, bias, trained(rng, channels));
    }
  }),

  check('negative-factor', 'A negative gamma turns its channel round', async (tools) => {
    const { rng } = tools;
    const norm = { ...trained(rng, 4), gamma: new Float32Array([-1.5, 0.5, -0.2, 0]) };
    await expectSame(tools, rng.normals(20, 0, 1), null, norm);
  }),

  check(
    'refuses',
    'A kernel that does not divide among the channels is refused',
    async ({ call, rng }) => {
      await expectThrows(() => call('foldBatchNorm', [rng.normals(10), null, trained(rng, 3)]), {
        when: 'for 10 weights and 3 channels',
        mentions: { pattern: /kernel/, words: 'the argument kernel' },
      });
    },
  ),
]);
