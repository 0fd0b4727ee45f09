/** What section 4.4 says in words about its numbers. */
import { describe, expect, it } from 'vitest';
import { computedText, computedValue } from '../../src/components/Computed/registry.ts';

const number = (id: string): number => computedValue(id) as number;

describe('section 4.4', () => {
  it('the roof allows between two and three times, or nearly four with wide instructions', () => {
    expect(number('4.4.roof.gain')).toBeGreaterThan(2);
    expect(number('4.4.roof.gain')).toBeLessThan(3);
    expect(number('4.4.roof.gain-wide')).toBeGreaterThan(number('4.4.roof.gain'));
    expect(number('4.4.roof.gain-wide')).toBeLessThanOrEqual(4);
  });

  it.each(['dense_1', 'logits'])(
    '%s waits for its weights and gains nearly all of four',
    (layer) => {
      expect(computedText(`4.4.bound.${layer}`)).toBe('memory');
      const gain = number(`4.4.least.${layer}.float32`) / number(`4.4.least.${layer}.int8`);
      expect(gain).toBeGreaterThan(3.8);
      expect(gain).toBeLessThanOrEqual(4);
    },
  );

  it.each(['conv_1', 'conv_2'])('%s does not wait for its weights', (layer) => {
    expect(computedText(`4.4.bound.${layer}`)).toBe('arithmetic');
    expect(number(`4.4.least.${layer}.int8`)).toBe(number(`4.4.least.${layer}.float32`));
  });

  it('the light reader’s share is larger by multiplications than by parameters', () => {
    expect(number('4.4.macs.ratio')).toBeGreaterThan(1);
    expect(number('4.4.macs.ratio')).toBeLessThan(431_080 / 12_106 / 2);
  });

  it('in every row it is the fetching that costs', () => {
    for (const network of ['lenet-5', 'depthwise-net']) {
      for (const form of ['float32', 'int8']) {
        expect(number(`4.4.energy.fetching.${network}.${form}`)).toBeGreaterThan(
          number(`4.4.energy.arithmetic.${network}.${form}`),
        );
      }
    }
  });

  it('names as many networks of the front as it counts, and all the fronts lie within the points', () => {
    const names = computedText('4.4.front.names').split('; ');
    expect(names).toHaveLength(number('4.4.front.count'));
    expect(new Set(names).size).toBe(names.length);
    expect(number('4.4.points')).toBe(18);
    expect(number('4.4.front.count-with-macs')).toBeGreaterThanOrEqual(names.length);
  });

  it('five runs are too few for 95 % confidence and six are enough', () => {
    expect(computedText('4.4.five-runs')).toBe('93.8%');
    expect(computedText('4.4.six-runs')).toBe('96.9%');
  });
});
