/**
 * Groups D and E against the grader: whole hand-ins that claim every mark. Each attack is graded between two honest ones.
 * It earns nothing and is told apart from a hand-in that could not be graded; the honest ones earn all of it; the page, and
 * what listens outside, notice nothing.
 */
import { expect, test } from '@playwright/test';
import { loadExercise } from '../../src/exercises/load.ts';
import type { GradedItem } from '../../src/instructor/grade/graded.ts';
import { createRng } from '../../src/shared/rng.ts';
import { startCanaries } from './canaries.ts';
import { cheating, hungry, reachingOut, unlocked } from './grader-attacks.ts';
import type { GraderAttack } from './grader-attacks.ts';
import { addOne, gradeIn, honest, pageState } from './grader-support.ts';
import type { Graded, Place, Submission } from './grader-support.ts';
import { startSandboxSite } from './sandbox-site.ts';
import type { SiteOptions } from './sandbox-site.ts';
import type { Canaries } from './canaries.ts';

const unlockedWorkers = {
  entry: 'tests/browser/unlocked-worker.ts',
  lightEntry: 'tests/browser/unlocked-light-worker.ts',
};

// In one process, in order: the pages are shared.
test.describe.configure({ mode: 'default' });

let canaries: Canaries;
let book: Place;
let second: Place;
let unhardened: Place;
let control: Place;

test.beforeAll(async ({ browser }) => {
  const open = async (options: SiteOptions = {}): Promise<Place> => {
    const site = await startSandboxSite({ grading: true, ...options });
    const page = await browser.newPage();
    await page.goto(site.url);
    return { ...site, page };
  };
  canaries = await startCanaries();
  book = await open();
  second = await open();
  unhardened = await open(unlockedWorkers);
  control = await open({ ...unlockedWorkers, policy: false });
  for (const place of [book, second, unhardened, control]) {
    await gradeIn([place], [['first', honest]]);
  }
});
test.afterAll(() =>
  Promise.all([canaries, book, second, unhardened, control].map((it) => it.close())),
);

const itemOf = ({ rows }: Graded, student: string): GradedItem | undefined =>
  rows.get(student)?.result?.items[0];

/** Grades an attack between two honest hand-ins. */
async function tryAttack(place: Place, { code }: GraderAttack): Promise<void> {
  const state = await pageState(place.page);
  const heard = canaries.hits.length;
  const graded = await gradeIn(
    [place],
    [
      ['before', honest],
      ['attacker', code],
      ['after', honest],
    ],
  );
  expect(graded.marks).toEqual({ before: 10, attacker: 0, after: 10 });
  const item = itemOf(graded, 'attacker')!;
  expect(item).toMatchObject({ status: 'failed', claimedPassed: true, claimedEarned: 10 });
  expect(item.remarks.map(({ code: remark }) => remark)).toContain('claim-differs');
  // The book's checks, or none: nothing that the program named.
  const known = ['fixed', 'drawn', 'refuses'];
  expect(item.report!.results.every(({ id }) => known.includes(id))).toBe(true);
  expect(itemOf(graded, 'after')!.report!.results).toEqual(
    itemOf(graded, 'before')!.report!.results,
  );
  expect(await pageState(place.page)).toEqual(state);
  expect(canaries.hits.slice(heard)).toEqual([]);
}

test('the control: a right program earns all, a wrong one nothing', async () => {
  const { marks } = await gradeIn(
    [book],
    [
      ['right', honest],
      ['wrong', 'export const answer = (x: number): number => x;'],
    ],
  );
  expect(marks).toEqual({ right: 10, wrong: 0 });
});

test.describe('D: staying alive, eating the machine', () => {
  for (const attack of hungry) test(attack.name, () => tryAttack(book, attack));
});

test.describe('E: cheating', () => {
  for (const attack of cheating) test(attack.name, () => tryAttack(book, attack));
});

test.describe('D, E: the same without hardening', () => {
  for (const attack of unlocked) test(attack.name, () => tryAttack(unhardened, attack));
  // Whatever the worker has, patching it patches nobody else's.
  for (const attack of cheating.filter(({ name }) => name.startsWith('E4'))) {
    test(attack.name, () => tryAttack(unhardened, attack));
  }
});

test.describe('the network', () => {
  for (const { name } of reachingOut('')) {
    test(name, async () => {
      const attackAt = (token: string): GraderAttack =>
        reachingOut(`http://127.0.0.1:${canaries.http}/${token}`).find(
          (attack) => attack.name === name,
        )!;
      await tryAttack(book, attackAt('grader-book'));
      await tryAttack(unhardened, attackAt('grader-unhardened'));
      const heard = canaries.hits.length;
      await gradeIn([control], [['attacker', attackAt('grader-control').code]]);
      expect(canaries.hits.slice(heard), 'without policy and hardening').not.toEqual([]);
    });
  }
});

test.describe('E10, E18: what does not count', () => {
  const careless = 'export const answer = (x: number): number => (x > 500_000 ? x : x + 1);';
  const remembering = `const g = globalThis as any; g.seen = (g.seen ?? 0) + 1;
Object.assign(Object.prototype, { seen: 1 });
export const answer = (x: number): number => x + g.seen;`;
  const submissions: Submission[] = [
    ['ada', honest],
    ['ben', careless],
    ['cyd', remembering],
    ['dee', remembering],
    ...cheating.slice(0, 8).map(({ code }, index): Submission => [`cheat-${index}`, code]),
    ['eve', honest],
    ['flo', 'export function answer(): number { while (true) {} }'],
    ['gus', honest],
  ];
  /** Everything but the time it took, and how an error was worded. */
  const verdicts = ({ rows, marks }: Graded): unknown =>
    Object.keys(marks)
      .sort()
      .map((student) => [
        student,
        marks[student],
        rows
          .get(student)
          ?.result?.items.map(({ status, report }) => [
            status,
            report?.seed,
            report?.results.map((result) => [result.id, result.status]),
          ]),
      ]);

  test('the order of the hand-ins, how many run at once, and doing it again', async () => {
    test.setTimeout(180_000);
    const first = verdicts(await gradeIn([book], submissions));
    expect(verdicts(await gradeIn([book], [...submissions].reverse()))).toEqual(first);
    const shuffled = createRng(18).shuffle(submissions);
    expect(verdicts(await gradeIn([book, second], shuffled))).toEqual(first);
  });

  test('other inputs for each student, and for another grading', async () => {
    const seedsIn = async (gradingSeed: number): Promise<(number | undefined)[]> => {
      const graded = await gradeIn(
        [book],
        [
          ['ada', honest],
          ['eve', honest],
        ],
        { gradingSeed },
      );
      return ['ada', 'eve'].map((student) => itemOf(graded, student)?.report?.seed);
    };
    const seeds = [...(await seedsIn(1)), ...(await seedsIn(2))];
    expect(new Set([...seeds, 1]).size).toBe(5);
  });
});

test('a batch of nothing but attacks comes to its end, two at a time', async () => {
  test.setTimeout(240_000);
  const submissions = [...hungry, ...cheating].flatMap(({ code }, index): Submission[] => [
    [`attacker-${index}`, code],
    [`honest-${index}`, honest],
  ]);
  // Two at a time with those that eat the machine: an honest one gets time enough on a busy machine too.
  const sheet = { ...addOne, limitMs: 2_000 };
  const { marks } = await gradeIn([book, second], submissions, { sheet });
  expect(Object.keys(marks)).toHaveLength(submissions.length);
  for (const [student, mark] of Object.entries(marks)) {
    expect(mark, student).toBe(student.startsWith('honest') ? 10 : 0);
  }
});

test('E7, E15 an exercise of the book: its solution earns all, its starter and known mistakes do not', async () => {
  test.setTimeout(120_000);
  const { data, checks, mistakes, solution, starter } = await loadExercise(
    'content/exercises/scale-and-zero-point',
  );
  const { entry, seed, limits } = data;
  const sheet = { entry, seed, limitMs: limits.ms, checks, mistakes };
  const graded = await gradeIn(
    [book],
    [
      ['solution', solution],
      ['starter', starter],
      ...mistakes.map(({ name, code }): Submission => [name, code]),
    ],
    { id: data.id, sheet },
  );
  const { solution: best, ...others } = graded.marks;
  expect(best).toBe(10);
  expect(Object.values(others).every((mark) => mark === 0)).toBe(true);
  // The student is told what the mistake was, in the re-run too.
  for (const { name } of mistakes) {
    expect(itemOf(graded, name)?.report?.mistake?.name).toBe(name);
  }
});

test('the instructor’s page outlives the sandbox: a frame that dies costs nobody a mark', async () => {
  const grading = gradeIn(
    [book],
    Array.from({ length: 6 }, (_, index): Submission => [
      `s${index}`,
      honest.replace('return', 'for (let i = 0; i < 2e6; i++); return'),
    ]),
  );
  await book.page.waitForTimeout(300);
  await book.page.evaluate(() => {
    const frame = document.querySelector('iframe')!;
    frame.removeAttribute('src');
    frame.src = 'about:blank';
  });
  const { marks } = await grading;
  expect(Object.values(marks)).toEqual([10, 10, 10, 10, 10, 10]);
});
