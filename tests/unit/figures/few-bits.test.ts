import { describe, expect, it } from 'vitest';
import {
  FORMATS,
  SHARINGS,
  bytesOf,
  fewBitsDrawing,
  formatRows,
  levelsOf,
  type BitsLayer,
} from '../../../src/components/figures/FewBits/few-bits.ts';
import { fewBitsLayers } from '../../../src/components/figures/FewBits/few-bits-data.ts';
import { nf4, toFloat8 } from '../../../src/engine/numerics/index.ts';

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

describe('the levels', () => {
  it('are as many as the codes, zero counted once', () => {
    const counts = FORMATS.map((format) => levelsOf(format, 0.3).length);
    // e4m3 has two codes for NaN and two for zero; e5m2 six, two infinities, and two zeros.
    expect(counts).toEqual([255, 253, 247, 15, 16, 2]);
  });

  it('reach from the largest to the largest, but for the sign', () => {
    for (const format of FORMATS.slice(0, 5)) {
      const levels = levelsOf(format, 0);
      expect(levels[0]).toBe(-1);
      expect(levels.at(-1)).toBe(1);
      expect(levels).toContain(0);
      expect([...levels].sort((a, b) => a - b)).toEqual(levels);
    }
    expect(levelsOf('binary', 0.3)).toEqual([-0.3, 0.3]);
  });

  it('are where the engine puts what lies near them', () => {
    const table = levelsOf('nf4', 0);
    Array.from(nf4(table, { blockSize: 16 })).forEach((x, i) =>
      expect(x).toBeCloseTo(table[i]!, 6),
    );
    const floats = levelsOf('e4m3', 0).map((x) => 448 * x);
    expect(Array.from(toFloat8(floats, 'e4m3'))).toEqual(floats);
  });

  it('crowd near zero in floating point, and stand evenly in integers', () => {
    const gaps = (format: 'int8' | 'e5m2') => {
      const levels = levelsOf(format, 0).filter((x) => x >= 0);
      return [levels[1]! - levels[0]!, levels.at(-1)! - levels.at(-2)!];
    };
    const [first, last] = gaps('int8');
    expect(first).toBeCloseTo(last!, 9);
    expect(gaps('e5m2')[1]! / gaps('e5m2')[0]!).toBeGreaterThan(1e6);
  });
});

describe('the layers', () => {
  it('have every weight in a bin and at a level', () => {
    for (const { weights, sharing } of fewBitsLayers()) {
      for (const sharers of SHARINGS) {
        const { bins, nf4: sixteen, int4 } = sharing[sharers];
        expect(sum(bins)).toBe(weights);
        expect(sixteen).toHaveLength(16);
        expect(int4).toHaveLength(15);
        expect(sum(sixteen)).toBe(weights);
        expect(sum(int4)).toBe(weights);
      }
    }
  });

  it('gain by NF4 in every sharing, and nothing by float8, which hears no scale', () => {
    for (const { sharing } of fewBitsLayers()) {
      for (const sharers of SHARINGS) {
        const { sqnr } = sharing[sharers];
        expect(sqnr['nf4']).toBeGreaterThan(sqnr['int4']!);
        expect(sqnr['int8']).toBeGreaterThan(sqnr['e4m3']!);
      }
      expect(Math.abs(sharing.block.sqnr['e4m3']! - sharing.layer.sqnr['e4m3']!)).toBeLessThan(1);
    }
  });
});

describe('the drawing', () => {
  const layer: BitsLayer = {
    network: 'net',
    name: 'dense',
    weights: 128,
    sharing: Object.fromEntries(
      SHARINGS.map((sharers, i) => [
        sharers,
        {
          scales: [1, 4, 2][i]!,
          meanSize: 0.25,
          bins: [1, 3, 2],
          nf4: new Array<number>(16).fill(8),
          int4: [8, ...new Array<number>(13).fill(8), 16],
          sqnr: Object.fromEntries(FORMATS.map((format, k) => [format, 10 * k + i])),
        },
      ]),
    ) as unknown as BitsLayer['sharing'],
  };

  it('counts codes and scales', () => {
    expect(bytesOf(layer, 'int8', 'layer')).toBe(128 + 4);
    expect(bytesOf(layer, 'nf4', 'block')).toBe(64 + 8);
    expect(bytesOf(layer, 'binary', 'unit')).toBe(16 + 16);
    const { texts } = fewBitsDrawing(layer, 'nf4', 'block');
    expect(texts).toMatchObject({ count: '16', bytes: '72', bits: '4.500', sqnr: '42.0 dB' });
    expect(texts['used']).toBe('6% and 6.3%');
    expect(fewBitsDrawing(layer, 'e4m3', 'unit').texts['used']).toBe('—');
  });

  it('draws a level as tall as weights go to it', () => {
    const heights = (d: string) => [...d.matchAll(/v(-[\d.]+)/g)].map(([, v]) => Number(v));
    const even = heights(fewBitsDrawing(layer, 'nf4', 'block').attributes['levels']!['d']!);
    expect(new Set(even).size).toBe(1);
    const uneven = heights(fewBitsDrawing(layer, 'int4', 'block').attributes['levels']!['d']!);
    expect(uneven.at(-1)).toBeLessThan(uneven[0]!);
  });

  it('has a row for each format', () => {
    expect(formatRows(layer)).toHaveLength(FORMATS.length);
    expect(formatRows(layer)[1]!.slice(1)).toEqual(['10.0', '11.0', '12.0']);
  });
});
