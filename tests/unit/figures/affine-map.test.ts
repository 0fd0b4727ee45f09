import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ZEROS,
  gridOf,
  mapRows,
  mapTexts,
  nearest,
  orderEnds,
  reachOf,
  readMap,
  type MapState,
  type MapTensor,
  type Zero,
} from '../../../src/components/figures/AffineMap/affine-map.ts';
import {
  WIDTH,
  barsPath,
  mapDrawing,
  position,
  valueAt,
} from '../../../src/components/figures/AffineMap/affine-map-drawing.ts';
import {
  chooseQuantizationParams,
  dequantize,
  quantize,
} from '../../../src/engine/numerics/index.ts';

const tensor: MapTensor = { name: 'small', quantiles: [-1, -0.4, 0, 0.1, 0.25, 0.7, 2] };
const state = (changes: Partial<MapState> = {}): MapState => ({
  tensor,
  low: -1,
  high: 2,
  bits: 4,
  zero: 'rounded',
  ...changes,
});
const ends = fc.record({
  low: fc.double({ min: -3, max: 0.5, noNaN: true }),
  width: fc.double({ min: 0.2, max: 4, noNaN: true }),
  bits: fc.integer({ min: 2, max: 8 }),
});

describe('the codes', () => {
  it('stand for what the engine says, with the zero rounded and with the symmetric rule', () => {
    fc.assert(
      fc.property(ends, fc.boolean(), ({ low, width, bits }, symmetric) => {
        const high = low + width;
        const zero: Zero = symmetric ? 'symmetric' : 'rounded';
        const grid = gridOf({ low, high, bits, zero });
        const params = chooseQuantizationParams(
          { min: low, max: high },
          { numBits: bits, symmetric },
        );
        const restored = dequantize(quantize(tensor.quantiles, params), params);
        tensor.quantiles.forEach((value, i) => {
          const held = grid.origin + nearest(value, grid) * grid.scale;
          // Where a value lies halfway between two codes, float32 may take the other one.
          expect(Math.abs(held - value)).toBeCloseTo(Math.abs(restored[i]! - value), 4);
        });
        expect(readMap(state({ low, high, bits, zero })).errorAtZero).toBe(0);
      }),
    );
  });

  it('meet both ends exactly where zero falls where it falls, and miss zero by half a step at most', () => {
    fc.assert(
      fc.property(ends, ({ low, width, bits }) => {
        const high = low + width;
        const grid = gridOf({ low, high, bits, zero: 'falls' });
        expect(grid.origin).toBe(low);
        expect(grid.origin + (grid.codes - 1) * grid.scale).toBeCloseTo(high, 9);
        const { errorAtZero } = readMap(state({ low, high, bits, zero: 'falls' }));
        if (low <= 0 && high >= 0) {
          expect(Math.abs(errorAtZero)).toBeLessThanOrEqual(grid.scale / 2 + 1e-9);
        } else {
          expect(errorAtZero).toBeCloseTo(low > 0 ? low : high, 9);
        }
      }),
    );
  });

  it('are half unused by a symmetric rule for values of one sign', () => {
    const oneSided = { name: 'relu', quantiles: [0, 0, 0.5, 1, 4] };
    const { unused } = readMap(
      state({ tensor: oneSided, low: 0, high: 4, bits: 8, zero: 'symmetric' }),
    );
    expect(unused).toBe(128);
    expect(readMap(state({ tensor: oneSided, low: 0, high: 4, bits: 8 })).unused).toBe(0);
  });

  it('saturate what lies past the ends by more than half a step', () => {
    const cut = readMap(state({ high: 0.7 }));
    expect(cut.saturated).toBeCloseTo(1 / 7, 9);
    expect(cut.typicalError).toBeGreaterThan(readMap(state()).typicalError);
    expect(readMap(state()).saturated).toBe(0);
    // Steps of 0.2 from −1 to 2: half a step beyond an end is still nearest to it.
    const beside = { name: 'beside', quantiles: [-1.11, -1.09, 2.09, 2.11] };
    expect(readMap(state({ tensor: beside, zero: 'falls' })).saturated).toBe(0.5);
    expect(readMap(state({ tensor: { ...beside, quantiles: [-1.11, 0] } })).saturated).toBe(0.5);
    expect(readMap(state({ tensor: { ...beside, quantiles: [0, 2.11] } })).saturated).toBe(0.5);
  });
});

describe('the words', () => {
  it('say whether zero has a code', () => {
    expect(mapTexts(state())).toMatchObject({
      'zero-point': '−3',
      'error-at-zero': '0',
      verdict: 'Zero has a code of its own',
    });
    expect(mapTexts(state({ high: 1.9, zero: 'falls' }))).toMatchObject({
      'zero-point': 'none',
      'error-at-zero': '−0.0333',
    });
    // A range that begins at zero needs no rounding: its first code is zero.
    expect(mapTexts(state({ low: 0, zero: 'falls' }))['verdict']).toMatch(/code of its own/);
  });

  it('give the three rules a line each', () => {
    const rows = mapRows(state());
    expect(rows).toHaveLength(Object.keys(ZEROS).length);
    expect(rows[2]![1]).toBe('0');
  });
});

describe('the ends', () => {
  const reach = reachOf(tensor);

  it('reach beyond the values', () => {
    expect(reach.from).toBeLessThan(-1);
    expect(reach.to).toBeGreaterThan(2);
  });

  it('stay in order, apart and within reach, whichever is moved', () => {
    const anywhere = fc.double({ min: -5, max: 5, noNaN: true });
    fc.assert(
      fc.property(
        anywhere,
        anywhere,
        fc.constantFrom('low', 'high'),
        (low, high, moved: 'low' | 'high') => {
          const put = orderEnds(
            Math.max(reach.from, Math.min(reach.to, low)),
            Math.max(reach.from, Math.min(reach.to, high)),
            moved,
            reach,
          );
          expect(put.high - put.low).toBeGreaterThanOrEqual(reach.least - 0.011);
          expect(put.low).toBeGreaterThanOrEqual(reach.from - 0.011);
          expect(put.high).toBeLessThanOrEqual(reach.to + 0.011);
        },
      ),
    );
  });
});

describe('the drawing', () => {
  it('draws every code once, long where a value goes to it', () => {
    const { used, 'unused-notches': unused } = mapDrawing(state({ high: 2.5 }));
    const count = (path: string | undefined) => path!.split('M').length - 1;
    expect(count(used!['d']) + count(unused!['d'])).toBe(16);
    expect(count(unused!['d'])).toBe(readMap(state({ high: 2.5 })).unused);
  });

  it('shows no gap at zero where zero has its code, and one where it has none', () => {
    expect(Number(mapDrawing(state())['miss']!['width'])).toBe(0);
    const falls = mapDrawing(state({ high: 1.9, zero: 'falls' }))['miss']!;
    expect(Number(falls['width'])).toBeGreaterThan(3);
  });

  it('turns places into values and back', () => {
    expect(valueAt(position(0.3, tensor), tensor)).toBeCloseTo(0.3, 9);
    expect(position(reachOf(tensor).to, tensor)).toBe(WIDTH);
    expect(barsPath(tensor).match(/z/g)!.length).toBeGreaterThan(3);
  });
});
