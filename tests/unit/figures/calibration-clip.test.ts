import { describe, expect, it } from 'vitest';
import {
  LOWER,
  REACH,
  UPPER,
  WIDTH,
  accuracyPath,
  binsPath,
  clipDrawing,
  clipRows,
  nearestClip,
  observerMarks,
  place,
  teethPath,
  type ClipData,
} from '../../../src/components/figures/CalibrationClip/calibration-clip.ts';
import { clipData } from '../../../src/components/figures/CalibrationClip/calibration-clip-data.ts';

const each = (value: number): Record<string, number> => ({
  8: value,
  4: value,
  3: value,
  2: value,
});
const small: ClipData = {
  images: 200,
  float: 198,
  binWidth: 2,
  counts: [10, 40, 20],
  clips: [1, 6, 12],
  beyond: [0.6, 0.01, 0],
  correct: { 8: [100, 200, 200], 4: [90, 190, 180], 3: [80, 180, 100], 2: [70, 120, 20] },
  observers: {
    'min-max': each(6),
    'moving-average': each(5.95),
    percentile: each(5.9),
    entropy: each(1),
    mse: { 8: 6, 4: 4, 3: 3, 2: 2 },
  },
};

describe('the drawing', () => {
  it('makes the tallest bin as tall as the panel, and ends where the values end', () => {
    const path = binsPath(small);
    expect(path).toContain(`V${UPPER.top.toFixed(1)}H${place(4).toFixed(1)}`);
    expect(path.endsWith(`H${place(6).toFixed(1)}V${UPPER.base}z`)).toBe(true);
  });

  it('has a tooth for each value that can be held, from 0 to the clip', () => {
    const teeth = teethPath(6, 3);
    expect(teeth.match(/M/g)).toHaveLength(8);
    expect(teeth.startsWith('M0.0 ')).toBe(true);
    expect(teeth).toContain(`M${place(6).toFixed(1)} `);
    expect(teethPath(6, 8).match(/M/g)).toHaveLength(1);
  });

  it('draws the accuracy of the chosen bits in proportion', () => {
    const full = LOWER.base - LOWER.top;
    expect(accuracyPath(small, 8)).toBe(
      `M${place(1).toFixed(1)} ${(LOWER.base - full / 2).toFixed(1)}L${place(6).toFixed(1)} ${LOWER.top.toFixed(1)}L${WIDTH.toFixed(1)} ${LOWER.top.toFixed(1)}`,
    );
    expect(accuracyPath(small, 2)).not.toBe(accuracyPath(small, 3));
  });

  it('follows a pointer to the nearest clip that was tried', () => {
    expect(nearestClip(small, place(3.4))).toBe(0);
    expect(nearestClip(small, place(3.6))).toBe(1);
    expect(nearestClip(small, 10 * WIDTH)).toBe(2);
    expect(nearestClip(small, -50)).toBe(0);
  });

  it('sets letters that would cover each other one above another, and moves them with the bits', () => {
    const marks = observerMarks(small, 8);
    expect(marks.map(({ letter }) => letter).join('')).toBe('abcde');
    expect(marks.map(({ row }) => row)).toEqual([0, 1, 2, 0, 3]);
    expect(observerMarks(small, 2).at(-1)).toEqual({ letter: 'e', x: place(2), row: 0 });
  });
});

describe('the words', () => {
  it('say the step, the share beyond the clip and the accuracy', () => {
    const { texts, attributes } = clipDrawing(small, 1, 2);
    expect(texts).toMatchObject({
      value: '6',
      step: '2',
      clipped: '1.00%',
      right: '120 of 200',
      accuracy: '60.0%',
    });
    expect(attributes['beyond']).toEqual({
      x: place(6).toFixed(1),
      width: (WIDTH - place(6)).toFixed(1),
    });
    expect(clipRows(small)[2]).toEqual(['12', '0.00%', '100.0%', '90.0%', '50.0%', '10.0%']);
  });
});

describe('the data of the page', () => {
  const data = clipData();

  it('covers clips within the drawing, the last value among them', () => {
    expect(data.clips.every((clip) => clip > 0 && clip <= REACH)).toBe(true);
    expect(data.clips).toContain(6);
    for (const bits of ['8', '4', '3', '2'])
      expect(data.correct[bits]).toHaveLength(data.clips.length);
    expect(data.beyond[data.clips.indexOf(6)]).toBe(0); // ReLU6 lets nothing pass beyond 6
  });

  it('shows what the section says: eight bits forgive a wide clip, three do not', () => {
    const at = (clip: number, bits: number) => data.correct[bits]![data.clips.indexOf(clip)]!;
    expect(at(12, 8)).toBeGreaterThan(0.98 * data.images);
    expect(at(12, 3)).toBeLessThan(0.8 * data.images);
    expect(at(2.4, 3)).toBeGreaterThan(at(6, 3));
    expect(at(0.6, 8)).toBeLessThan(0.5 * data.images);
  });
});
