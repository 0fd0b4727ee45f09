import { describe, expect, it } from 'vitest';
import {
  CURVES,
  PLOT,
  SHADES,
  placeRise,
  quarters,
  ranksOf,
  risePath,
  saliencyDrawing,
  saliencyRows,
  shadePath,
} from '../../../src/components/figures/Saliency/saliency.ts';
import { saliencyData } from '../../../src/components/figures/Saliency/saliency-data.ts';

const data = saliencyData();
const at = (share: number) => data.levels.findIndex((level) => level.share === share);
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

describe('the ranks', () => {
  it('hold every weight once, in bands of equal number in either order', () => {
    const all = ranksOf(data, 'all');
    const total = sum(all);
    expect(total).toBe(784 * 300 + 300 * 100 + 100 * 10);
    const bands = Math.sqrt(all.length);
    for (let band = 0; band < bands; band++) {
      const row = sum(all.slice(band * bands, (band + 1) * bands));
      const column = sum(all.filter((_, i) => i % bands === band));
      expect(Math.abs(row - total / bands)).toBeLessThan(1);
      expect(Math.abs(column - total / bands)).toBeLessThan(1);
    }
  });

  it('are those of one layer where one is asked for', () => {
    expect(sum(ranksOf(data, 'logits'))).toBe(1000);
    expect(sum(ranksOf(data, 'dense_2'))).toBe(30_000);
  });
});

describe('the quarters', () => {
  // Two bands: 1 weight goes by both, 2 by size alone, 3 by saliency alone.
  const small = [1, 2, 3, 4];

  it('are read from the map', () => {
    expect(quarters(small, 0.5)).toEqual({ both: 1, size: 2, worth: 3, neither: 4 });
    expect(quarters(small, 1)).toEqual({ both: 10, size: 0, worth: 0, neither: 0 });
    expect(quarters(small, 0)).toEqual({ both: 0, size: 0, worth: 0, neither: 10 });
  });

  it('strike as many by size as by saliency, in the whole network', () => {
    for (const { share } of data.levels) {
      const { both, size, worth } = quarters(ranksOf(data, 'all'), share);
      expect(Math.abs(size - worth)).toBeLessThanOrEqual(1);
      expect(both + size).toBeCloseTo(266_200 * share, -1);
    }
  });
});

describe('the drawing', () => {
  it('shades every square that holds a weight, and once', () => {
    const ranks = ranksOf(data, 'logits');
    const squares = Array.from({ length: SHADES }, (_, i) => shadePath(ranks, i + 1)).join('');
    expect(squares.match(/M/g)).toHaveLength(ranks.filter((count) => count > 0).length);
    expect(shadePath(ranks, SHADES)).not.toBe('');
  });

  it('puts small sizes to the left and little worth below', () => {
    expect(shadePath([1, 0, 0, 0], SHADES)).toMatch(
      new RegExp(`^M${PLOT.left.toFixed(1)} ${((PLOT.top + PLOT.bottom) / 2).toFixed(1)}h`),
    );
    expect(shadePath([0, 0, 0, 1], SHADES)).toMatch(
      new RegExp(`^M${((PLOT.left + PLOT.right) / 2).toFixed(1)} ${PLOT.top.toFixed(1)}h`),
    );
  });

  it('draws rises by powers of ten, and what falls on the floor', () => {
    expect(placeRise(10)).toBe(PLOT.top);
    expect(placeRise(1e-6)).toBe(PLOT.bottom);
    expect(placeRise(-0.1)).toBe(PLOT.bottom);
    expect(placeRise(1e-3) - placeRise(1e-2)).toBeCloseTo(placeRise(1e-2) - placeRise(1e-1), 9);
  });

  it('moves cut and dots together along the curves', () => {
    for (const share of [0.3, 0.5, 0.9]) {
      const { attributes } = saliencyDrawing(data, { level: at(share), layer: 'all' });
      for (const kind of ['size', 'worth', 'foretold'] as const) {
        const { cx, cy } = attributes[`${kind}-dot`]!;
        expect(risePath(data, CURVES[kind])).toContain(`${cx} ${cy}`);
        expect(attributes['here']!['d']).toContain(`M${cx} `);
      }
    }
  });

  it('says by how much of itself the loss rises', () => {
    const { texts } = saliencyDrawing(data, { level: at(0.5), layer: 'all' });
    expect(texts['cut']).toBe('50%');
    expect(texts['verdict']).toBe('Struck by size, the loss rises by 36%; by saliency, by 2.0%');
    const far = saliencyDrawing(data, { level: at(0.95), layer: 'all' }).texts['verdict'];
    expect(far).toMatch(
      /^Struck by size, the loss rises to \d+ times what it was; by saliency, to/,
    );
    const near = saliencyDrawing(data, { level: at(0.1), layer: 'all' }).texts['verdict'];
    expect(near).toMatch(/less than a thousandth/);
  });

  it('has a row for each level', () => {
    const rows = saliencyRows(data);
    expect(rows).toHaveLength(data.levels.length);
    expect(rows[at(0.5)]![0]).toBe('50%');
  });
});
