import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ruleDrawing } from '../../../src/components/figures/NumberLine/number-line-drawing.ts';
import {
  REACH,
  WIDTH,
  magnified,
  notchPath,
  position,
  readRule,
  WHOLE,
} from '../../../src/components/figures/NumberLine/number-line.ts';

const weights = fc.double({ min: -REACH, max: REACH, noNaN: true });
const ranges = fc.double({ min: 0.05, max: REACH, noNaN: true });

describe('readRule', () => {
  it('keeps the bound inside the rule and says so outside it', () => {
    fc.assert(
      fc.property(weights, ranges, (weight, range) => {
        const { error, bound, saturated, code } = readRule(weight, range);
        if (saturated) {
          expect(Math.abs(code)).toBe(127);
          expect(error).toBeGreaterThan(bound * 0.999);
        } else {
          expect(error).toBeLessThanOrEqual(bound * (1 + 1e-4)); // float32 weights
        }
      }),
    );
  });

  it('saturates half a notch beyond the end, not before', () => {
    const notch = 0.5 / 127;
    expect(readRule(0.5 + 0.4 * notch, 0.5).saturated).toBe(false);
    expect(readRule(0.5 + 0.6 * notch, 0.5).saturated).toBe(true);
  });
});

describe('the drawing', () => {
  it('has 255 notches on the whole rule', () => {
    expect(notchPath(0.5 / 127, WHOLE, 60).match(/M/g)).toHaveLength(255);
  });

  it('magnifies around the weight and never beyond what can be set', () => {
    fc.assert(
      fc.property(weights, fc.constantFrom(2, 8, 64), (weight, times) => {
        const { from, to } = magnified(weight, times);
        expect(to - from).toBeCloseTo((2 * REACH) / times, 9);
        expect(from).toBeGreaterThanOrEqual(-REACH - 1e-9);
        expect(to).toBeLessThanOrEqual(REACH + 1e-9);
        const x = position(weight, { from, to });
        expect(x).toBeGreaterThanOrEqual(-1e-6);
        expect(x).toBeLessThanOrEqual(WIDTH + 1e-6);
      }),
    );
  });

  it('draws the error no wider than the drawing, and hides a nearest notch that is out of it', () => {
    const { attributes, texts } = ruleDrawing({ weight: 0.74, range: 0.1, times: 32 });
    expect(attributes['nearest']?.['visibility']).toBe('hidden');
    expect(Number(attributes['error-bar']?.['width'])).toBeLessThanOrEqual(WIDTH);
    expect(texts['verdict']).toMatch(/Saturated/);
  });
});
