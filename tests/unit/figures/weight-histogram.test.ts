import { describe, expect, it } from 'vitest';
import {
  LOWER,
  UPPER,
  WIDTH,
  binsPath,
  histogramRows,
  histogramTexts,
  shareOfZeros,
  teethPath,
  type HistogramLayer,
} from '../../../src/components/figures/WeightHistogram/weight-histogram.ts';

const width = { bits: 2, scale: 0.5, sqnr: 1.5, largestError: 0.25, counts: [10, 70, 20] };
const layer: HistogramLayer = {
  name: 'small',
  weights: 100,
  limit: 0.5,
  bins: [10, 70, 20],
  widths: [width],
};

describe('the drawing', () => {
  it('makes the tallest bin as tall as the panel, and closes the outline', () => {
    const path = binsPath(layer.bins);
    expect(path).toContain(`V${UPPER.top.toFixed(1)}`);
    expect(path.endsWith(`H${WIDTH.toFixed(1)}V${UPPER.base}z`)).toBe(true);
  });

  it('puts the teeth at the ends and in the middle, in proportion', () => {
    const full = LOWER.base - LOWER.top;
    expect(teethPath(width.counts)).toBe(
      `M0.0 ${LOWER.base}v-${(full / 7).toFixed(1)}M320.0 ${LOWER.base}v-${full.toFixed(1)}M640.0 ${LOWER.base}v-${((full * 2) / 7).toFixed(1)}`,
    );
  });

  it('draws no tooth where no weight goes, and a visible one where any does', () => {
    expect(teethPath([0, 1, 0])).toBe(
      `M320.0 ${LOWER.base}v-${(LOWER.base - LOWER.top).toFixed(1)}`,
    );
    expect(teethPath([1, 100_000, 0])).toMatch(/^M0\.0 \d+v-1\.5M320/);
  });
});

describe('the words', () => {
  it('say the share of zeros and the errors', () => {
    expect(shareOfZeros(width, layer.weights)).toBe(0.7);
    expect(histogramTexts(layer, width)).toMatchObject({
      zeros: '70.0%',
      sqnr: '1.50 dB',
      values: '3',
      low: '−0.5',
    });
    expect(histogramRows(layer)).toEqual([['2', '0.5', '1.50 dB', '0.25', '70.0%']]);
  });
});
