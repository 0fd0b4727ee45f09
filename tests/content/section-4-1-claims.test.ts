/** What section 4.1 says in words about its numbers. */
import { describe, expect, it } from 'vitest';
import { computedText, computedValue } from '../../src/components/Computed/registry.ts';

const number = (id: string): number => computedValue(id) as number;
const ends = (id: string): number[] => computedText(id).split(' … ').map(Number);

describe('section 4.1', () => {
  it('about sixty hundreds of a hundred are perfect', () => {
    expect(Math.abs(number('4.1.hundreds.perfect') - 60)).toBeLessThan(5);
  });

  it('three bits read about twenty fewer; the intervals overlap, and it is not noise', () => {
    const fewer = number('4.1.lost.heavy-int3') - number('4.1.gained.heavy-int3');
    expect(Math.abs(fewer - 20)).toBeLessThan(4);
    expect(ends('4.1.interval.int3')[1]).toBeGreaterThan(ends('4.1.interval.10000')[0]!);
    expect(number('4.1.p.heavy-int3')).toBeLessThan(0.01);
  });

  it('int8 gains a few, by chance; the light reader’s loss in int8 lies a hair above the line', () => {
    expect(number('4.1.int8.more')).toBeGreaterThan(0);
    expect(number('4.1.int8.more')).toBe(
      number('4.1.gained.heavy-int8') - number('4.1.lost.heavy-int8'),
    );
    expect(number('4.1.gained.heavy-int8')).toBeGreaterThan(number('4.1.int8.parted') / 2);
    expect(number('4.1.p.heavy-int8')).toBeGreaterThan(0.1);
    expect(number('4.1.p.light-int8')).toBeGreaterThan(0.05);
    expect(number('4.1.p.light-int8')).toBeLessThan(0.06);
  });

  it('one figure is read almost always and another less than half the time', () => {
    expect(number('4.1.confusion.best.rate')).toBeGreaterThan(0.99);
    expect(number('4.1.confusion.worst.rate')).toBeLessThan(0.5);
    expect(computedText('4.1.confusion.from')).toBe(computedText('4.1.confusion.worst.digit'));
  });
});
