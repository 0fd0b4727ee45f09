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

type Count = [correct: number, total: number, z: number];

async function expectIntervals({ callEach }: CheckTools, ...counts: Count[]): Promise<void> {
  for (const [count, answer] of callEach('wilson', counts, (each) => each, interval)) {
    const { low, high } = await answer();
    const [correct, total, z] = count;
    expectClose({ low, high }, ends(...count), {
      tolerance: 1e-9,
      label: `the interval of ${correct} of ${total}, z = ${z}`,
    });
  }
}

type Reader = [correct: number, total: number, required: number, z: number];

async function expectStandings({ callEach }: CheckTools, ...readers: Reader[]): Promise<void> {
  for (const [reader, answer] of callEach('standing', readers, (each) => each, 'string')) {
    const [correct, total, required, z] = reader;
    const { low, high } = ends(correct, total, z);
    const shown = low >= required ? 'passes' : high < required ? 'fails' : 'not shown';
    expectEqual(await answer(), shown, {
      label: `the standing of ${correct} of ${total}, ${required} being required`,
    });
  }
}

export default defineChecks([
  check('any', 'Any count has Wilson’s interval', async (tools) => {
    const { rng } = tools;
    const drawn = Array.from({ length: 40 }, (_, round): Count => {
      const total = rng.integer(2, round % 2 ? 30 : 20_000);
      return [rng.integer(1, total - 1), total, rng.uniform(0.5, 4)];
    });
    await expectIntervals(tools, [197, 200, 1.96], [9945, 10_000, 1.96], [2, 3, 1], ...drawn);
  }),

  check(
    'perfect',
    'A perfect count leaves something open, and none leaves 0 … 1',
    async (tools) => {
      const { call, rng } = tools;
      for (const total of [1, 7, 100, 10_000, rng.integer(20, 5000)]) {
        await expectIntervals(tools, [total, total, 1.96], [0, total, 1.96]);
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

  check('passes', 'A reader passes when all of its interval is high enough', async (tools) => {
    await expectStandings(tools, [9945, 10_000, 0.985, 1.96], [100, 100, 0.95, 1.96]);
  }),

  check('fails', 'A reader fails when all of it is too low', async (tools) => {
    await expectStandings(tools, [9800, 10_000, 0.985, 1.96], [3, 40, 0.5, 1.96]);
  }),

  check('third-answer', 'In between nothing is shown', async (tools) => {
    const { rng } = tools;
    const readers: Reader[] = [
      [196, 200, 0.985, 1.96],
      [197, 200, 0.985, 1.96],
      [100, 100, 0.985, 1.96],
      [0, 12, 0.01, 1.96],
    ];
    for (let round = 0; round < 40; round++) {
      const total = rng.integer(50, 5000);
      const correct = rng.integer(Math.floor(0.9 * total), total);
      const z = rng.uniform(1, 3);
      const required = rng.uniform(0.9, 0.999);
      const { low, high } = ends(correct, total, z);
      if (Math.min(Math.abs(low - required), Math.abs(high - required)) < 1e-6) continue;
      readers.push([correct, total, required, z]);
    }
    await expectStandings(tools, ...readers);
  }),

  check(
    'refuses',
    'What is no count, no rate and no width is refused by name',
    async ({ callEach }) => {
      const wilson: [args: number[], name: string][] = [
        [[0, 0, 1.96], 'total'],
        [[1, 2.5, 1.96], 'total'],
        [[-1, 10, 1.96], 'correct'],
        [[11, 10, 1.96], 'correct'],
        [[5, 10, 0], 'z'],
        [[5, 10, Infinity], 'z'],
      ];
      const standing: [args: number[], name: string][] = [
        [[5, 10, 1.2, 1.96], 'required'],
        [[5, 10, NaN, 1.96], 'required'],
        [[11, 10, 0.9, 1.96], 'correct'],
      ];
      for (const [asked, wrong] of Object.entries({ wilson, standing })) {
        for (const [[args, name], answer] of callEach(asked, wrong, ([each]) => each)) {
          // One letter stands in many words.
          const pattern = name === 'z' ? /\bz\b/ : new RegExp(name);
          await expectThrows(answer, {
            when: `for ${asked}(${args.join(', ')})`,
            mentions: { pattern, words: `the argument ${name}` },
          });
        }
      }
    },
  ),
]);
