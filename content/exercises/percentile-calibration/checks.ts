import { check, defineChecks, expectEqual, expectThrows } from 'heavy-weights/checks';
import type { CheckTools } from 'heavy-weights/checks';

interface Range {
  min: number;
  max: number;
  clipped: number;
}

/** The rule, worked out once more, by counting instead of by order. */
function exactRange(values: Float32Array, percentile: number): Range {
  const cut = Math.floor((values.length * (100 - percentile)) / 200);
  const kept = values.filter((value, i) => {
    const below = values.filter((other, j) => other < value || (other === value && j < i)).length;
    return below >= cut && below < values.length - cut;
  });
  const min = Math.min(0, ...kept);
  const max = Math.max(0, ...kept);
  return { min, max, clipped: values.filter((value) => value < min || value > max).length };
}

const kind = { min: 'number', max: 'number', clipped: 'integer' } as const;

type Case = [values: Float32Array, percentile: number];

async function expectRanges({ callEach }: CheckTools, ...cases: Case[]): Promise<void> {
  for (const [[values, percentile], answer] of callEach(
    'percentileRange',
    cases,
    (each) => each,
    kind,
  )) {
    const { min, max, clipped } = await answer();
    expectEqual({ min, max, clipped }, exactRange(values, percentile), {
      label: `the range of ${values.length} values at ${percentile} per cent`,
    });
  }
}

/** A share to keep for which no honest arithmetic is in doubt about the number left out. */
function share(rng: CheckTools['rng'], count: number, least: number): number {
  for (;;) {
    const percentile = rng.uniform(least, 99.9);
    const rest = ((count * (100 - percentile)) / 200) % 1;
    if (rest > 0.1 && rest < 0.9) return percentile;
  }
}

export default defineChecks([
  check('both-ends', 'As many are left out below as above', async (tools) => {
    const { rng } = tools;
    const six = new Float32Array([3, -2, 500, 1, 2, -1]);
    const above = rng.normals(81, 0, 1);
    above[rng.integer(0, 80)] = 400;
    const below = rng.normals(81, 0, 1);
    below[rng.integer(0, 80)] = -400;
    await expectRanges(tools, [six, 60], [above, 96], [below, 96]);
  }),

  check('whole', 'At 100 per cent nothing is left out', async (tools) => {
    await expectRanges(
      tools,
      [new Float32Array([3, -2, 500, 1, 2, -1]), 100],
      [tools.rng.floats(60, -4, 9), 100],
      [new Float32Array([-0.5]), 100],
    );
  }),

  check('holds-zero', 'A range that leaves 0 out is widened to it', async (tools) => {
    const above = new Float32Array([7, 5, 900, 6, 8, 9]);
    await expectRanges(tools, [above, 60], [tools.rng.floats(50, -6, -2), 85]);
  }),

  check('ties', 'A value exactly at an end is inside', async (tools) => {
    const relu = tools.rng.normals(70, 0.2, 1).map((value) => Math.min(Math.max(value, 0), 1));
    await expectRanges(tools, [relu, 71], [new Float32Array(30).fill(2), 51]);
  }),

  check('any-range', 'Any values in any order have their range', async (tools) => {
    const { rng } = tools;
    const cases = Array.from({ length: 20 }, (): Case => {
      const count = rng.integer(5, 150);
      const values = rng.normals(count, rng.uniform(-3, 3), rng.uniform(0.5, 40));
      return [values, share(rng, count, 20)];
    });
    await expectRanges(tools, ...cases);
  }),

  check('large', 'A few in ten thousand are found', async ({ call, rng }) => {
    const values = rng.floats(12_000, 0, 1);
    const poisoned = [rng.integer(0, 5000), rng.integer(5001, 11_999)];
    for (const place of poisoned) values[place] = rng.uniform(100, 500);
    const answer = await call('percentileRange', [values, 99.96], kind);
    const sorted = Float32Array.from(values).sort();
    expectEqual(answer, { min: 0, max: sorted[11_997], clipped: 2 }, { label: 'the range' });
  }),

  check(
    'refuses',
    'What is no share, and values that are none, are refused',
    async ({ callEach }) => {
      const values = new Float32Array([1, 2, 3]);
      const shares = [0, -5, 100.5, NaN];
      const argsOf = (percentile: number) => [values, percentile];
      for (const [percentile, answer] of callEach('percentileRange', shares, argsOf)) {
        await expectThrows(answer, {
          when: `for percentile ${percentile}`,
          mentions: { pattern: /percentile/, words: 'the argument percentile' },
        });
      }
      const lists = [[], [1, NaN], [Infinity, 2]].map((list) => new Float32Array(list));
      for (const [wrong, answer] of callEach('percentileRange', lists, (each) => [each, 90])) {
        await expectThrows(answer, {
          when: `for values [${wrong.join(', ')}]`,
          mentions: { pattern: /values/, words: 'the argument values' },
        });
      }
    },
  ),
]);
