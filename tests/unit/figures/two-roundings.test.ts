import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  multiplyByQuantizedMultiplier,
  quantizeMultiplier,
} from '../../../src/engine/numerics/index.ts';
import {
  LARGEST_SUM,
  RULE,
  countPartings,
  nextParting,
  roundBoth,
  roundHalfEven,
  twoRoundingsDrawing,
} from '../../../src/components/figures/TwoRoundings/two-roundings.ts';

const sums = fc.integer({ min: 0, max: LARGEST_SUM });
const factors = fc.double({ min: -11, max: -1.01, noNaN: true }).map((log) => 2 ** log);

describe('the two hands', () => {
  it('the first does in two steps what the engine does in one', () => {
    fc.assert(
      fc.property(sums, factors, (sum, real) => {
        const { multiplier, shift } = quantizeMultiplier(real);
        expect(roundBoth(sum, real).twice).toBe(
          multiplyByQuantizedMultiplier(sum, multiplier, shift),
        );
      }),
    );
  });

  it('the second takes the nearest code, and of two the even one', () => {
    expect([0.5, 1.5, 2.5, 3.5, 2.4, 2.6].map(roundHalfEven)).toEqual([0, 2, 2, 4, 2, 3]);
    expect(roundBoth(5, 0.5)).toMatchObject({ twice: 3, once: 2 });
    fc.assert(
      fc.property(sums, factors, (sum, real) => {
        const { once, exact } = roundBoth(sum, real);
        // A float32 has 24 bits: what it loses of a product below 20,000 is less than a thousandth.
        expect(Math.abs(once - exact)).toBeLessThanOrEqual(0.5 + 2 ** -9);
      }),
    );
  });

  it('part by one, and only where the product lies in the window under a half', () => {
    fc.assert(
      fc.property(sums, factors, (sum, real) => {
        const { twice, once, exact, places } = roundBoth(sum, real);
        if (twice === once) return;
        expect(twice - once).toBe(1);
        const below = 0.5 - (exact - Math.floor(exact));
        expect(below).toBeGreaterThan(-(2 ** -9));
        expect(below).toBeLessThan(2 ** (-places - 1) + 2 ** -9);
      }),
      { numRuns: 2000 },
    );
  });

  it('part as often as the window is wide', () => {
    for (const log of [-3.62, -5.31, -7.77]) {
      const { places } = roundBoth(1, 2 ** log);
      const expected = (LARGEST_SUM + 1) / 2 ** (places + 1);
      expect(Math.abs(countPartings(2 ** log) - expected)).toBeLessThan(0.1 * expected + 3);
    }
  });
});

describe('the next parting', () => {
  it('is the first one upwards, and begins again from 0', () => {
    const real = 2 ** -3.62;
    const found = nextParting(0, real)!;
    for (let sum = 1; sum <= found; sum++) {
      const { twice, once } = roundBoth(sum, real);
      expect(twice !== once).toBe(sum === found);
    }
    expect(nextParting(LARGEST_SUM, real)).toBe(found);
  });
});

describe('the drawing', () => {
  it('keeps every mark between the two codes, and says when the hands part', () => {
    fc.assert(
      fc.property(sums, factors, (sum, real) => {
        const { attributes, texts } = twoRoundingsDrawing(sum, real);
        for (const name of ['twice', 'once']) {
          const x = Number(attributes[name]!['cx']);
          expect(x === RULE.left || x === RULE.right).toBe(true);
        }
        const { twice, once } = roundBoth(sum, real);
        expect(texts['verdict']!.startsWith('They part')).toBe(twice !== once);
        const { x, width } = attributes['window'] as { x: string; width: string };
        expect(Number(x) + Number(width)).toBeCloseTo((RULE.left + RULE.right) / 2, 1);
      }),
      { numRuns: 40 },
    );
  });
});
