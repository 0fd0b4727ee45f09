import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ROWS,
  barsPath,
  channelRows,
  equalizationDrawing,
  factorsOf,
  movedPair,
  reachOf,
  stateOf,
  type PairLayer,
} from '../../../src/components/figures/Equalization/equalization.ts';
import { equalizationPair } from '../../../src/components/figures/Equalization/equalization-data.ts';

// Two channels: weight i belongs to channel i mod 2.
const first: PairLayer = { name: 'maker', channels: 2, values: [8, -0.5, -2, 1] };
const second: PairLayer = { name: 'reader', channels: 2, values: [0.5, 4, 0.25, -1] };
const moves = fc.double({ min: -2, max: 2, noNaN: true });

describe('the factors', () => {
  it('are one where nothing is moved, and √(r₁/r₂) where all is', () => {
    expect(factorsOf(first, second, 0)).toEqual([1, 1]);
    expect(factorsOf(first, second, 1)).toEqual([4, 0.5]);
  });

  it('leave a channel alone that is dead on either side', () => {
    const dead = { ...second, values: [0, 4, 0, -1] };
    expect(factorsOf(first, dead, 1)).toEqual([1, 0.5]);
  });

  it('make both layers reach √(r₁r₂) in every channel', () => {
    const [a, b] = movedPair([first, second], 1);
    expect(reachOf(a)).toEqual([2, 2]);
    expect(reachOf(b)).toEqual([2, 2]);
  });

  it('leave the product along every channel as it was, wherever they stand', () => {
    fc.assert(
      fc.property(moves, (moved) => {
        const [a, b] = movedPair([first, second], moved);
        for (const [i, w] of a.values.entries()) {
          for (const [j, v] of b.values.entries()) {
            if (i % 2 !== j % 2) continue;
            expect(w * v).toBeCloseTo(first.values[i]! * second.values[j]!, 9);
          }
        }
      }),
    );
  });
});

describe('the real pair', () => {
  const pair = equalizationPair();

  it('is sixteen channels of nine weights, twice', () => {
    for (const { channels, values } of pair) {
      expect(channels).toBe(16);
      expect(values).toHaveLength(144);
    }
  });

  it('gains by equalization with one scale, loses the wrong way, and does not notice with one a channel', () => {
    const at = (moved: number) => movedPair(pair, moved).map((layer) => stateOf(layer, 4));
    const [trained, equal, wrong] = [at(0), at(1), at(-1)];
    for (const i of [0, 1]) {
      expect(equal[i]!.tensor).toBeGreaterThan(trained[i]!.tensor + 1);
      expect(wrong[i]!.tensor).toBeLessThan(trained[i]!.tensor);
    }
    // The codes of a channel that has its own scale are the same whatever its unit.
    const codesNoise = (layer: PairLayer) => stateOf({ ...layer, channels: 1, values: layer.values.filter((_, i) => i % 16 === 3) }, 4).tensor; // prettier-ignore
    expect(codesNoise(movedPair(pair, -2)[0])).toBeCloseTo(codesNoise(pair[0]), 3);
  });
});

describe('the drawing', () => {
  it('draws the farthest channel as tall as its row', () => {
    const full = ROWS[0].base - ROWS[0].top;
    expect(barsPath([1, 4], ROWS[0])).toBe(
      `M160.0 ${ROWS[0].base}v-${(full / 4).toFixed(1)}M480.0 ${ROWS[0].base}v-${full.toFixed(1)}`,
    );
  });

  it('says where it stands', () => {
    const verdict = (moved: number) =>
      equalizationDrawing([first, second], moved, 4).texts['verdict'];
    expect(verdict(0)).toMatch(/As training/);
    expect(verdict(1)).toMatch(/Equalized/);
    expect(verdict(-1)).toMatch(/wrong way/);
    expect(equalizationDrawing([first, second], 0, 4).texts).toMatchObject({
      'ratio-0': '8.0',
      'ratio-1': '8.0',
    });
    expect(channelRows([first, second])[0]).toEqual(['1', '8', '0.5', '4', '2']);
  });
});
