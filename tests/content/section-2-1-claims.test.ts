import { describe, expect, it } from 'vitest';
import { sectionResults } from '../../src/build/section-results.ts';
import { computedValue } from '../../src/components/Computed/registry.ts';
import type { Section21Results } from '../../src/components/Computed/values/section-2-1.ts';
import type { Section22Results } from '../../src/components/Computed/values/section-2-2.ts';
import { readKernel } from '../../src/components/figures/PerChannel/per-channel.ts';

/** What sections 2.1 and 2.2 say in words, where a new model or engine could make it untrue. */
const number = (id: string): number => Number(computedValue(id));
const first = sectionResults<Section21Results>('2.1');
const second = sectionResults<Section22Results>('2.2');

describe('section 2.1', () => {
  it('has a light reader that fits in float, and reads nearly 99 in the hundred', () => {
    expect(number('2.1.light.flash')).toBeLessThan(0.25);
    expect(number('2.1.light.accuracy')).toBeGreaterThan(0.9885);
    expect(number('2.1.light.accuracy')).toBeLessThan(0.99);
  });

  it('pays a whole bit for symmetry behind the ReLU, and little elsewhere', () => {
    expect(number('2.1.ratio.dense_1')).toBeCloseTo(255 / 127, 6);
    for (const layer of ['conv_1', 'pool_1', 'conv_2', 'pool_2', 'logits'])
      expect(number(`2.1.ratio.${layer}`)).toBeLessThanOrEqual(number('2.1.ratio.conv_1'));
    expect(number('2.1.ratio.conv_1')).toBeLessThan(1.3);
  });

  it('has its worst error in the corners with an inexact zero, and its least with an exact one', () => {
    const { between, exact, step, errorAtZero } = first.padding;
    expect(between.corner).toBeGreaterThan(3 * between.inside);
    expect(exact.corner).toBeLessThan(exact.inside);
    expect(Math.abs(errorAtZero)).toBeLessThanOrEqual(step / 2);
  });

  it('orders the ways to round by what they do to a sum', () => {
    const { even, away, truncate, up, down } = first.sums;
    expect(even).toBeLessThan(away);
    expect(away).toBeCloseTo(truncate, 6);
    expect(truncate).toBeLessThan(up);
    expect(up).toBeCloseTo(down, 6);
  });
});

describe('section 2.2', () => {
  const [one, own] = (['one', 'own'] as const).map((rule) =>
    readKernel(second.depthwise[0]!, 8, rule),
  );

  it('leaves about 36 codes to the smallest filter', () => {
    expect(number('2.2.least-codes')).toBe(36);
  });

  it('serves one or two channels a little worse with scales of their own', () => {
    const worse = one!.channels.filter(({ sqnr }, c) => sqnr > own!.channels[c]!.sqnr + 0.01);
    expect(worse.length).toBeGreaterThanOrEqual(1);
    expect(worse.length).toBeLessThanOrEqual(2);
  });

  it('tells one scale from many at four bits and not at eight', () => {
    // Of ten thousand images at 99% the interval is some 20 images to a side.
    expect(Math.abs(number('2.2.light.int8') - number('2.2.light.int8-one'))).toBeLessThan(0.002);
    expect(number('2.2.light.int4') - number('2.2.light.int4-one')).toBeGreaterThan(0.05);
  });

  it('has less along the inputs than along the outputs, and very little across', () => {
    const { units, inputs, crossed } = second.axes;
    expect(inputs).toBeLessThan(units);
    expect(crossed).toBeLessThan(units - 30);
  });

  it('spends a bit better on width than on groups with float32 scales, and worse than on float16 ones', () => {
    const groups = number('2.2.groups.32-over-unit');
    expect(number('2.2.groups.five-over-32')).toBeGreaterThan(0);
    expect(groups).toBeGreaterThan(3);
    expect(groups).toBeLessThan(6);
  });
});
