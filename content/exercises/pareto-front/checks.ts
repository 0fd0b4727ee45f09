import {
  check,
  defineChecks,
  expectArrayEqual,
  expectEqual,
  expectThrows,
} from 'heavy-weights/checks';
import type { CheckTools } from 'heavy-weights/checks';

interface Candidate {
  name: string;
  bytes: number;
  macs: number;
  read: number;
}

const of = (name: string, bytes: number, macs: number, read: number): Candidate => ({
  name,
  bytes,
  macs,
  read,
});

/** The rule, worked out once more, with every aim as something to be small. */
function front(candidates: Candidate[]): string[] {
  const costs = candidates.map(({ bytes, macs, read }) => [bytes, macs, -read]);
  return candidates
    .filter((_, i) =>
      costs.every(
        (other) =>
          other.some((cost, k) => cost > costs[i]![k]!) ||
          other.every((cost, k) => cost === costs[i]![k]),
      ),
    )
    .map(({ name }) => name);
}

async function expectFronts({ callEach }: CheckTools, ...lists: Candidate[][]): Promise<void> {
  for (const [candidates, answer] of callEach('paretoFront', lists, (list) => [list], ['string']))
    expectArrayEqual(await answer(), front(candidates), { label: 'the front' });
}

/** Candidates of small whole numbers, so that many are equal in something. */
const some = (rng: CheckTools['rng'], count: number, most: number): Candidate[] =>
  Array.from({ length: count }, (_, i) =>
    of(`way ${i}`, rng.integer(1, most), rng.integer(1, most), rng.integer(1, most)),
  );

const FOUR = [
  of('heavy', 430, 2300, 99),
  of('light', 15, 500, 98),
  of('spoilt', 15, 500, 90),
  of('twin', 15, 500, 98),
];

export default defineChecks([
  check('example', 'The candidates of the statement', async (tools) => {
    const { call } = tools;
    await expectFronts(tools, FOUR);
    expectEqual(await call('choose', [FOUR, { bytes: 256, macs: 1000 }]), 'light');
  }),

  check('one-aim', 'Who is equal in two aims and worse in the third is beaten', async (tools) => {
    await expectFronts(
      tools,
      [of('a', 10, 10, 50), of('b', 11, 10, 50)],
      [of('a', 10, 10, 50), of('b', 10, 11, 50)],
      [of('a', 10, 10, 49), of('b', 10, 10, 50)],
    );
  }),

  check('bargains', 'Who is best in nothing may still be beaten by nobody', async (tools) => {
    await expectFronts(
      tools,
      [of('a', 10, 90, 50), of('b', 50, 50, 60), of('c', 90, 10, 70)],
      [of('a', 1, 9, 9), of('b', 5, 5, 8), of('c', 9, 1, 9)],
    );
  }),

  check('multiplications', 'Multiplications are an aim as well', async (tools) => {
    await expectFronts(tools, [of('a', 10, 90, 60), of('b', 20, 10, 50)]);
  }),

  check('equals', 'Equal candidates stay or go together', async (tools) => {
    await expectFronts(
      tools,
      [of('a', 5, 5, 5), of('b', 5, 5, 5)],
      [of('a', 5, 5, 5), of('b', 4, 5, 5), of('c', 5, 5, 5)],
    );
  }),

  check('any', 'Any candidates have their front', async (tools) => {
    const drawn = [3, 6, 50].flatMap((most) =>
      Array.from({ length: 8 }, () => some(tools.rng, 20, most)),
    );
    await expectFronts(tools, [], ...drawn);
  }),

  check('budget', 'The best reader within the budget is chosen', async ({ call, rng }) => {
    const candidates = rng.shuffle([
      of('too heavy', 101, 10, 99),
      of('too slow', 10, 101, 99),
      of('just right', 100, 100, 80),
      of('thrifty', 10, 10, 79),
    ]);
    expectEqual(await call('choose', [candidates, { bytes: 100, macs: 100 }]), 'just right');
    expectEqual(await call('choose', [candidates, { bytes: 99, macs: 100 }]), 'thrifty');
    expectEqual(await call('choose', [candidates, { bytes: 9, macs: 100 }]), null);
    expectEqual(await call('choose', [[], { bytes: 9, macs: 9 }]), null);
  }),

  check('ties', 'Of equal readers the lightest is chosen, then the quickest', async ({ call }) => {
    const equals = [
      of('heavier', 60, 10, 90),
      of('light and slow', 50, 40, 90),
      of('light and quick', 50, 30, 90),
      of('reads less', 5, 5, 89),
    ];
    expectEqual(await call('choose', [equals, { bytes: 99, macs: 99 }]), 'light and quick');
    const twins = [of('first', 5, 5, 9), of('second', 5, 5, 9)];
    expectEqual(await call('choose', [twins, { bytes: 99, macs: 99 }]), 'first');
  }),

  check(
    'refuses',
    'A candidate with a number that is none is refused by name',
    async ({ callEach }) => {
      const wrong = [of('clerk', NaN, 1, 1), of('clerk', 1, -1, 1), of('clerk', 1, 1, Infinity)];
      const lists = wrong.map((one) => [FOUR[0], one]);
      const fronts = callEach('paretoFront', lists, (list) => [list]);
      const choices = callEach('choose', lists, (list) => [list, { bytes: 9, macs: 9 }]);
      const mentions = { pattern: /clerk/, words: 'the candidate' };
      for (const [i, [, answer]] of fronts.entries()) {
        await expectThrows(answer, { when: 'for its front', mentions });
        await expectThrows(choices[i]![1], { when: 'for its choice', mentions });
      }
    },
  ),
]);
