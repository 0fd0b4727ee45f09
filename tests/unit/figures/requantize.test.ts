import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { multiplyByQuantizedMultiplier } from '../../../src/engine/numerics/index.ts';
import {
  CELLS,
  DIAL,
  LARGEST_SUM,
  RULE,
  carriageBits,
  dialPoint,
  nextOdd,
  requantizeDrawing,
  requantizeSum,
} from '../../../src/components/figures/Requantize/requantize.ts';

const sums = fc.integer({ min: -LARGEST_SUM, max: LARGEST_SUM });
const factors = fc.double({ min: -16, max: -0.001, noNaN: true }).map((log) => 2 ** log);

describe('requantizeSum', () => {
  it('does in two steps what the engine does in one', () => {
    fc.assert(
      fc.property(sums, factors, (sum, real) => {
        const { code, multiplier, shift, exact } = requantizeSum(sum, real);
        expect(code).toBe(multiplyByQuantizedMultiplier(sum, multiplier, shift));
        // Two roundings: half a code, and half a unit of the product before the shift.
        expect(Math.abs(code - exact)).toBeLessThanOrEqual(0.5 + 0.5 * 2 ** shift + 1e-6);
      }),
    );
  });
});

describe('the sum that is rounded twice', () => {
  it('is the next one upwards, and begins again from the top', () => {
    const real = 0.0016740163; // of dense_1
    const found = nextOdd(-LARGEST_SUM, real)!;
    for (let sum = -LARGEST_SUM + 1; sum <= found; sum++) {
      const { code, once } = requantizeSum(sum, real);
      expect(code === once).toBe(sum !== found);
    }
    const last = nextOdd(LARGEST_SUM, real)!;
    expect(last).toBe(nextOdd(-LARGEST_SUM - 1, real));
  });

  it('is none where nothing is shifted: the product is the code', () => {
    expect(requantizeSum(3, 0.75)).toMatchObject({ shift: 0, product: 2, code: 2, once: 2 });
    expect(nextOdd(0, Math.SQRT1_2)).toBeUndefined();
  });
});

describe('the drawing', () => {
  it('turns the dial once an octave, from the top to the right', () => {
    expect(dialPoint(0.5, 10)).toEqual({ x: DIAL.x, y: DIAL.y - 10 });
    const half = dialPoint(Math.SQRT1_2, 10);
    expect(half.x).toBeCloseTo(DIAL.x, 9);
    expect(half.y).toBeCloseTo(DIAL.y + 10, 9);
    expect(dialPoint(0.55, 10).x).toBeGreaterThan(DIAL.x);
  });

  it('holds every product in its cells', () => {
    fc.assert(
      fc.property(sums, factors, (sum, real) => {
        expect(carriageBits(requantizeSum(sum, real).product)).toHaveLength(CELLS);
      }),
    );
  });

  it('keeps the marks within the rule, and says when the two ways differ', () => {
    fc.assert(
      fc.property(sums, factors, (sum, real) => {
        const { attributes, texts } = requantizeDrawing(sum, real);
        const x = Number(attributes['code']!['cx']);
        expect(x).toBeGreaterThanOrEqual(RULE.left - 0.01);
        expect(x).toBeLessThanOrEqual(RULE.right + 0.01);
        const { code, once } = requantizeSum(sum, real);
        expect(texts['verdict']!.startsWith('Rounded twice')).toBe(code !== once);
      }),
    );
    const { texts } = requantizeDrawing(-16427, 0.0016740162665637808);
    expect(texts).toMatchObject({
      multiplier: '1,840,600,350',
      shift: '−9',
      product: '−14,080',
      shifted: '−27.5',
      verdict: 'Rounded twice it is −28, and rounded once it would be −27',
    });
  });
});
