import { describe, expect, it } from 'vitest';
import { wilsonInterval } from '../../../src/engine/evaluation/wilson-interval.ts';

describe('wilsonInterval', () => {
  it.each([
    // SciPy 1.17.1: scipy.stats.binomtest(k, n).proportion_ci(0.95, method='wilson')
    [81, 263, 0.2552885198782742, 0.36620957698280004],
    [15, 148, 0.06238639953073629, 0.16048724172330803],
    [1, 29, 0.006113214292762667, 0.17175521879320282],
    [5, 10, 0.236593090512564, 0.7634069094874361],
    [9898, 10_000, 0.9876339875739157, 0.9915898476221694],
  ])('gives the bounds that SciPy gives for %i of %i', (successes, trials, low, high) => {
    const interval = wilsonInterval(successes, trials);
    expect(interval.low).toBeCloseTo(low, 12);
    expect(interval.high).toBeCloseTo(high, 12);
  });

  it('stays within [0, 1] at both ends', () => {
    expect(wilsonInterval(0, 20).low).toBe(0);
    expect(wilsonInterval(0, 20).high).toBeCloseTo(0.16112515805281935, 12);
    expect(wilsonInterval(20, 20).high).toBe(1);
  });

  it('holds the bounds that its own definition demands: the seen share is 1.96 standard errors off', () => {
    const { low, high } = wilsonInterval(9898, 10_000);
    for (const p of [low, high]) {
      expect(Math.abs(0.9898 - p) / Math.sqrt((p * (1 - p)) / 10_000)).toBeCloseTo(1.959964, 6);
    }
  });

  it.each([
    [1, 0],
    [-1, 10],
    [11, 10],
    [0, NaN],
  ])('refuses %d of %d', (successes, trials) => {
    expect(() => wilsonInterval(successes, trials)).toThrow(/must be an integer/);
  });
});
