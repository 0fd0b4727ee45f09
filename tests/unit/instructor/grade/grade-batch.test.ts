import { expect, test } from 'vitest';
import { gradeBatch, gradingStamp } from '../../../../src/instructor/grade/grade-batch.ts';
import type { Submitted } from '../../../../src/instructor/grade/grade-batch.ts';
import { newGradingSeed, runSeed } from '../../../../src/instructor/grade/grading-seed.ts';
import { createRng } from '../../../../src/shared/rng.ts';
import {
  assignmentOf,
  careless,
  contextOf,
  exerciseAnswer,
  handInOf,
  pinnedOf,
  doubleSheet,
  right,
  wrong,
} from './support.ts';

const submitted = async (): Promise<Submitted[]> =>
  Promise.all(
    [right, careless, wrong, right, 'throw 1;', careless].map(async (code, index) => ({
      key: `k${index}`,
      handIn: await handInOf([exerciseAnswer(code)], { name: `Student ${index}`, id: `s${index}` }),
    })),
  );

const grade = async (handIns: readonly Submitted[], parallel: number) => {
  const { rows } = await gradeBatch({
    handIns,
    assignment: assignmentOf(),
    parallel,
    contextOf: () => contextOf(),
  }).done;
  return rows;
};

test('marks and inputs do not depend on the order, nor on how many run at once', async () => {
  const handIns = await submitted();
  const seen = async (order: readonly Submitted[], parallel: number) =>
    (await grade(order, parallel))
      .map(({ key, result }) => [key, result?.earned, result?.items[0]?.report?.seed])
      .sort();
  const first = await seen(handIns, 1);
  expect(first.map(([, earned]) => earned)).toEqual([8, 6, 0, 8, 0, 6]);
  expect(await seen(createRng(3).shuffle(handIns), 3)).toEqual(first);
});

test('a stranger among them is a row that says so', async () => {
  const [one, two] = await submitted();
  const other = assignmentOf({ id: 'a9876543210' });
  const stranger = {
    key: 'x',
    handIn: await handInOf([exerciseAnswer(right)], { assignment: other }),
  };
  const rows = await grade([one!, stranger, two!], 2);
  expect(rows.map(({ error }) => error?.code)).toEqual([
    undefined,
    'hand-in-of-another-assignment',
    undefined,
  ]);
});

test('a stamp tells gradings apart by what decides marks, and by nothing else', async () => {
  const stamp = (
    changes: Parameters<typeof assignmentOf>[0],
    context: Partial<Parameters<typeof gradingStamp>[1]> = {},
  ): Promise<string> =>
    gradingStamp(assignmentOf(changes), { gradingSeed: 1, book: '0.1.0', ...context });
  const options = ['one', 'two'].map((text) => ({ text, correct: text === 'two' }));
  const otherKey = options.map(({ text, correct }) => ({ text, correct: !correct }));
  const question = { version: '0123456789ab', question: 'Which?', options };
  const first = await stamp({});
  // An assignment that keeps nothing has the stamp it always had, so that a grading begun before goes on. By another program.
  expect(await stamp({ items: [] })).toBe('825188815091485e');
  expect(await stamp({ title: 'Renamed', due: '2026-12-01T00:00:00Z' })).toBe(first);
  const others = await Promise.all([
    stamp({}, { gradingSeed: 2 }),
    stamp({}, { book: '0.2.0' }),
    stamp({}, { privateChecks: { double: 'x' } }),
    stamp({ policy: { hints: 'cost', hintCost: 1, solution: 'never', attempts: 0 } }),
    stamp({ pinned: { double: await pinnedOf(doubleSheet) } }),
    stamp({ pinnedQuestions: {} }),
    stamp({ pinnedQuestions: { 'which-code': question } }),
    stamp({ pinnedQuestions: { 'which-code': { ...question, options: otherKey } } }),
  ]);
  expect(new Set([first, ...others]).size).toBe(9);
});

test('a run’s seed is of 32 bits, and none that it is to avoid', async () => {
  const student = { name: 'Ada', id: '' };
  const seed = await runSeed(1, student, 'double');
  expect(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32).toBe(true);
  expect(await runSeed(1, student, 'double', [seed])).toBe((seed + 1) >>> 0);
  expect(await runSeed(1, { name: ' ADA ', id: '' }, 'double')).toBe(seed);
  expect(await runSeed(1, student, 'triple')).not.toBe(seed);
  expect(new Set(Array.from({ length: 50 }, newGradingSeed)).size).toBe(50);
});
