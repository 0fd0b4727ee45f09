import { describe, expect, it } from 'vitest';
import {
  WAYS,
  allRoundings,
  codesOf,
  filterRows,
  turned,
  upOrDownDrawing,
  type Filter,
} from '../../../src/components/figures/UpOrDown/up-or-down.ts';
import { upOrDownFilters } from '../../../src/components/figures/UpOrDown/up-or-down-data.ts';

/** Nine weights, the fifth the largest, all else 0.4 of a notch at three bits; inputs that all go together. */
const together: Filter = {
  weights: [0.4, 0.4, 0.4, 0.4, 3, 0.4, 0.4, 0.4, 0.4],
  gram: new Array<number>(81).fill(1),
};

describe('a way of rounding', () => {
  it('turns the eight weights that are free, and never the largest', () => {
    const { steps, fixed } = allRoundings(together, 3, false);
    expect(fixed).toBe(4);
    expect(codesOf({ steps, fixed }, 0)).toEqual([0, 0, 0, 0, 3, 0, 0, 0, 0]);
    expect(codesOf({ steps, fixed }, 0b10010001)).toEqual([1, 0, 0, 0, 3, 1, 0, 0, 1]);
    expect(turned(fixed, 0, 3)).toBe(0b1000);
    expect(turned(fixed, 0, 5)).toBe(0b10000);
    expect(turned(fixed, 0b1000, 3)).toBe(0);
    expect(turned(fixed, 77, fixed)).toBe(77);
  });

  it('goes down below zero as it does above', () => {
    const filter = { ...together, weights: together.weights.map((w) => -w) };
    const { steps, fixed, nearest } = allRoundings(filter, 3, false);
    expect(codesOf({ steps, fixed }, 0)[0]).toBe(-1);
    expect(codesOf({ steps, fixed }, nearest)[0]).toBe(0);
  });
});

describe('all ways', () => {
  it('let three of eight go up where the inputs go together: 8 × 0.4 is nearest to 3', () => {
    const { decibels, nearest, best } = allRoundings(together, 3, false);
    expect(nearest).toBe(0);
    expect(best.toString(2).split('1')).toHaveLength(4);
    // The sum is 6.2; it is wrong by 3.2 to nearest, and by 0.2 at best.
    expect(decibels[nearest]).toBeCloseTo(20 * Math.log10(6.2 / 3.2), 6);
    expect(decibels[best]).toBeCloseTo(20 * Math.log10(6.2 / 0.2), 6);
  });

  it('have nothing better than the nearest where the inputs are strangers', () => {
    for (const filter of upOrDownFilters()) {
      for (const bits of [3, 4, 5]) {
        const { nearest, rank, decibels, best } = allRoundings(filter, bits, true);
        expect(decibels[nearest]).toBeCloseTo(decibels[best]!, 9);
        expect(rank[best]).toBe(0);
      }
    }
  });

  it('are ranked from the best', () => {
    const { decibels, rank } = allRoundings(upOrDownFilters()[3]!, 4, false);
    expect([...rank].sort((a, b) => a - b)).toEqual(Array.from({ length: WAYS }, (_, i) => i));
    rank.forEach((at, way) => {
      expect(decibels.filter((other) => other > decibels[way]!).length).toBeLessThanOrEqual(at);
    });
  });
});

describe('the real filters', () => {
  it('are sixteen, and most of them are better off otherwise than by the nearest', () => {
    const rows = filterRows(upOrDownFilters(), 4);
    expect(rows).toHaveLength(16);
    const better = rows.filter(([, , , ways]) => Number(ways) > 0);
    expect(better.length).toBeGreaterThan(8);
    for (const [, nearest, best] of rows)
      expect(Number(best)).toBeGreaterThanOrEqual(Number(nearest));
  });
});

describe('the drawing', () => {
  const roundings = allRoundings(together, 3, false);
  const at = (way: number) => upOrDownDrawing(roundings, way);

  it('says how a way stands to the nearest and the best', () => {
    expect(at(roundings.nearest).texts['verdict']).toMatch(/nearest notch/);
    expect(at(roundings.best).texts['verdict']).toMatch(/best of all/);
    expect(at(0b1).texts['verdict']).toMatch(/^Better/);
    expect(at(0xff).texts['verdict']).toMatch(/^Worse/);
    expect(at(0b101).texts['turned']).toBe('2');
    const strangers = allRoundings(together, 3, true);
    expect(upOrDownDrawing(strangers, strangers.best).texts['verdict']).toMatch(
      /nothing is better/,
    );
  });

  it('shows each weight in notches, its code, and whether it went to the nearest', () => {
    const { weights } = at(0b1);
    expect(weights[0]).toEqual({ weight: '0.4', code: '1', goes: 'up', isNearest: false });
    expect(weights[1]).toEqual({ weight: '0.4', code: '0', goes: 'down', isNearest: true });
    expect(weights[4]).toEqual({ weight: '3', code: '3', goes: 'fixed', isNearest: true });
  });

  it('puts the best at the left of its curve', () => {
    expect(at(roundings.best).attributes['mark-yours']).toEqual(
      at(roundings.nearest).attributes['mark-best'],
    );
    expect(at(0).attributes['mark-best']!['cx']).toBe('36.0');
  });
});
