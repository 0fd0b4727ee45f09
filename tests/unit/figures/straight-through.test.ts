import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  HEIGHT,
  STEPS_DRAWN,
  WIDTH,
  comesOut,
  gradient,
  learn,
  lessonDrawing,
  lessonRows,
  momentsPath,
  stairsPath,
  startAt,
  type Lesson,
} from '../../../src/components/figures/StraightThrough/straight-through.ts';

const lesson: Lesson = { range: 0.6, bits: 3, target: 0.3, rate: 0.1, slope: 'straight' };
const lessons = fc.record({
  range: fc.constantFrom(0.4, 0.6, 0.9),
  bits: fc.integer({ min: 2, max: 5 }),
  target: fc.double({ min: -0.35, max: 0.35, noNaN: true }),
  rate: fc.double({ min: 0.01, max: 0.5, noNaN: true }),
  slope: fc.constant('straight' as const),
});

describe('one weight', () => {
  it('is rounded to one of 2^b − 1 values, evenly spaced, 0 among them', () => {
    fc.assert(
      fc.property(lessons, fc.double({ min: -1, max: 1, noNaN: true }), (given, weight) => {
        const last = 2 ** (given.bits - 1) - 1;
        const code = (comesOut(weight, given) / given.range) * last;
        expect(code).toBeCloseTo(Math.round(code), 4);
        expect(Math.abs(code)).toBeLessThanOrEqual(last + 1e-4);
      }),
    );
  });

  it('is told nothing outside the range, nothing by the staircase, and else the error', () => {
    expect(gradient(0.61, lesson)).toBe(0);
    expect(gradient(0.59, lesson)).toBeCloseTo(0.6 - 0.3, 5);
    expect(gradient(0.59, { ...lesson, slope: 'own' })).toBe(0);
    expect(learn(startAt(0.1, lesson), { ...lesson, slope: 'own' }, 50).at(-1)!.weight).toBe(0.1);
  });

  it('takes its values so that their mean is the target, though none of them is', () => {
    fc.assert(
      fc.property(lessons, (given) => {
        const steps = 2000;
        const path = [startAt(0.05, given), ...learn(startAt(0.05, given), given, steps)];
        const mean = path.slice(0, -1).reduce((sum, { out }) => sum + out, 0) / steps;
        // Σ (out − target) = (first weight − last weight)/rate.
        expect(mean - given.target).toBeCloseTo(
          (0.05 - path.at(-1)!.weight) / (given.rate * steps),
          5,
        );
        expect(Math.abs(mean - given.target)).toBeLessThan(
          (2 * given.range) / (given.rate * steps),
        );
      }),
    );
  });
});

describe('the drawing', () => {
  it('has a stair for every value', () => {
    for (const bits of [2, 3, 4, 5]) {
      expect(stairsPath({ ...lesson, bits }).match(/V/g)).toHaveLength(2 ** bits - 2);
    }
  });

  it('stays within its frame and shows the last steps', () => {
    const moments = [startAt(0.1, lesson), ...learn(startAt(0.1, lesson), lesson, 500)];
    const path = momentsPath(moments, lesson, 'weight');
    expect(path.match(/[ML]/g)).toHaveLength(STEPS_DRAWN + 1);
    for (const [, x, y] of path.matchAll(/[ML]([\d.]+) ([\d.]+)/g)) {
      expect(Number(x)).toBeLessThanOrEqual(WIDTH);
      expect(Number(y)).toBeLessThanOrEqual(HEIGHT);
    }
    expect(momentsPath(moments, lesson, 'out')).toMatch(/^M[\d. ]+H/);
  });

  it('says what the weight is told, and lists the last steps', () => {
    const words = (weight: number, change: Partial<Lesson> = {}) =>
      lessonDrawing([startAt(weight, lesson)], { ...lesson, ...change }).texts['verdict'];
    expect(words(0.1)).toMatch(/pushed up/);
    expect(words(0.5)).toMatch(/pushed down/);
    expect(words(0.7)).toMatch(/Outside/);
    expect(words(0.1, { slope: 'own' })).toMatch(/flat/);
    expect(words(0.01, { target: 0 })).toMatch(/may stay/);
    const moments = [startAt(0.1, lesson), ...learn(startAt(0.1, lesson), lesson, 20)];
    expect(lessonRows(moments, lesson, 10).map(([step]) => step)).toEqual(
      Array.from({ length: 10 }, (_, i) => `${i + 11}`),
    );
  });
});
