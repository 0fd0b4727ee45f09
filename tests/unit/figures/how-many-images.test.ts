import { describe, expect, it } from 'vitest';
import {
  LOWER,
  UPPER,
  WIDTH,
  chanceOf,
  chancePath,
  imagesDrawing,
  imagesOf,
  imagesRows,
  normalShare,
  placePower,
  placeRate,
  planOf,
  wilson,
  type Trial,
} from '../../../src/components/figures/HowManyImages/how-many-images.ts';
import { wilsonInterval } from '../../../src/engine/evaluation/index.ts';
import { createRng } from '../../../src/shared/rng.ts';

const trial: Trial = { accuracy: 0.9945, power: 4, points: 0.15, gained: 3 };

describe('the arithmetic', () => {
  it('has the shares of the normal law, on both sides', () => {
    for (const [z, share] of [
      [0, 0.5],
      [1, 0.8413447],
      [-1.959964, 0.025],
      [2.5758293, 0.995],
    ] as const)
      expect(normalShare(z)).toBeCloseTo(share, 6);
  });

  it('has Wilson’s interval of the engine', () => {
    for (const [correct, total] of [
      [9945, 10_000],
      [97, 100],
      [100, 100],
    ] as const) {
      const { low, high } = wilson(correct / total, total);
      const engine = wilsonInterval(correct, total);
      expect(low).toBeCloseTo(engine.low, 7);
      expect(high).toBeCloseTo(engine.high, 7);
    }
  });

  it('counts images in round numbers', () => {
    expect([2, 2.3, 3, 4, 4.65, 6].map(imagesOf)).toEqual([
      100, 200, 1000, 10_000, 45_000, 1_000_000,
    ]);
  });

  it('finds nothing oftener than one time in twenty where there is nothing', () => {
    expect(chanceOf(0)).toBeCloseTo(0.05, 6);
    expect(chanceOf(2.801585)).toBeCloseTo(0.8, 4);
  });

  it('parts lost from gained so that their difference is the one that was asked', () => {
    for (const gained of [0, 3, 9]) {
      const plan = planOf({ ...trial, gained });
      expect(plan.lost - plan.won).toBeCloseTo(15, 9);
      expect(plan.won).toBeCloseTo((plan.lost * gained) / 10, 9);
      expect(plan.parted * plan.images).toBeCloseTo(plan.lost + plan.won, 9);
    }
  });

  it('promises four chances in five at the number of images that it wants', () => {
    const { apartWanted, togetherWanted } = planOf(trial);
    expect(planOf(trial, apartWanted).apart).toBeCloseTo(0.8, 3);
    expect(planOf(trial, togetherWanted).together).toBeCloseTo(0.8, 3);
    expect(togetherWanted).toBeLessThan(apartWanted / 3);
  });

  it('agrees with a count of trials drawn by lot', () => {
    const rng = createRng(41);
    const { parted, lost, images } = planOf(trial, 2000);
    const share = lost / images;
    let found = 0;
    const trials = 600;
    for (let round = 0; round < trials; round++) {
      let [b, c] = [0, 0];
      for (let i = 0; i < images; i++) {
        const draw = rng.uniform(0, 1);
        if (draw < share) b++;
        else if (draw < parted) c++;
      }
      if (Math.abs(b - c) > 1.959964 * Math.sqrt(b + c)) found++;
    }
    expect(found / trials).toBeGreaterThan(planOf(trial, 2000).together - 0.08);
    expect(found / trials).toBeLessThan(planOf(trial, 2000).together + 0.08);
  });
});

describe('the drawing', () => {
  it('holds what lies outside at the edge', () => {
    expect(placeRate(0.9)).toBe(0);
    expect(placeRate(1)).toBe(WIDTH);
    expect(placeRate((UPPER.from + UPPER.to) / 2)).toBeCloseTo(WIDTH / 2, 9);
  });

  it('puts the marks on the curves', () => {
    const { attributes } = imagesDrawing(trial);
    const x = placePower(4).toFixed(1);
    for (const kind of ['apart', 'together'] as const) {
      const { cx, cy } = attributes[`${kind}-here`]!;
      expect(cx).toBe(x);
      expect(chancePath(trial, kind)).toContain(`${cx} ${cy}`);
    }
    expect(chancePath(trial, 'apart')).toMatch(/^M0\.0 /);
    expect(Number(attributes['apart-here']!['cy'])).toBeGreaterThan(
      Number(attributes['together-here']!['cy']),
    );
    expect(Number(attributes['together-here']!['cy'])).toBeLessThan(LOWER.base);
  });

  it('says which method would find the difference', () => {
    expect(imagesDrawing({ ...trial, power: 3 }).texts['verdict']).toMatch(/^Too few/);
    expect(imagesDrawing({ ...trial, power: 4.3 }).texts['verdict']).toMatch(
      /^Found upon the same/,
    );
    expect(imagesDrawing({ ...trial, power: 6 }).texts['verdict']).toBe('Found by either method');
    expect(imagesDrawing(trial).texts).toMatchObject({
      images: '10,000',
      difference: '0.15 points',
      better: '99.28% to 99.58%',
      parted: '21 lost, 6.4 gained',
    });
  });

  it('has a row for each round number of images, and certainty grows down the table', () => {
    const rows = imagesRows(trial);
    expect(rows.map(([images]) => images)).toEqual([
      '100',
      '1,000',
      '10,000',
      '100,000',
      '1,000,000',
    ]);
    expect(rows.at(-1)!.slice(2)).toEqual(['above 99%', 'above 99%']);
  });
});
