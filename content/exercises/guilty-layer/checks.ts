import { check, defineChecks, expectClose, expectEqual, expectThrows } from 'heavy-weights/checks';
import type { CheckTools } from 'heavy-weights/checks';

type Rng = CheckTools['rng'];

interface Trace {
  name: string;
  reads: string[];
  scale: number;
  wanted: Float32Array;
  got: Float32Array;
}

const verdict = { layer: 'string', excess: 'number' } as const;
const STEPS = 200;

const sumOfSquares = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((sum, value) => sum + value * value, 0);

function ratioOf({ wanted, got }: Trace): number {
  const power = sumOfSquares(wanted);
  return power === 0 ? 0 : sumOfSquares(Array.from(wanted, (y, i) => y - got[i]!)) / power;
}

/** The rule, worked out once more: every layer's excess. */
function excesses(traces: Trace[]): Map<string, number> {
  return new Map(
    traces.map((trace) => {
      const read = traces.filter(({ name }) => trace.reads.includes(name)).map(ratioOf);
      const power = sumOfSquares(trace.wanted);
      const rounding = (trace.scale ** 2 * trace.wanted.length) / (12 * power);
      const expected = Math.max(0, ...read) + rounding;
      return [trace.name, power === 0 ? -Infinity : 10 * Math.log10(ratioOf(trace) / expected)];
    }),
  );
}

/** A layer whose noise is so many times its signal, and rounding so many: exact to the last digit but one. */
function layer(
  rng: Rng,
  name: string,
  reads: string[],
  { noise, rounding }: { noise: number; rounding: number },
): Trace {
  const size = rng.uniform(0.2, 20);
  const wanted = rng.normals(STEPS, 0, size);
  const error = rng.normals(STEPS, 0, 1);
  const factor = Math.sqrt((noise * sumOfSquares(wanted)) / sumOfSquares(error));
  return {
    name,
    reads,
    scale: Math.sqrt((12 * rounding * sumOfSquares(wanted)) / STEPS),
    wanted,
    got: wanted.map((y, i) => y + factor * error[i]!),
  };
}

async function expectGuilty(
  { call, rng }: CheckTools,
  traces: Trace[],
  name: string,
): Promise<void> {
  const answer = await call('guiltyLayer', [rng.shuffle(traces)], verdict);
  expectEqual(answer.layer, name, { label: 'the layer' });
  expectClose(answer.excess, excesses(traces).get(name)!, { tolerance: 1e-3, label: 'the excess' });
}

export default defineChecks([
  check('example', 'The layer that began it is found', async (tools) => {
    const digits = { scale: 0.1, reads: ['digit'] };
    const a = { ...digits, name: 'a', wanted: Float32Array.of(3, 4), got: Float32Array.of(3, 3.5) };
    const b = {
      ...digits,
      name: 'b',
      reads: ['a'],
      wanted: Float32Array.of(6, 8),
      got: Float32Array.of(6, 7),
    };
    await expectGuilty(tools, [a, b], 'a');
  }),

  check('heirs', 'Layers that hand on what they were handed are let go', async (tools) => {
    const { rng } = tools;
    await expectGuilty(
      tools,
      [
        layer(rng, 'one', ['digit'], { noise: 1e-4, rounding: 1e-4 }),
        layer(rng, 'two', ['one'], { noise: rng.uniform(0.02, 0.04), rounding: 1e-4 }),
        layer(rng, 'three', ['two'], { noise: 0.05, rounding: 1e-4 }),
        layer(rng, 'four', ['three'], { noise: 0.08, rounding: 1e-4 }),
      ],
      'two',
    );
  }),

  check('coarse', 'A layer that only rounds to its own coarse steps is let go', async (tools) => {
    const { rng } = tools;
    await expectGuilty(
      tools,
      [
        layer(rng, 'coarse', ['digit'], { noise: 0.3, rounding: 0.3 }),
        layer(rng, 'fine', ['digit'], { noise: rng.uniform(0.004, 0.006), rounding: 1e-4 }),
      ],
      'fine',
    );
  }),

  check('both', 'What was handed and what rounding adds are added', async (tools) => {
    const { rng } = tools;
    // Against either alone the second would be the worst; against both it is not.
    await expectGuilty(
      tools,
      [
        layer(rng, 'first', ['digit'], { noise: 0.0026, rounding: 1e-3 }),
        layer(rng, 'second', ['first'], { noise: 0.0078, rounding: 0.0026 }),
        layer(rng, 'third', ['second'], { noise: 0.0185, rounding: 1e-6 }),
      ],
      'first',
    );
  }),

  check('several', 'Of several that are read the worst counts', async (tools) => {
    const { rng } = tools;
    await expectGuilty(
      tools,
      [
        layer(rng, 'left', ['digit'], { noise: 0.05, rounding: 0.05 }),
        layer(rng, 'right', ['digit'], { noise: 1e-4, rounding: 1e-4 }),
        layer(rng, 'sum', ['right', 'left'], { noise: 0.06, rounding: 1e-4 }),
        layer(rng, 'after', ['sum'], { noise: rng.uniform(0.25, 0.35), rounding: 1e-4 }),
      ],
      'after',
    );
    await expectGuilty(
      tools,
      [
        layer(rng, 'left', ['digit'], { noise: 0.05, rounding: 0.05 }),
        layer(rng, 'right', ['digit'], { noise: 0.049, rounding: 0.05 }),
        layer(rng, 'sum', ['left', 'right'], { noise: 0.15, rounding: 1e-4 }),
      ],
      'sum',
    );
  }),

  check('nobody', 'Where nothing is out of proportion nobody is accused', async ({ call, rng }) => {
    const honest = [
      layer(rng, 'one', ['digit'], { noise: 1.5e-4, rounding: 1e-4 }),
      layer(rng, 'two', ['one'], { noise: 4.5e-4, rounding: 1e-4 }),
    ];
    expectEqual(await call('guiltyLayer', [honest]), null);
    expectEqual(await call('guiltyLayer', [[]]), null);
    const exact = {
      name: 'x',
      reads: [],
      scale: 1,
      wanted: Float32Array.of(1),
      got: Float32Array.of(1),
    };
    expectEqual(await call('guiltyLayer', [[exact]]), null);
  }),

  check('silent', 'A layer that gives only zeros has no excess', async (tools) => {
    const { rng } = tools;
    const silent = {
      name: 'silent',
      reads: ['digit'],
      scale: 0.1,
      wanted: new Float32Array(4),
      got: Float32Array.of(1, 2, 0, 0),
    };
    const guilty = layer(rng, 'loud', ['silent'], { noise: 0.01, rounding: 1e-4 });
    await expectGuilty(tools, [silent, guilty], 'loud');
  }),

  check(
    'refuses',
    'A layer whose outputs differ in length is refused by name',
    async ({ call }) => {
      const short = {
        name: 'clerk',
        reads: [],
        scale: 1,
        wanted: Float32Array.of(1, 2),
        got: Float32Array.of(1),
      };
      await expectThrows(() => call('guiltyLayer', [[short]]), {
        when: 'for 2 values wanted and 1 got',
        mentions: { pattern: /clerk/, words: 'the layer' },
      });
    },
  ),
]);
