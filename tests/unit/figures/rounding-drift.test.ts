import { describe, expect, it } from 'vitest';
import {
  driftDrawing,
  driftOf,
  driftRows,
  driftTexts,
  gaugeBar,
  stemsPath,
  GAUGES,
} from '../../../src/components/figures/RoundingDrift/rounding-drift.ts';
import { ROUNDINGS } from '../../../src/components/figures/RoundingDrift/roundings.ts';

/** Every code from −128 + 1 to 127 once: as many of each fraction. */
const even = new Array<number>(255).fill(1);
/** Positive codes only. */
const positive = even.map((count, i) => (i > 127 ? count : 0));

describe('the five ways', () => {
  it('part at the halves and nowhere else above zero', () => {
    const { away, even: toEven, up } = ROUNDINGS;
    for (const [x, wanted] of [
      [2.5, [3, 2, 3]],
      [-2.5, [-3, -2, -2]],
      [3.5, [4, 4, 4]],
      [-0.5, [-1, 0, 0]],
      [1.4, [1, 1, 1]],
    ] as const) {
      // prettier-ignore
      expect([away.round(x), toEven.round(x), up.round(x)].map((n) => n + 0)).toEqual(wanted);
    }
    expect([ROUNDINGS.down.round(-1.2), ROUNDINGS.truncate.round(-1.2)]).toEqual([-2, -1]);
  });
});

describe('driftOf', () => {
  it.each([1, 2, 3, 4])('is as the law says when %i bits are dropped', (bits) => {
    const half = 2 ** -(bits + 1);
    // An even spread has one code fewer than whole turns of the fractions: hence the tolerance.
    expect(driftOf(even, bits, 'up').right).toBeCloseTo(half, 2);
    expect(driftOf(even, bits, 'down').right).toBeCloseTo(-(1 - 2 ** -bits) / 2, 2);
    expect(driftOf(even, bits, 'away').right).toBeCloseTo(0, 9);
    expect(driftOf(even, bits, 'away').outwards).toBeCloseTo(half, 1);
    expect(driftOf(even, bits, 'even').right).toBeCloseTo(0, 9);
    expect(driftOf(even, bits, 'truncate').outwards).toBeCloseTo(-(1 - 2 ** -bits) / 2, 1);
  });

  it('tells outwards from right only where there are signs', () => {
    const { right, outwards } = driftOf(positive, 1, 'away');
    expect(right).toBe(outwards);
    expect(right).toBeGreaterThan(0.2);
  });
});

describe('the drawing', () => {
  it('raises nothing when rounding down, and lowers nothing when every half goes up', () => {
    expect(stemsPath(2, 'down', 'raised')).toBe('');
    expect(stemsPath(1, 'up', 'lowered')).toBe('');
    expect(stemsPath(1, 'up', 'raised').match(/M/g)).toHaveLength(4);
  });

  it('draws a drift from the middle of its gauge', () => {
    const middle = GAUGES.left + GAUGES.unit / 2;
    expect(gaugeBar(0.25)).toEqual({ x: middle.toFixed(1), width: (GAUGES.unit / 4).toFixed(1) });
    expect(Number(gaugeBar(-0.25).x)).toBe(middle - GAUGES.unit / 4);
    expect(driftDrawing(even, 1, 'down')['right-bar']).toEqual(
      gaugeBar(driftOf(even, 1, 'down').right),
    );
  });

  it('says how many halves there are, and has a line for each way', () => {
    expect(driftTexts(even, 3, 'up')['halves']).toBe('one in 8');
    expect(driftRows(even, 1)).toHaveLength(5);
  });
});
