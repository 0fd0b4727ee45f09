import { describe, expect, it } from 'vitest';
import { sectionResults } from '../../../src/build/section-results.ts';
import {
  FLOOR,
  LOWER,
  UPPER,
  WIDTH,
  bestClip,
  clipDrawing,
  clipRows,
  curvePath,
  decibels,
  sizesPath,
  totals,
  type ClipLayer,
} from '../../../src/components/figures/ClipTradeoff/clip-tradeoff.ts';

const width = { bits: 3, rounding: [0.001, 0.01, 0.04], clipping: [0.2, 0.02, 0] };
const layer: ClipLayer = {
  name: 'small',
  weights: 100,
  limit: 1.5,
  rms: 1,
  bins: [1, 2, 10, 4, 0],
  clipped: [0.4, 0.05, 0],
  widths: [width],
};

describe('the best clip', () => {
  it('has the least sum of both errors, and of equals is the widest', () => {
    expect(bestClip(width)).toBe(1);
    expect(bestClip({ ...width, clipping: [0.2, 0.03, 0] })).toBe(2);
  });
});

describe('the drawing', () => {
  it('folds the histogram: sizes of both signs are counted together', () => {
    const full = UPPER.base - UPPER.top;
    expect(sizesPath(layer.bins)).toBe(
      `M0 ${UPPER.base}V${UPPER.top.toFixed(1)}H128.0V${(UPPER.base - (6 / 20) * full).toFixed(1)}H384.0V${(UPPER.base - full / 20).toFixed(1)}H640.0V${UPPER.base}z`,
    );
  });

  it('draws an error of a tenth of the power 10 dB down, and none where there is none', () => {
    const y = LOWER.top + (10 / FLOOR) * (LOWER.base - LOWER.top);
    expect(curvePath(layer, [0, 0.1, 0])).toBe(`M${((2 / 3) * WIDTH).toFixed(1)} ${y.toFixed(1)}`);
    expect(curvePath(layer, [0.1, 0, 0.1])?.match(/M/g)).toHaveLength(2);
  });

  it('says what a clip costs', () => {
    const { attributes, texts } = clipDrawing(layer, width, 1);
    expect(attributes['beyond-area']).toEqual({ x: '426.7', width: '213.3' });
    expect(texts).toMatchObject({
      clip: '±1',
      typical: '1.00 times',
      scale: '0.333',
      beyond: '5%',
      'from-rounding': '33%',
      'from-clipping': '67%',
      sqnr: '15.23 dB',
      best: 'No clip has a smaller error',
    });
    expect(clipDrawing(layer, width, 2).texts['best']).toBe('Least error at ±1: 15.23 dB');
    expect(clipRows(layer)).toEqual([['3', '13.98 dB', '±1', '1.00', '15.23 dB']]);
  });
});

describe('the committed layers', () => {
  const { layers } = sectionResults<{ layers: ClipLayer[] }>('2.3');

  it('have a curve of each kind for every width, all of the same clips', () => {
    expect(layers.length).toBeGreaterThan(1);
    for (const { clipped, widths, bins, weights } of layers) {
      expect(bins.reduce((sum, count) => sum + count)).toBe(weights);
      expect(widths.map(({ bits }) => bits)).toEqual([2, 3, 4, 5, 6, 7, 8]);
      for (const { rounding, clipping } of widths) {
        expect(rounding).toHaveLength(clipped.length);
        expect(clipping).toHaveLength(clipped.length);
        expect(clipping.at(-1)).toBe(0);
      }
    }
  });

  it('gain by clipping at four bits, and the best clip moves outwards with every bit', () => {
    for (const committed of layers) {
      const four = committed.widths[2]!;
      const sums = totals(four);
      expect(decibels(committed, sums[bestClip(four)]!)).toBeLessThan(
        decibels(committed, sums.at(-1)!) - 1,
      );
      const best = committed.widths.map(bestClip);
      expect(best).toEqual([...best].sort((a, b) => a - b));
    }
  });
});
