import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  claimedMark,
  exerciseMark,
  finalMark,
  quizMark,
  roundPoints,
} from '../../../../src/instructor/grade/marks.ts';
import type { GradedItem } from '../../../../src/instructor/grade/graded.ts';
import type { CheckReport, CheckResult } from '../../../../src/runtime/protocol.ts';

const report = (...statuses: CheckResult['status'][]): CheckReport => ({
  passed: false,
  results: statuses.map((status, index) => ({ id: `c${index}`, name: 'c', status })),
  seed: 1,
  elapsedMs: 1,
});
const free = { hints: 'free', hintCost: 50 } as const;
const perCheck = { points: 10, partial: 'per-check' } as const;
const strict = { points: 10, partial: 'all-or-nothing' } as const;

describe('exerciseMark', () => {
  test('by the share, or all or nothing', () => {
    const two = [report('passed', 'failed', 'passed')];
    expect(exerciseMark(perCheck, two, free, 0)).toBe(6.67);
    expect(exerciseMark(strict, two, free, 0)).toBe(0);
    expect(exerciseMark(strict, [report('passed')], free, 9)).toBe(10);
  });

  test('beyond what the starter passes, so that the starter earns nothing', () => {
    const of = (passed: number): CheckReport[] => [
      report(...Array.from({ length: 5 }, (_, i) => (i < passed ? 'passed' : 'failed'))),
    ];
    const marks = [0, 1, 2, 3, 4, 5].map((passed) =>
      exerciseMark(perCheck, of(passed), free, 0, 2),
    );
    expect(marks).toEqual([0, 0, 0, 3.33, 6.67, 10]);
    expect(exerciseMark(perCheck, of(4), free, 0, 5)).toBe(0);
    expect(claimedMark(perCheck, { passed: false, checks: 4, of: 5 }, 2)).toBe(6.67);
    expect(claimedMark(perCheck, { passed: false, checks: 4, of: 4 }, 5)).toBe(0);
  });

  test('of two reports, either of which may fail', () => {
    expect(exerciseMark(strict, [report('passed'), report('failed')], free, 0)).toBe(0);
    expect(exerciseMark(perCheck, [report('passed'), report('failed')], free, 0)).toBe(5);
  });

  test('no report, and one without results, earn nothing', () => {
    expect(exerciseMark(perCheck, [], free, 0)).toBe(0);
    expect(exerciseMark(perCheck, [report()], free, 0)).toBe(0);
    expect(exerciseMark(perCheck, [report('passed'), report()], free, 0)).toBe(0);
  });

  test('an error of the whole run takes the pass away', () => {
    const ended = { ...report('passed'), passed: true, error: { code: 'x', explain: 'x' } };
    expect(exerciseMark(strict, [ended], free, 0)).toBe(0);
    expect(exerciseMark(perCheck, [ended], free, 0)).toBe(0);
  });

  test('hints cost only where the policy says so', () => {
    const cost = { hints: 'cost', hintCost: 15 } as const;
    expect(exerciseMark(strict, [report('passed')], cost, 2)).toBe(7);
    expect(exerciseMark(strict, [report('passed')], { ...cost, hints: 'none' }, 2)).toBe(10);
  });
});

describe('claimedMark', () => {
  test.for<[{ passed: boolean; checks: number; of: number }, number]>([
    [{ passed: true, checks: 0, of: 0 }, 10],
    [{ passed: false, checks: 3, of: 4 }, 7.5],
    [{ passed: false, checks: 900, of: 4 }, 10],
    [{ passed: false, checks: 1, of: 0 }, 0],
    [{ passed: false, checks: NaN, of: NaN }, 0],
  ])('%o claims %d', ([claimed, points]) => {
    expect(claimedMark(perCheck, claimed)).toBe(points);
  });
});

test('quizMark is never more than the points, and falls with every wrong option', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 5 }),
      fc.array(fc.integer({ min: -3, max: 9 }), { maxLength: 12 }),
      (options, tried) => {
        const key = { options, correct: 0 };
        const mark = quizMark(key, tried, 4);
        expect(mark).toBeGreaterThanOrEqual(0);
        expect(mark).toBeLessThanOrEqual(4);
        expect(quizMark(key, [1, ...tried], 4)).toBeLessThanOrEqual(mark);
        // The same option twice is one try.
        expect(
          quizMark(
            key,
            tried.flatMap((index) => [index, index]),
            4,
          ),
        ).toBe(mark);
      },
    ),
  );
});

describe('finalMark', () => {
  const item = (changes: Partial<GradedItem>): GradedItem => ({
    kind: 'exercise',
    id: 'double',
    points: 8,
    earned: 6,
    status: 'partial',
    claimedPassed: true,
    claimedEarned: 8,
    drift: false,
    hints: 0,
    attempts: 1,
    solutionShown: false,
    remarks: [],
    ...changes,
  });
  const items = [
    item({}),
    item({ kind: 'written', id: 'double', points: 4, earned: 0, status: 'to-mark' }),
  ];

  test('adds what was earned and says what waits', () => {
    expect(finalMark({ items })).toEqual({ mark: 6, possible: 12, earned: 6, toMark: 1 });
  });

  test('takes the instructor’s points in place of it, then lateness', () => {
    const decisions = new Map([
      ['written double', { points: 3.5 }],
      ['exercise double', { comment: 'Well tried.' }],
    ]);
    expect(finalMark({ items }, { decisions, factor: 0.9 })).toEqual({
      mark: 8.55,
      possible: 12,
      earned: 9.5,
      toMark: 0,
    });
  });

  test('an item that could not be graded waits for the instructor, and is no 0', () => {
    const lost = [item({ earned: 0, status: 'not-graded' })];
    expect(finalMark({ items: lost }).toMark).toBe(1);
    const decisions = new Map([['exercise double', { points: 0 }]]);
    expect(finalMark({ items: lost }, { decisions }).toMark).toBe(0);
  });

  test('takes no points that are none, and no factor beyond 0 … 1', () => {
    const decisions = new Map([['exercise double', { points: NaN }]]);
    expect(finalMark({ items }, { decisions, factor: 7 }).mark).toBe(6);
    expect(finalMark({ items }, { factor: -1 }).mark).toBe(0);
  });
});

test('roundPoints gives two decimals, halves up', () => {
  expect([1.005, 0.1 + 0.2, 6.666].map(roundPoints)).toEqual([1.01, 0.3, 6.67]);
});
