import { describe, expect, it } from 'vitest';
import { formatNumber } from '../../../src/components/Computed/format-number.ts';
import { writeNumber } from '../../../src/components/figures/write-number.ts';

describe('formatNumber, for prose', () => {
  it.each([
    [1066440, 'integer', '1,066,440'],
    [4.0681, 'fixed2', '4.07'],
    [0.003868, 'sig4', '0.003868'],
    [0.5, 'sig3', '0.500'],
    [3.4e38, 'sig3', '3.40 × 10³⁸'],
    [1.1754944e-38, 'sig3', '1.18 × 10⁻³⁸'],
    [1e-7, 'sig3', '1.00 × 10⁻⁷'],
    [0.8833, 'percent1', '88.3%'],
    [4, 'words', 'four'],
    [351, 'words', '351'],
    [-24.796, 'fixed1', '−24.8'],
  ] as const)('%d as %s is %s', (value, format, text) => {
    expect(formatNumber(value, format)).toBe(text);
  });

  it('refuses to print a fraction as an integer, or what is no number', () => {
    expect(() => formatNumber(0.5, 'integer')).toThrow(/none/);
    expect(() => formatNumber(Number.NaN, 'fixed1')).toThrow(/finite/);
  });
});

describe('writeNumber, for figures', () => {
  it.each([
    [0, '0'],
    [-0.00191131, '−0.001911'],
    [-0.0000118, '−1.180 × 10⁻⁵'],
    [934496, '934,500'],
    [1e12, '1.000 × 10¹²'],
  ])('%d is %s', (value, text) => {
    expect(writeNumber(value)).toBe(text);
  });
});
