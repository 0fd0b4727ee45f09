import { check, defineChecks, expectClose, expectEqual, expectThrows } from 'heavy-weights/checks';
import type { CheckTools } from 'heavy-weights/checks';

interface Interval {
  low: number;
  high: number;
}

const interval = { low: 'number', high: 'number' } as const;

/** The interval by its meaning: the rates from which the count lies within z standard errors, their ends found by halving. */
function ends(correct: number, total: number, z: number): Interval {
  const counted = correct / total;
  const likely = (rate: number): boolean =>
    (counted - rate) ** 2 <= (z * z * rate * (1 - rate)) / total;
  const edge = (unlikely: number, inside: number): number => {
    if (unlikely === inside) return inside;
    let [out, held] = [unlikely, inside];
    for (let i = 0; i < 80; i++) {
      const middle = (out + held) / 2;
      if (likely(middle)) held = middle;
      else out = middle;
    }
    return held;
  };
  return { low: edge(0, counted), high: edge(1, counted) };
}

async function expectInterval(
  call: CheckTools['call'],
  correct: number,
  total: number,
  z: number,
): Promise<void> {
  const { low, high } = await call('wilson', [correct, total, z], interval);
  expectClose({ low, high }, ends(correct, total, z), {
    tolerance: 1e-9,
    label: `the interval of ${correct} of ${total}, z = ${z}`,
  });
}

async function expectStanding(
  call: CheckTools['call'],
  [correct, total, required, z]: [number, number, number, number],
): Promise<void> {
  const { low, high } = ends(correct, total, z);
  const shown = low >= required ? 'passes' : high < required ? 'fails' : 'not shown';
  expectEqual(await call('standing', [correct, total, required, z], 'string'), shown, {
    label: `the standing of ${correct} of ${total}, ${required} being required`,
  });
}

export default defineChecks([
  check('any', 'Any count has Wilson’s interval', async ({ call, rng }) => {
    await expectInterval(call, 197, 200, 1.96);
    await expectInterval(call, 9945, 10_000, 1.96);
    await expectInterval(call, 2, 3, 1);
    for (let round = 0; round < 40; round++) {
      const total = rng.integer(2, round % 2 ? 30 : 20_000);
      await expectInterval(call, rng.integer(1, total - 1), total, rng.uniform(0.5, 4));
    }
  }),

  check(
    'perfect',
    'A perfect count leaves something open, and none leaves 0 … 1',
    async (tools) => {
      const { call, rng } = tools;
      for (const total of [1, 7, 100, 10_000, rng.integer(20, 5000)]) {
        await expectInterval(call, total, total, 1.96);
        await expectInterval(call, 0, total, 1.96);
        const { high } = await call('wilson', [total, total, 1.96], interval);
        const { low } = await call('wilson', [0, total, 1.96], interval);
        expectEqual(
          { low: low >= 0, high: high <= 1 },
          { low: true, high: true },
          {
            label: 'whether the ends lie within 0 … 1',
          },
        );
      }
    },
  ),

  check('passes', 'A reader passes when all of its interval is high enough', async ({ call }) => {
    await expectStanding(call, [9945, 10_000, 0.985, 1.96]);
    await expectStanding(call, [100, 100, 0.95, 1.96]);
  }),

  check('fails', 'A reader fails when all of it is too low', async ({ call }) => {
    await expectStanding(call, [9800, 10_000, 0.985, 1.96]);
    await expectStanding(call, [3, 40, 0.5, 1.96]);
  }),

  check('third-answer', 'In between nothing is shown', async ({ call, rng }) => {
    await expectStanding(call, [196, 200, 0.985, 1.96]);
    await expectStanding(call, [197, 200, 0.985, 1.96]);
    await expectStanding(call, [100, 100, 0.985, 1.96]);
    await expectStanding(call, [0, 12, 0.01, 1.96]);
    for (let round = 0; round < 40; round++) {
      const total = rng.integer(50, 5000);
      const correct = rng.integer(Math.floor(0.9 * total), total);
      const z = rng.uniform(1, 3);
      const required = rng.uniform(0.9, 0.999);
      const { low, high } = ends(correct, total, z);
      if (Math.min(Math.abs(low - required), Math.abs(high - required)) < 1e-6) continue;
      await expectStanding(call, [correct, total, required, z]);
    }
  }),

  check(
    'refuses',
    'What is no count, no rate and no width is refused by name',
    async ({ call }) => {
      const refused = async (args: number[], pattern: RegExp, words: string): Promise<void> => {
        const name = args.length === 3 ? 'wilson' : 'standing';
        await expectThrows(() => call(name, args), {
          when: `for ${name}(${args.join(', ')})`,
          mentions: { pattern, words },
        });
      };
      await refused([0, 0, 1.96], /total/, 'the argument total');
      await refused([1, 2.5, 1.96], /total/, 'the argument total');
      await refused([-1, 10, 1.96], /correct/, 'the argument correct');
      await refused([11, 10, 1.96], /correct/, 'the argument correct');
      await refused([5, 10, 0], /\bz\b/, 'the argument z');
      await refused([5, 10, Infinity], /\bz\b/, 'the argument z');
      await refused([5, 10, 1.2, 1.96], /required/, 'the argument required');
      await refused([5, 10, NaN, 1.96], /required/, 'the argument required');
      await refused([11, 10, 0.9, 1.96], /correct/, 'the argument correct');
    },
  ),
]);
