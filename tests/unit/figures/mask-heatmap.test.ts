import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Section35Results } from '../../../scripts/results/sections/3.5.ts';
import { modelFacts } from '../../../src/build/model-facts.ts';
import { readMnist } from '../../../src/build/mnist.ts';
import { sectionResults } from '../../../src/build/section-results.ts';
import {
  FIRST_STATE,
  HEIGHT,
  MAP,
  SHADES,
  WIDTH,
  drawnLevel,
  heatmapPaths,
  heatmapRows,
  heatmapTexts,
  keptPath,
  shadePath,
  shadesOf,
  unpackMask,
  type HeatmapData,
} from '../../../src/components/figures/MaskHeatmap/mask-heatmap.ts';
import { magnitudeMask, mByNMask } from '../../../src/engine/sparsity/index.ts';

const { heatmap } = sectionResults<Section35Results>('3.5');
const data: HeatmapData = heatmap;
const kernel = (layer: string) => {
  const { values, shape } = modelFacts('lenet-300-100').find(
    (fact) => fact.layer === layer && fact.role === 'kernel',
  )!;
  return tf.tensor(values, shape);
};

beforeAll(async () => {
  await tf.setBackend('cpu');
});

describe('the committed masks', () => {
  it('are those which the engine finds in the last layer', () => {
    const last = kernel('logits');
    const sizes = { single: [1, 1], pairs: [1, 2], blocks: [4, 2] } as const;
    for (const { id, masks } of data.patterns) {
      masks.forEach((mask, i) => {
        if (mask === null) return;
        const wanted =
          id === 'two-in-four'
            ? mByNMask(last, [2, 4])
            : magnitudeMask(last, data.levels[i]!, { blockSize: sizes[id] }).mask;
        expect(unpackMask(mask).map(Number), `${id} ${data.levels[i]}`).toEqual(
          Array.from(wanted.dataSync()),
        );
      });
    }
  });

  it('keep the share of the power that they say', () => {
    const { values } = { values: kernel('logits').dataSync() as Float32Array };
    const power = (kept: (i: number) => boolean) =>
      values.reduce((sum, value, i) => sum + (kept(i) ? value * value : 0), 0);
    for (const { masks, power: shares } of data.patterns) {
      masks.forEach((mask, i) => {
        if (mask === null) return;
        const kept = unpackMask(mask);
        expect(power((at) => kept[at]!) / power(() => true)).toBeCloseTo(shares[i]!, 3);
      });
    }
  });

  it('count the connections of each pixel, and the pixels that are never inked', () => {
    const level = data.levels.indexOf(0.9);
    const mask = magnitudeMask(kernel('dense_1'), 0.9).mask.dataSync();
    const counts = new Array<number>(784).fill(0);
    mask.forEach((kept, i) => (counts[Math.floor(i / 300)]! += kept));
    [...data.pixels[level]!].forEach((digit, pixel) => {
      const share = parseInt(digit, 36) / 35;
      expect(digit === '0').toBe(counts[pixel] === 0);
      // A pixel with any connection at all is at least a 1.
      if (counts[pixel]! > 4) expect(Math.abs(share - counts[pixel]! / 300)).toBeLessThan(0.02);
    });
    const { pixels, count } = readMnist('train');
    const inked = new Uint8Array(784);
    for (let i = 0; i < count * 784; i++) if (pixels[i]! > 0) inked[i % 784] = 1;
    const never = inked.filter((ink) => ink === 0).length;
    expect([...data.ink].filter((digit) => digit === '0')).toHaveLength(never);
    expect(heatmap.blank.pixels).toBe(never);
    expect(heatmap.blank.weights).toBe(300 * never);
  });
});

describe('the drawing', () => {
  const corners = (path: string) => [...path.matchAll(/M([\d.]+) ([\d.]+)/g)];

  it('draws every kept weight once, in the ink of its sign', () => {
    for (const [level, pattern] of [
      [0, 'single'],
      [6, 'single'],
      [9, 'blocks'],
      [2, 'two-in-four'],
    ] as const) {
      const state = { level, pattern };
      const paths = heatmapPaths(data, state);
      const drawn = corners(paths['positive']!).length + corners(paths['negative']!).length;
      expect(`${drawn.toLocaleString('en-GB')} of 1,000`).toBe(heatmapTexts(data, state)['kept']);
    }
    const weights = data.weights.map((_, i) => (i === 11 ? -1 : 1));
    const only = data.weights.map((_, i) => i === 11);
    expect(keptPath(weights, only, 1)).toBe('');
    // Weight 11 is unit 1 of input 1: second column, second row.
    expect(keptPath(weights, only, -1)).toMatch(/^M6\.4 35h/);
  });

  it('covers every pixel that is kept once and no other, within its square', () => {
    const packed = data.pixels[7]!;
    const shades = shadesOf(packed);
    let area = 0;
    for (let shade = 1; shade <= SHADES; shade++) {
      const path = shadePath(shades, shade, MAP.right);
      for (const [, x, y] of corners(path)) {
        expect(Number(x)).toBeGreaterThanOrEqual(MAP.right);
        expect(Number(y)).toBeGreaterThanOrEqual(MAP.top);
        expect(Number(y)).toBeLessThan(HEIGHT);
      }
      for (const [, width] of path.matchAll(/h(\d+)v/g)) area += Number(width) / 8;
    }
    expect(area).toBe([...packed].filter((digit) => digit !== '0').length);
    expect(Math.max(...shades)).toBe(SHADES);
    expect(MAP.right + MAP.size).toBeLessThanOrEqual(WIDTH);
  });

  it('gives no shade to a pixel without connections, and one to each that has any', () => {
    expect(shadesOf('01z')).toEqual([0, 1, SHADES]);
    expect(shadesOf('000')).toEqual([0, 0, 0]);
  });
});

describe('the words', () => {
  it('say that two in four is a half whatever the slider says', () => {
    const state = { level: 9, pattern: 'two-in-four' } as const;
    expect(data.levels[drawnLevel(data, state)]).toBe(0.5);
    expect(heatmapTexts(data, state)).toMatchObject({
      level: '98%',
      kept: '500 of 1,000',
      fixed: 'two in four is always a half',
    });
    expect(heatmapTexts(data, FIRST_STATE)['fixed']).toBe('');
  });

  it('give a row a level, with a dash where a pattern has none', () => {
    const rows = heatmapRows(data);
    expect(rows).toHaveLength(data.levels.length);
    expect(rows[0]!.slice(0, 4)).toEqual(['0%', '100.0%', '100.0%', '100.0%']);
    expect(rows.map((row) => row[4]!)[9]).toBe('–');
    // Coarser patterns keep less of the power.
    for (const [, single, pairs, blocks] of rows.slice(1)) {
      expect(parseFloat(single!)).toBeGreaterThan(parseFloat(pairs!));
      expect(parseFloat(pairs!)).toBeGreaterThan(parseFloat(blocks!));
    }
  });
});
