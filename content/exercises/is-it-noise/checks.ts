import { check, defineChecks, expectClose, expectEqual, expectThrows } from 'heavy-weights/checks';
import type { CheckTools } from 'heavy-weights/checks';

type Rng = CheckTools['rng'];

interface Candidate {
  name: string;
  answers: Uint8Array;
}

const finding = {
  name: 'string',
  lost: 'integer',
  gained: 'integer',
  pValue: 'number',
  verdict: 'string',
} as const;

interface Finding {
  name: string;
  lost: number;
  gained: number;
  pValue: number;
  verdict: string;
}

/** The probability once more, by weights set against the middle one: none is too small to matter. */
function pennies(lost: number, gained: number): number {
  const all = lost + gained;
  const middle = Math.floor(all / 2);
  const weights = new Array<number>(all + 1).fill(1);
  for (let i = middle; i < all; i++) weights[i + 1] = (weights[i]! * (all - i)) / (i + 1);
  for (let i = middle; i > 0; i--) weights[i - 1] = (weights[i]! * i) / (all - i + 1);
  const sum = (values: number[]): number => values.reduce((a, b) => a + b, 0);
  const tail = sum(weights.slice(0, Math.min(lost, gained) + 1));
  return Math.min(1, (2 * tail) / sum(weights));
}

interface Counts {
  lost?: number;
  gained?: number;
  both?: number;
  alike?: number;
  unlike?: number;
}

/** Images of which so many are lost, gained, read by both, and by neither with one wrong answer or two, in any order. */
function cards(
  rng: Rng,
  { lost = 0, gained = 0, both = 0, alike = 0, unlike = 0 }: Counts,
): { labels: Uint8Array; before: Uint8Array; after: Uint8Array } {
  const rows: [number, number, number][] = [];
  const add = (count: number, old: number, now: number): void => {
    for (let i = 0; i < count; i++) {
      const label = rng.integer(0, 9);
      rows.push([label, (label + old) % 10, (label + now) % 10]);
    }
  };
  add(lost, 0, rng.integer(1, 9));
  add(gained, rng.integer(1, 9), 0);
  add(both, 0, 0);
  add(alike, 3, 3);
  add(unlike, 2, 7);
  const shuffled = rng.shuffle(rows);
  const column = (k: 0 | 1 | 2): Uint8Array => Uint8Array.from(shuffled, (row) => row[k]);
  return { labels: column(0), before: column(1), after: column(2) };
}

interface Case {
  lost: number;
  gained: number;
  level: number;
  args: [labels: Uint8Array, before: Uint8Array, candidates: Candidate[], level: number];
}

/** One candidate on the bench. */
function bench(rng: Rng, counts: Counts, level = 0.05): Case {
  const { labels, before, after } = cards(rng, counts);
  const { lost = 0, gained = 0 } = counts;
  return {
    lost,
    gained,
    level,
    args: [labels, before, [{ name: 'bench', answers: after }], level],
  };
}

async function expectEach({ callEach }: CheckTools, cases: Case[]): Promise<void> {
  for (const [each, answer] of callEach('isItNoise', cases, ({ args }) => args, [finding]))
    expectFinding(each, (await answer())[0]);
}

const expectOne = (tools: CheckTools, counts: Counts, level?: number): Promise<void> =>
  expectEach(tools, [bench(tools.rng, counts, level)]);

function expectFinding({ lost, gained, level }: Case, found: Finding | undefined): void {
  const label = `${lost} lost and ${gained} gained`;
  expectEqual(
    { name: found?.name, lost: found?.lost, gained: found?.gained },
    { name: 'bench', lost, gained },
    { label: 'the finding' },
  );
  const p = pennies(lost, gained);
  expectClose(found!.pValue, p, { relative: 1e-6, label: `the p-value of ${label}` });
  const verdict = p > level ? 'noise' : gained > lost ? 'better' : 'worse';
  expectEqual(found!.verdict, verdict, { label: `the verdict on ${label}` });
}

export default defineChecks([
  check('p-values', 'What is lost and gained is tried against pennies', async (tools) => {
    const { rng } = tools;
    const cases = [
      bench(rng, { gained: 6, alike: 4 }),
      bench(rng, { lost: 6, both: 20 }),
      bench(rng, { lost: 5, both: 20 }),
      bench(rng, { lost: 3, gained: 14, both: 90 }),
    ];
    for (let round = 0; round < 10; round++) {
      // No level hangs on the last digit: a p-value near 0.05 is passed over.
      const [lost, gained] = [rng.integer(0, 30), rng.integer(0, 30)];
      if (Math.abs(pennies(lost, gained) / 0.05 - 1) < 0.001) continue;
      cases.push(bench(rng, { lost, gained, both: rng.integer(10, 200) }));
    }
    await expectEach(tools, cases);
  }),

  check('even', 'Where as many are lost as gained, p is 1', async (tools) => {
    await expectOne(tools, { lost: 4, gained: 4, both: 30 });
    await expectOne(tools, { lost: 1, gained: 1 });
    await expectOne(tools, { both: 30, alike: 3 });
  }),

  check(
    'both-wrong',
    'An image that both read wrongly is neither lost nor gained',
    async (tools) => {
      await expectOne(tools, { lost: 2, gained: 9, both: 40, alike: 5, unlike: 12 });
      await expectOne(tools, { unlike: 15, both: 3 });
    },
  ),

  check('thousands', 'Some thousands of images may be lost and gained', async (tools) => {
    const { rng } = tools;
    await expectOne(tools, { lost: 1300, gained: 1210, both: 500 });
    await expectOne(tools, { lost: rng.integer(900, 1000), gained: rng.integer(600, 700) });
  }),

  check('many', 'The line is divided among the candidates', async ({ call, rng }) => {
    const labels = new Uint8Array(60).fill(1);
    const before = new Uint8Array(60);
    const reading = (count: number): Uint8Array => {
      const right = rng.shuffle([...labels.keys()]).slice(0, count);
      return labels.map((_, i) => (right.includes(i) ? 1 : 0));
    };
    const candidates = [6, 9, 7, 0, 12].map((count, i) => ({
      name: `file ${i + 1}`,
      answers: reading(count),
    }));
    const found = await call('isItNoise', [labels, before, candidates, 0.05], [finding]);
    expectEqual(
      found.map(({ name, verdict }) => `${name}: ${verdict}`),
      ['file 1: noise', 'file 2: better', 'file 3: noise', 'file 4: noise', 'file 5: better'],
      { label: 'five verdicts' },
    );
    const alone = await call(
      'isItNoise',
      [labels, before, candidates.slice(0, 1), 0.05],
      [finding],
    );
    expectEqual(alone[0]?.verdict, 'better', { label: 'the first of them alone' });
  }),

  check('level', 'The line is where it was drawn', async (tools) => {
    await expectOne(tools, { lost: 1, gained: 9, both: 5 }, 0.01);
    await expectOne(tools, { lost: 1, gained: 9, both: 5 }, 0.03);
    await expectOne(tools, { lost: 7, gained: 2, both: 5 }, 0.2);
  }),

  check('nobody', 'No candidates, no findings', async ({ call }) => {
    const one = Uint8Array.of(1);
    expectEqual(await call('isItNoise', [one, one, [], 0.05]), [], { label: 'no findings' });
  }),

  check(
    'refuses',
    'Lengths that do not agree, and no level, are refused',
    async ({ call, callEach }) => {
      const [three, two] = [Uint8Array.of(1, 2, 3), Uint8Array.of(1, 2)];
      const clerk = [{ name: 'clerk', answers: two }];
      await expectThrows(() => call('isItNoise', [three, three, clerk, 0.05]), {
        when: 'for a candidate that answers 2 of 3 images',
        mentions: { pattern: /clerk/, words: 'the candidate' },
      });
      await expectThrows(() => call('isItNoise', [three, two, [], 0.05]), {
        when: 'for an old file that answers 2 of 3 images',
        mentions: { pattern: /before/, words: 'the argument before' },
      });
      const levels = [0, 1, -0.05, NaN];
      const argsOf = (level: number) => [three, three, [], level];
      for (const [level, answer] of callEach('isItNoise', levels, argsOf)) {
        await expectThrows(answer, {
          when: `for the level ${level}`,
          mentions: { pattern: /level/, words: 'the argument level' },
        });
      }
    },
  ),
]);
