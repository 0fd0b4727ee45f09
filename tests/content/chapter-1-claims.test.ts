/** What chapter 1 says in words about its model, and so cannot compute where it says it. */
import { describe, expect, it } from 'vitest';
import { chapter1Results, roundedResult } from '../../src/build/chapter-1-results.ts';
import { computedValue } from '../../src/components/Computed/registry.ts';
import {
  LAYER_NAMES,
  layer,
  roundTrip,
  symmetricParams,
} from '../../src/components/Computed/values/layers.ts';
import { histogramLayers } from '../../src/components/figures/WeightHistogram/weight-histogram-data.ts';
import { maxAbsError, mse, toBfloat16, toFloat16 } from '../../src/engine/numerics/index.ts';

const number = (id: string): number => computedValue(id) as number;
const rate = (numBits: number): number =>
  roundedResult(chapter1Results(), { numBits, granularity: 'per-tensor' }).correct /
  chapter1Results().testImages;

describe('section 1.2', () => {
  it.each(LAYER_NAMES)('float16 keeps %s better than bfloat16, at worst and on average', (name) => {
    const { kernel } = layer(name);
    expect(maxAbsError(kernel, toFloat16(kernel))).toBeLessThan(
      maxAbsError(kernel, toBfloat16(kernel)),
    );
    expect(mse(kernel, toFloat16(kernel))).toBeLessThan(mse(kernel, toBfloat16(kernel)));
  });

  it('no weight is too large for float16', () => {
    expect(number('lenet.largest-weight')).toBeLessThan(number('format.float16.max'));
  });

  it('flipping the top bit of the exponent makes the first weight larger than the grains of sand, some 1e19', () => {
    const one = Float32Array.of(number('first-weight.value'));
    new Uint32Array(one.buffer)[0]! ^= 1 << 30;
    expect(one[0]).toBeGreaterThan(1e30);
  });
});

describe('section 1.3', () => {
  it('the errors of dense_2 are spread almost evenly: no tenth of a notch has a tenth more or less than its share', () => {
    const { kernel } = layer('dense_2');
    const params = symmetricParams(kernel);
    const restored = roundTrip(kernel, params);
    const tenths = new Array<number>(10).fill(0);
    kernel.forEach((weight, i) => {
      const error = (weight - restored[i]!) / params.scale + 0.5;
      tenths[Math.max(0, Math.min(9, Math.floor(error * 10)))]! += 1;
    });
    for (const count of tenths)
      expect(Math.abs(count / (kernel.length / 10) - 1)).toBeLessThan(0.1);
  });

  it('the affine step is half as wide for data of one sign', () => {
    expect(number('activations.affine-scale') / number('activations.symmetric-scale')).toBeCloseTo(
      0.5,
      2,
    );
  });

  it('the card has two true scales, and one of exactly half', () => {
    for (const name of ['dense_1', 'logits'] as const) {
      expect(number(`card.${name}`) / symmetricParams(layer(name).kernel).scale).toBeCloseTo(1, 3);
    }
    expect(number('card.ratio')).toBeCloseTo(2, 3);
  });
});

describe('section 1.4', () => {
  it('the law is within a fifth of a decibel of what was measured at 8 bits', () => {
    for (const name of LAYER_NAMES) {
      expect(Math.abs(number(`sqnr.${name}.8`) - number(`sqnr-law.${name}.8`)), name).toBeLessThan(
        0.2,
      );
    }
  });

  it('four bits still read 95 of 100, three do not, and two are guessing', () => {
    expect(rate(4)).toBeGreaterThan(0.95);
    expect(rate(3)).toBeLessThan(0.95);
    expect(rate(2)).toBeLessThan(0.15);
  });

  it('from eight bits to five the rate stays inside the interval of the float model', () => {
    const { low, high } = chapter1Results().float32.interval;
    for (const bits of [8, 6, 5]) {
      expect(rate(bits)).toBeGreaterThan(low);
      expect(rate(bits)).toBeLessThan(high);
    }
  });

  it('half a scale costs the layer more than thirteen decibels and the reading hardly anything', () => {
    expect(number('sqnr.dense_2.8') - number('card.sqnr')).toBeGreaterThan(13);
    expect(number('card.correct-lost')).toBeGreaterThan(0);
    expect(number('card.correct-lost')).toBeLessThan(10);
  });

  it('about one weight in a hundred of dense_2 saturates', () => {
    expect(number('card.clipped') / layer('dense_2').kernel.length).toBeCloseTo(0.01, 2);
  });

  it('int8 misses the flash, barely', () => {
    expect(number('bytes.int8-over')).toBeGreaterThan(0);
    expect(number('bytes.int8-over')).toBeLessThan(10_000);
  });

  it('dense_1 starts about eight decibels below logits', () => {
    expect(number('sqnr.logits-over-dense_1')).toBeCloseTo(8, 0);
  });

  it('the figure counts every weight at every width', () => {
    for (const { weights, bins, widths } of histogramLayers()) {
      expect(bins.reduce((sum, count) => sum + count, 0)).toBe(weights);
      for (const { bits, counts } of widths) {
        expect(counts).toHaveLength(2 ** bits - 1);
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(weights);
      }
    }
  });
});
