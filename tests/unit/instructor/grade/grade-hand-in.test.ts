import { describe, expect, test } from 'vitest';
import { gradeHandIn } from '../../../../src/instructor/grade/grade-hand-in.ts';
import type { GradedHandIn, GradedItem } from '../../../../src/instructor/grade/graded.ts';
import { variantSeed } from '../../../../src/instructor/variant-seed.ts';
import type { CheckReport } from '../../../../src/runtime/protocol.ts';
import type { Item } from '../../../../src/schemas/assignment.ts';
import type { Answer } from '../../../../src/schemas/hand-in.ts';
import {
  allAnswers,
  assignmentOf,
  careless,
  contextOf,
  doubleSheet,
  exerciseAnswer,
  handInOf,
  inProcess,
  pinnedOf,
  right,
  wrong,
} from './support.ts';
import type { TestContext } from './support.ts';

const grade = async (
  answers: Answer[],
  { assignment = assignmentOf(), context = contextOf(), name = 'Ada Lovelace', id = 's1' } = {},
): Promise<GradedHandIn> =>
  gradeHandIn(await handInOf(answers, { assignment, name, id }), assignment, context);

const gradeCode = async (
  code: string,
  options: Parameters<typeof grade>[1] = {},
): Promise<GradedItem> => (await grade([exerciseAnswer(code)], options)).items[0]!;

const remarksOf = ({ remarks }: { remarks: { code: string }[] }): string[] =>
  remarks.map(({ code }) => code);

const policy = assignmentOf().policy;

describe('marks', () => {
  test('a right program, the right option first, a written answer that waits', async () => {
    const graded = await grade(allAnswers(right));
    expect(graded).toMatchObject({ earned: 11, possible: 16, claimedEarned: 11, toMark: 1 });
    expect(graded.items.map(({ status, earned }) => [status, earned])).toEqual([
      ['passed', 8],
      ['passed', 3],
      ['to-mark', 0],
    ]);
    expect(graded.remarks).toEqual([]);
    expect(graded.items.flatMap(({ remarks }) => remarks)).toEqual([]);
  });

  test('three checks of four, by each rule', async () => {
    expect(await gradeCode(careless)).toMatchObject({ earned: 6, status: 'partial' });
    const [exercise, ...rest] = assignmentOf().items;
    const strict = assignmentOf({
      items: [{ ...exercise, partial: 'all-or-nothing' } as Item, ...rest],
    });
    expect(await gradeCode(careless, { assignment: strict })).toMatchObject({
      earned: 0,
      status: 'failed',
    });
    expect(await gradeCode(right, { assignment: strict })).toMatchObject({ earned: 8 });
  });

  test('a forged claim is shown, said and worth nothing', async () => {
    const claimed = { passed: true, checks: 1_000, of: 4 };
    const { items } = await grade([exerciseAnswer(wrong, { claimed })]);
    expect(items[0]).toMatchObject({
      claimedPassed: true,
      claimedEarned: 8,
      earned: 0,
      status: 'failed',
    });
    expect(remarksOf(items[0]!)).toContain('claim-differs');
  });

  test('a claim of failing does not lower what the re-run gives', async () => {
    expect(await gradeCode(right)).toMatchObject({
      claimedPassed: false,
      claimedEarned: 0,
      earned: 8,
    });
  });

  test('nothing handed in is missing, and empty is no program', async () => {
    const context = contextOf();
    const graded = await grade([exerciseAnswer(' \n'), { kind: 'written', id: 'why', text: ' ' }], {
      context,
    });
    expect(graded.items.map(({ status }) => status)).toEqual(['missing', 'missing', 'missing']);
    expect(graded.earned).toBe(0);
    expect(context.requests).toEqual([]);
  });

  test('a run of no checks is a fail, whatever the report says of itself', async () => {
    const said: CheckReport = { passed: true, results: [], seed: 1, elapsedMs: 1 };
    const item = await gradeCode(right, { context: contextOf({ runner: async () => said }) });
    expect(item).toMatchObject({ earned: 0, status: 'failed' });
    expect(remarksOf(item)).toContain('nothing-ran');
  });

  test('a report that says it passed, with a check that did not', async () => {
    const runner = async (): Promise<CheckReport> => ({
      passed: true,
      results: [
        { id: 'a', name: 'a', status: 'passed' },
        { id: 'b', name: 'b', status: 'not-run' },
      ],
      seed: 1,
      elapsedMs: 1,
    });
    const item = await gradeCode(right, { context: contextOf({ runner }) });
    expect(item).toMatchObject({ earned: 4, status: 'partial' });
  });

  test('a program that cannot be loaded says why', async () => {
    const item = await gradeCode('throw new Error("no luck");');
    expect(item).toMatchObject({ earned: 0, status: 'failed' });
    expect(item.remarks.find(({ code }) => code === 'nothing-ran')?.text).toContain('no luck');
  });
});

describe('what the starter passes', () => {
  const starter = 'export const double = (x: number): number => x;';
  const sheet = { ...doubleSheet, starter };

  test('earns nothing, and is run once for all', async () => {
    const context = contextOf({ sheet });
    // Of four checks it passes one: that twice nothing is nothing.
    expect(await gradeCode(starter, { context })).toMatchObject({ earned: 0, status: 'failed' });
    expect(context.requests).toHaveLength(2);
    const item = await gradeCode(careless, { context });
    expect(item).toMatchObject({ earned: 5.33, status: 'partial' });
    expect(context.requests).toHaveLength(3);
    expect(await gradeCode(right, { context })).toMatchObject({ earned: 8 });
    expect(context.requests).toHaveLength(4);
  });

  test('is no part of a claim either, so that an honest one is no more than was earned', async () => {
    const answer = exerciseAnswer(careless, { claimed: { passed: false, checks: 3, of: 4 } });
    const { items } = await grade([answer], { context: contextOf({ sheet }) });
    expect(items[0]).toMatchObject({ earned: 5.33, claimedEarned: 5.33 });
  });

  test('is found out again where the first run of it was stopped, and nothing is marked by half', async () => {
    const context = contextOf({ sheet });
    const lost: CheckReport = {
      passed: false,
      results: [],
      error: { code: 'browser-lost', explain: 'It is lost.' },
      seed: 1,
      elapsedMs: 1,
    };
    let away = true;
    const runner = context.runner;
    context.runner = async (request) => (away && request.code === starter ? lost : runner(request));
    expect(await gradeCode(careless, { context })).toMatchObject({ status: 'not-graded' });
    away = false;
    expect(await gradeCode(careless, { context })).toMatchObject({ earned: 5.33 });
  });
});

describe('inputs of the re-run', () => {
  const seedOf = async ({
    context = contextOf(),
    id = 's1',
  }: { context?: TestContext; id?: string } = {}): Promise<number> => {
    await grade([exerciseAnswer(right)], { context, id });
    return context.requests[0]!.seed;
  };

  test('are the same again, and others for another student or another grading', async () => {
    const first = await seedOf();
    expect(await seedOf()).toBe(first);
    expect(await seedOf({ id: ' S1 ' })).toBe(first);
    expect(await seedOf({ id: 's2' })).not.toBe(first);
    expect(await seedOf({ context: contextOf({ gradingSeed: 100 }) })).not.toBe(first);
    expect([7, await variantSeed('a0123456789', 's1')]).not.toContain(first);
  });

  test('do not depend on the other answers', async () => {
    const context = contextOf();
    await grade(allAnswers(right), { context });
    expect(context.requests[0]!.seed).toBe(await seedOf());
  });

  test('answers learnt by heart from the reader’s own seed fail', async () => {
    const learnt = async (): Promise<string> => {
      const values: number[] = [];
      Object.assign(globalThis, { heard: (x: number) => values.push(x) });
      await inProcess({
        exercise: 'double',
        code: 'export const double = (x) => { globalThis.heard(x); return 2 * x; };',
        ...doubleSheet,
      });
      const drawn = values[1]!;
      return `export function double(x) {
        if (Number.isNaN(x)) throw new RangeError('x is NaN');
        return { 3: 6, 0: 0, ${drawn}: ${2 * drawn} }[x] ?? 1;
      }`;
    };
    const code = await learnt();
    const atHome = await inProcess({ exercise: 'double', code, ...doubleSheet });
    expect(atHome.passed).toBe(true);
    const item = await gradeCode(code);
    expect(item.report?.results.map(({ status }) => status)).toEqual([
      'passed',
      'failed',
      'passed',
      'passed',
    ]);
  });

  test('the limit is longer than the reader’s, for several run at once', async () => {
    const context = contextOf();
    await grade([exerciseAnswer(right)], { context });
    expect(context.requests[0]!.limitMs).toBe(2_000);
  });
});

describe('what a hand-in is', () => {
  test('one of another assignment is refused by name', async () => {
    const other = assignmentOf({ id: 'a9876543210', title: 'Second exercises' });
    const handIn = await handInOf(allAnswers(right), { assignment: other });
    await expect(gradeHandIn(handIn, assignmentOf(), contextOf())).rejects.toMatchObject({
      code: 'hand-in-of-another-assignment',
      explain: expect.stringContaining('Second exercises'),
    });
  });

  test('one that was changed by hand is graded by what it holds, and said to be changed', async () => {
    const handIn = await handInOf(allAnswers(wrong));
    const edited = { ...handIn, answers: allAnswers(right) };
    const graded = await gradeHandIn(edited, assignmentOf(), contextOf());
    expect(graded.earned).toBe(11);
    expect(remarksOf(graded)).toEqual(['receipt-differs']);
  });

  test('an edition of the assignment, what was not asked, another printing, a clock set back', async () => {
    const handIn = await handInOf([...allAnswers(right), exerciseAnswer(right, { id: 'triple' })], {
      assignment: assignmentOf({ title: 'First exercise' }),
    });
    const graded = await gradeHandIn(
      { ...handIn, book: '0.0.9', handedInAt: '2026-11-02T08:00:00Z' },
      assignmentOf(),
      contextOf(),
    );
    expect(remarksOf(graded)).toEqual([
      'receipt-differs',
      'assignment-differs',
      'not-asked',
      'other-printing',
      'clock',
    ]);
    expect(graded.earned).toBe(11);
  });

  test('of two answers to one item, the first counts and it is said', async () => {
    const handIn = await handInOf([exerciseAnswer(wrong)]);
    const twice = { ...handIn, answers: [exerciseAnswer(wrong), exerciseAnswer(right)] };
    const graded = await gradeHandIn(twice, assignmentOf(), contextOf());
    expect(graded.items[0]!.earned).toBe(0);
    expect(remarksOf(graded)).toContain('answered-twice');
  });

  test('grading that is stopped makes no mark', async () => {
    const stop = new AbortController();
    const context = contextOf({
      signal: stop.signal,
      runner: async (request) => {
        stop.abort();
        return inProcess(request);
      },
    });
    await expect(grade([exerciseAnswer(right)], { context })).rejects.toMatchObject({
      name: 'AbortError',
    });
  });
});

describe('the sandbox going away', () => {
  const gone: CheckReport = {
    passed: false,
    results: [],
    error: { code: 'ended-early', explain: 'It ended.' },
    seed: 1,
    elapsedMs: 1,
  };

  test('once is tried again', async () => {
    let runs = 0;
    const context = contextOf({
      runner: async (request) => (runs++ === 0 ? gone : inProcess(request)),
    });
    expect(await gradeCode(right, { context })).toMatchObject({ earned: 8 });
    expect(runs).toBe(2);
  });

  test('with the browser around it is nobody’s 0', async () => {
    const lost: CheckReport = { ...gone, error: { code: 'browser-lost', explain: 'It is lost.' } };
    const item = await gradeCode(right, { context: contextOf({ runner: async () => lost }) });
    expect(item).toMatchObject({ earned: 0, status: 'not-graded' });
    expect(remarksOf(item)).toEqual(['browser-lost']);
  });

  test('twice is the program’s doing', async () => {
    const context = contextOf({ runner: async () => gone });
    expect(await gradeCode(right, { context })).toMatchObject({ earned: 0, status: 'failed' });
    expect(context.requests).toHaveLength(2);
  });
});

describe('the rules of the assignment', () => {
  test('each hint costs its share, down to nothing', async () => {
    const assignment = assignmentOf({ policy: { ...policy, hints: 'cost', hintCost: 10 } });
    const earnedWith = async (hintsShown: number): Promise<number> =>
      (await grade([exerciseAnswer(right, { hintsShown })], { assignment })).items[0]!.earned;
    expect([await earnedWith(0), await earnedWith(2), await earnedWith(1_000_000)]).toEqual([
      8, 6.4, 0,
    ]);
  });

  test('what goes beyond them is said', async () => {
    const assignment = assignmentOf({ policy: { ...policy, hints: 'none', attempts: 2 } });
    const answer = exerciseAnswer(right, {
      hintsShown: 1,
      attempts: 3,
      solutionShown: true,
      version: 'ffffffffffff',
    });
    const { items } = await grade([answer], { assignment });
    expect(remarksOf(items[0]!)).toEqual([
      'answer-version',
      'hints-opened',
      'solution-opened',
      'attempts-exceeded',
    ]);
    expect(items[0]!.earned).toBe(8);
  });
});

test('a solution that opens after the due time, opened, is said: the work may have come later', async () => {
  const assignment = assignmentOf({ policy: { ...policy, solution: 'after-due' } });
  const { items } = await grade([exerciseAnswer(right, { solutionShown: true })], { assignment });
  expect(remarksOf(items[0]!)).toEqual(['solution-opened']);
});

describe('questions', () => {
  const tried = async (options: number[], attempts = 0): Promise<GradedItem> => {
    const assignment = assignmentOf({ policy: { ...policy, attempts } });
    const answer: Answer = {
      kind: 'quiz',
      id: 'which-code',
      version: '0123456789ab',
      tried: options,
    };
    return (await grade([answer], { assignment })).items[1]!;
  };

  test('each wrong option costs its share', async () => {
    const marks = [[2], [0, 2], [0, 1, 2], [0, 1, 3, 2], [0, 1], []].map(
      async (options) => (await tried(options)).earned,
    );
    expect(await Promise.all(marks)).toEqual([3, 2, 1, 0, 0, 0]);
    expect((await tried([0, 2])).status).toBe('partial');
    expect((await tried([])).status).toBe('missing');
  });

  test('tries beyond those allowed, and options that are not there', async () => {
    expect((await tried([0, 2], 1)).earned).toBe(0);
    const strange = await tried([40, 2]);
    expect(strange.earned).toBe(3);
    expect(remarksOf(strange)).toContain('no-such-option');
  });

  test('options of another version are for a person to judge, those of today are not', async () => {
    const context = contextOf();
    const today = { version: 'abcdefabcdef', options: ['a', 'b', 'c', 'd'], correct: 0 };
    context.sheets = { ...context.sheets, quiz: async () => today };
    const by = async (version: string): Promise<GradedItem> => {
      const answer: Answer = { kind: 'quiz', id: 'which-code', version, tried: [0] };
      return (await grade([answer], { context })).items[1]!;
    };
    // The first option of the old ones was wrong, that of today is right.
    const old = await by('0123456789ab');
    expect(old).toMatchObject({ status: 'not-graded', earned: 0, drift: true });
    expect(remarksOf(old)).toEqual(['version-drift', 'other-options']);
    const newer = await by(today.version);
    expect(newer).toMatchObject({ status: 'passed', earned: 3, drift: true });
    expect(remarksOf(newer)).toEqual(['version-drift', 'answer-version']);
  });

  test('a question that the book no longer has is not graded', async () => {
    const context = contextOf();
    context.sheets = { ...context.sheets, quiz: async () => undefined };
    const graded = await grade(allAnswers(right), { context });
    expect(graded.items[1]).toMatchObject({ status: 'not-graded', earned: 0, drift: true });
    expect(remarksOf(graded.items[1]!)).toEqual(['quiz-unknown']);
    // The question and the written answer.
    expect(graded.toMark).toBe(2);
  });
});

describe('versions', () => {
  /** The book's exercise as it is now: it refuses nothing any more. */
  const newer = {
    ...doubleSheet,
    checks: doubleSheet.checks.replace(/\s*check\('refuses'[\s\S]*?\n {2}\}\),/, ''),
  };

  test('the book of today is the one the assignment names: one run', async () => {
    const context = contextOf();
    const pinned = { double: await pinnedOf(doubleSheet) };
    const item = await gradeCode(careless, { context, assignment: assignmentOf({ pinned }) });
    expect(item).toMatchObject({ drift: false, earned: 6 });
    expect(item.pinnedReport).toBeUndefined();
    expect(context.requests).toHaveLength(1);
  });

  test('another by now: the assignment’s copy gives the mark, the book’s stands beside it', async () => {
    expect(newer.checks).not.toContain('refuses');
    const pinned = { double: await pinnedOf(doubleSheet) };
    const item = await gradeCode(careless, {
      context: contextOf({ sheet: newer }),
      assignment: assignmentOf({ pinned }),
    });
    // The copy has a starter, which passes one check of the four.
    expect(item).toMatchObject({ drift: true, earned: 5.33, earnedByBook: 8 });
    expect(item.pinnedReport?.results).toHaveLength(4);
    expect(item.report?.results).toHaveLength(3);
    expect(remarksOf(item)).toContain('version-drift');
  });

  test('gone from the book: the copy alone', async () => {
    const pinned = { double: await pinnedOf(doubleSheet) };
    const item = await gradeCode(right, {
      context: contextOf({ sheet: undefined }),
      assignment: assignmentOf({ pinned }),
    });
    expect(item).toMatchObject({ drift: true, earned: 8, status: 'passed' });
    expect(item.report).toBeUndefined();
  });

  test('no copy: the book’s of today, and it is said', async () => {
    const item = await gradeCode(careless, { context: contextOf({ sheet: newer }) });
    expect(item).toMatchObject({ drift: true, earned: 8 });
    expect(remarksOf(item)).toContain('version-not-kept');
  });

  test('neither: nothing is graded', async () => {
    const item = await gradeCode(right, { context: contextOf({ sheet: undefined }) });
    expect(item).toMatchObject({ status: 'not-graded', earned: 0 });
    expect(remarksOf(item)).toContain('exercise-unknown');
  });

  test('a copy that is not what it says it is, is not used', async () => {
    const easy = { ...(await pinnedOf(doubleSheet)), checks: newer.checks };
    const item = await gradeCode(careless, {
      context: contextOf({ sheet: undefined }),
      assignment: assignmentOf({ pinned: { double: easy } }),
    });
    expect(item.status).toBe('not-graded');
    expect(remarksOf(item)).toContain('pinned-altered');
  });
});

describe('the instructor’s own checks', () => {
  const odd = {
    double: `import { check, defineChecks, expectEqual } from 'heavy-weights/checks';
export default defineChecks([
  check('negative', 'A negative number is doubled too', async ({ call, rng }) => {
    const value = -rng.integer(1, 50);
    expectEqual(await call('double', [value], 'number'), 2 * value);
  }),
]);`,
  };
  const positiveOnly = `export function double(x: number): number {
  if (Number.isNaN(x)) throw new RangeError('x is NaN');
  return Math.abs(2 * x);
}`;

  test('count with the exercise’s, by inputs of their own', async () => {
    const context = contextOf({ privateChecks: odd });
    const item = await gradeCode(positiveOnly, { context });
    expect(item).toMatchObject({ earned: 6.4, status: 'partial' });
    expect(item.privateReport?.results).toMatchObject([{ id: 'negative', status: 'failed' }]);
    const [first, second] = context.requests;
    expect(second!.seed).not.toBe(first!.seed);
    expect(await gradeCode(right, { context })).toMatchObject({ earned: 8, status: 'passed' });
  });

  test('are not in what the exercise’s own run can see', async () => {
    const context = contextOf({ privateChecks: odd });
    await gradeCode(right, { context });
    expect(context.requests[0]!.checks).not.toContain('negative');
  });

  test('that cannot be loaded are the instructor’s fault, not the student’s', async () => {
    const context = contextOf({ privateChecks: { double: 'export default [];' } });
    const item = await gradeCode(right, { context });
    expect(item).toMatchObject({ earned: 0, status: 'not-graded' });
    expect(remarksOf(item)).toContain('private-checks-broken');
  });

  test('a program cannot put its failing on them', async () => {
    const forging = `import { ReaderError } from 'heavy-weights';
throw new ReaderError({ code: 'check-defect', explain: 'The checks are at fault.' });`;
    const item = await gradeCode(forging, { context: contextOf({ privateChecks: odd }) });
    expect(item).toMatchObject({ earned: 0, status: 'failed' });
  });
});
