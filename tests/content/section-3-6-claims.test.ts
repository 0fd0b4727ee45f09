/** What section 3.6 says in words about its numbers. */
import { describe, expect, it } from 'vitest';
import { computedText, computedValue } from '../../src/components/Computed/registry.ts';

const number = (id: string): number => computedValue(id) as number;

describe('section 3.6', () => {
  it('sixteen values are worth about as much as another bit', () => {
    expect(number('3.6.gain')).toBeGreaterThan(5.5);
    expect(number('3.6.gain')).toBeLessThan(7);
  });

  it('gives the rate of the paper’s example', () => {
    expect(computedText('3.6.rate.small')).toBe('3.2');
  });

  it('clustering leaves none of the zeros, and rounding brings all of them back', () => {
    expect(number('3.6.zeros.PC')).toBe(0);
    expect(number('3.6.zeros.PCQ')).toBe(number('3.6.asked-zeros'));
    expect(number('3.6.values.PCQ')).toBeGreaterThan(16);
  });

  it('pruning after clustering leaves about half of the values, training almost no zero', () => {
    expect(number('3.6.values.CP')).toBeLessThanOrEqual(9);
    expect(number('3.6.zeros.PT')).toBeLessThan(0.02 * number('3.6.asked-zeros'));
    expect(number('3.6.on-grid.QC')).toBeLessThan(0.05);
  });

  it('with care all three are kept, and nothing of the reading is lost', () => {
    expect(number('3.6.zeros.PCT')).toBeGreaterThanOrEqual(number('3.6.asked-zeros'));
    expect(number('3.6.values.PCT')).toBe(16);
    expect(number('3.6.correct.float') - number('3.6.correct.PCT')).toBeLessThan(10);
  });

  it('nine tenths of zeros make the zipped file more than ten times smaller, and the file itself by no byte', () => {
    expect(number('3.6.idle.ratio')).toBeGreaterThan(10);
    expect(number('3.6.idle.int8')).toBe(number('3.6.idle.whole-int8'));
    expect(number('3.6.idle.int8')).toBeGreaterThan(number('device.flash'));
    expect(number('3.6.deep.bytes')).toBeLessThan(number('device.flash'));
  });
});
