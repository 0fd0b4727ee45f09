import {
  check,
  defineChecks,
  expectArrayEqual,
  expectClose,
  expectEqual,
  expectThrows,
} from 'heavy-weights/checks';
import type { CheckTools } from 'heavy-weights/checks';

const NEAREST = ['half-away', 'half-even', 'half-up'] as const;
const WAYS = [...NEAREST, 'down', 'towards-zero'] as const;
type Way = (typeof WAYS)[number];

/** The rules once more, on the size and the sign: above zero the fraction of a double is exact. */
function wanted(way: Way, x: number): number {
  const sign = x < 0 ? -1 : 1;
  const inner = Math.floor(sign * x); // towards zero
  const fraction = sign * x - inner;
  if (fraction === 0) return x;
  const upwards = sign > 0;
  const outwards = {
    'half-away': fraction >= 0.5,
    'half-even': fraction === 0.5 ? inner % 2 === 1 : fraction > 0.5,
    'half-up': fraction === 0.5 ? upwards : fraction > 0.5,
    down: !upwards,
    'towards-zero': false,
  }[way];
  return sign * (outwards ? inner + 1 : inner);
}

async function expectRounded(
  callEach: CheckTools['callEach'],
  way: Way,
  values: number[],
): Promise<void> {
  const got: number[] = [];
  for (const [, answer] of callEach('roundBy', values, (x) => [way, x], 'number'))
    got.push((await answer()) + 0);
  expectArrayEqual(
    got,
    values.map((x) => wanted(way, x) + 0),
    { label: `'${way}' of ${values.slice(0, 8).join(', ')}${values.length > 8 ? ', …' : ''}` },
  );
}

type Drift = [way: Way, values: number[]];

async function expectDrifts(callEach: CheckTools['callEach'], drifts: Drift[]): Promise<void> {
  const kind = { right: 'number', outwards: 'number' } as const;
  const mean = (numbers: number[]) => numbers.reduce((sum, n) => sum + n, 0) / numbers.length;
  for (const [[way, values], given] of callEach('drift', drifts, (each) => each, kind)) {
    const errors = values.map((x) => wanted(way, x) - x);
    const answer = await given();
    expectClose(answer.right, mean(errors), { tolerance: 1e-9, label: `right of '${way}'` });
    expectClose(answer.outwards, mean(errors.map((error, i) => error * Math.sign(values[i]!))), {
      tolerance: 1e-9,
      label: `outwards of '${way}'`,
    });
  }
}

/** Codes with their last bits dropped: whole numbers over a power of two. */
function dropped(rng: CheckTools['rng'], count: number, bits: number): number[] {
  return Array.from({ length: count }, () => rng.integer(-127, 127) / 2 ** bits);
}

export default defineChecks([
  check(
    'nearest',
    'Off the halves the first three go to the nearest',
    async ({ callEach, rng }) => {
      const values = [0, 1, -1, 1.2, -1.2, 2.75, -2.75, ...Array.from(rng.normals(12), Number)];
      for (const way of NEAREST) await expectRounded(callEach, way, values);
    },
  ),

  check('halves', 'An exact half goes where its rule sends it', async ({ callEach, rng }) => {
    const values = [0.5, -0.5, 1.5, -1.5, 2.5, -2.5, 1000000.5, -1000001.5];
    for (const way of NEAREST) {
      await expectRounded(callEach, way, values);
      await expectRounded(callEach, way, dropped(rng, 12, 1));
    }
  }),

  check(
    'below',
    'The other two strike the fraction out, each its own way',
    async ({ callEach, rng }) => {
      const values = [0.9, -0.9, 2.5, -2.5, 7, -7, ...dropped(rng, 10, 3)];
      await expectRounded(callEach, 'down', values);
      await expectRounded(callEach, 'towards-zero', values);
    },
  ),

  check('near-a-half', 'What is nearly a half is none', async ({ callEach }) => {
    const values = [
      0.49999999999999994, -0.49999999999999994, 1.4999999999999998, -1.5000000000000002,
    ];
    for (const way of NEAREST) await expectRounded(callEach, way, values);
  }),

  check(
    'drift',
    'The mean error is told, and the mean error outwards',
    async ({ callEach, rng }) => {
      const eight = [-1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2];
      const drifts = WAYS.flatMap((way): Drift[] => [
        [way, eight],
        [way, dropped(rng, 60, rng.integer(1, 4))],
      ]);
      await expectDrifts(callEach, [...drifts, ['half-up', [-0.5]]]);
    },
  ),

  check('repeats', 'The same number gets the same answer again', async ({ call, rng }) => {
    const x = rng.uniform(-9, 9);
    const first = await call('roundBy', ['half-even', x], 'number');
    await call('roundBy', ['half-up', 2.5]);
    expectEqual(await call('roundBy', ['half-even', x], 'number'), first);
  }),

  check(
    'refuses',
    'An unknown way and an empty list are refused by name',
    async ({ call, callEach }) => {
      const unknown = ['nearest', 'HALF-UP', 'toString'];
      for (const [way, answer] of callEach('roundBy', unknown, (each) => [each, 1.5])) {
        await expectThrows(answer, {
          when: `for '${way}'`,
          mentions: { pattern: /way/, words: 'the argument way' },
        });
      }
      await expectThrows(() => call('drift', ['half-up', []]), {
        when: 'for no values',
        mentions: { pattern: /values/, words: 'the argument values' },
      });
    },
  ),
]);
