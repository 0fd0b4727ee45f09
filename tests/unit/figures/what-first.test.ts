import { describe, expect, it } from 'vitest';
import {
  sectionPath,
  tableRows,
} from '../../../src/components/figures/WhatFirst/what-first-data.ts';
import {
  FIRST_ANSWERS,
  FRAME,
  HEIGHT,
  QUESTIONS,
  ROWS,
  WIDTH,
  advise,
  barTops,
  rowDrawing,
  standing,
  verdict,
  wants,
  type Answers,
} from '../../../src/components/figures/WhatFirst/what-first.ts';

const rows = tableRows();
const of = (id: string) => rows.find((row) => row.id === id)!;

/** Every way of answering the four questions. */
const all = Object.entries(QUESTIONS).reduce<Record<string, string>[]>(
  (some, [name, { answers }]) =>
    some.flatMap((each) => Object.keys(answers).map((answer) => ({ ...each, [name]: answer }))),
  [{}],
) as unknown as Answers[];

describe('the guide', () => {
  it('answers every project with two different rows of the table', () => {
    expect(all).toHaveLength(6 * 2 * 3 * 2);
    for (const answers of all) {
      const { first, then } = advise(answers);
      expect(ROWS).toContain(first);
      expect(ROWS).toContain(then);
      expect(first).not.toBe(then);
    }
  });

  it('leads somebody to every row', () => {
    const reached = new Set(all.flatMap((answers) => Object.values(advise(answers))));
    expect([...ROWS].filter((row) => !reached.has(row))).toEqual([]);
  });

  it('gives an integer device nothing that computes in floats', () => {
    for (const answers of all.filter(({ device }) => device === 'integers')) {
      for (const row of Object.values(advise(answers)))
        expect(['half', 'no-data']).not.toContain(row);
    }
  });

  it('asks for training only where it says that answers are wanted', () => {
    for (const answers of all.filter(({ data }) => data !== 'labels')) {
      const advice = advise(answers);
      expect(['flash', 'train']).not.toContain(advice.first);
      if (['flash', 'train'].includes(advice.then)) expect(wants(answers, advice)).not.toBe('');
    }
    const specimens = { ...FIRST_ANSWERS, data: 'none' } as const;
    expect(wants(specimens, advise(specimens))).toMatch(/hundred specimens/);
    expect(wants(FIRST_ANSWERS, advise(FIRST_ANSWERS))).toBe('');
  });

  it('says the first and the second with their sections', () => {
    const advice = advise({ ...FIRST_ANSWERS, trouble: 'flash', data: 'labels' });
    expect(advice).toEqual({ first: 'integers', then: 'flash' });
    expect(verdict(rows, advice).first).toBe(
      'Try first: int8 throughout, a scale to each channel (3.1).',
    );
    expect(verdict(rows, advice).then).toMatch(
      /^If that is not enough: fewer channels.*\(5\.5\)\.$/,
    );
    expect(ROWS.filter((row) => standing(advice, row) !== 'no')).toHaveLength(2);
  });
});

describe('the table', () => {
  it('has every row once, with evidence and a section of the book', () => {
    expect(rows.map(({ id }) => id)).toEqual([...ROWS]);
    for (const { did, section } of rows) {
      expect(did).toMatch(/\d|answer/);
      expect(did).not.toMatch(/NaN|undefined/);
      expect(sectionPath(section), section).toMatch(/^chapters\/0\d-/);
    }
    expect(sectionPath('9.9')).toBeUndefined();
  });

  // The sentences around the numbers would be false if these were not so.
  it('says what the results bear out', () => {
    expect(of('half').did).toMatch(/^Not one answer of 10,000/);
    const zeros = /([\d,]+) → [\d,]+ bytes .* stays at ([\d,]+)\./.exec(of('flash').did)!;
    expect(zeros[1]).toBe(zeros[2]);
    const macs = /([\d,]+) → [\d,]+\. Nine tenths of zeros: ([\d,]+)\./.exec(of('slow').did)!;
    expect(macs[1]).toBe(macs[2]);
    for (const id of ['ranges', 'depthwise', 'few-bits', 'train'])
      expect(of(id).mistakes.after).toBeLessThan(of(id).mistakes.before);
    const { before, after } = of('integers').cost!;
    expect(after / before).toBeGreaterThan(0.24);
    expect(after / before).toBeLessThan(0.27);
    for (const { id, cost } of rows) if (cost) expect(cost.after, id).toBeLessThan(cost.before);
  });
});

describe('the drawing', () => {
  it('keeps its bars within the frame, the longer one full', () => {
    expect(FRAME.left + FRAME.width).toBeLessThanOrEqual(WIDTH);
    expect(barTops.mistakes[1] + FRAME.height).toBeLessThanOrEqual(HEIGHT);
    for (const row of rows) {
      const { attributes, texts } = rowDrawing(row);
      const widths = ['mistakes-before', 'mistakes-after'].map((bar) =>
        Number(attributes[bar]!['width']),
      );
      expect(Math.max(...widths)).toBeCloseTo(FRAME.width, 1);
      for (const { width } of Object.values(attributes) as { width: string }[])
        expect(Number(width)).toBeLessThanOrEqual(FRAME.width);
      // A legend of 13 px letters, on 340 units.
      for (const text of Object.values(texts)) expect(text.length).toBeLessThan(52);
    }
  });

  it('draws no cost where nothing is saved', () => {
    const { attributes, texts } = rowDrawing(of('doubt'));
    expect(attributes['cost-before']).toEqual({ width: '0.0' });
    expect(texts['cost']).toMatch(/not what it is for/);
  });
});
