/** What section 3.4 says in words about its numbers. */
import { describe, expect, it } from 'vitest';
import { computedValue } from '../../src/components/Computed/registry.ts';

const number = (id: string): number => computedValue(id) as number;

describe('section 3.4', () => {
  it('in two bits the rounded model guesses, and the trained one reads eighty to ninety of a hundred', () => {
    expect(number('3.4.rounded.2')).toBeLessThan(15);
    expect(number('3.4.trained.2')).toBeGreaterThan(80);
    expect(number('3.4.trained.2')).toBeLessThan(90);
  });

  it('in three bits training wins back most of what rounding lost, and in four there is nothing to win', () => {
    expect(number('3.4.trained.3') - number('3.4.rounded.3')).toBeGreaterThan(3);
    expect(number('3.4.trained.4')).toBeLessThanOrEqual(number('3.4.rounded.4'));
  });

  it('the light reader gains little from training in eight bits, and much in four', () => {
    expect(number('3.4.depthwise.qat8') - number('3.4.depthwise.int8')).toBeLessThan(0.2);
    expect(number('3.4.depthwise.qat4') - number('3.4.depthwise.int4')).toBeGreaterThan(2);
  });

  it('nearly two thirds of the start are left after an epoch', () => {
    expect(number('3.4.share-of-start.469')).toBeGreaterThan(0.6);
    expect(number('3.4.share-of-start.469')).toBeLessThan(2 / 3);
  });
});
