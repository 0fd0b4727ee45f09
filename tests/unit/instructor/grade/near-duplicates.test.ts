import { describe, expect, test } from 'vitest';
import { findNearDuplicates } from '../../../../src/instructor/grade/near-duplicates.ts';
import type { NearDuplicate } from '../../../../src/instructor/grade/near-duplicates.ts';
import { createRng } from '../../../../src/shared/rng.ts';
import {
  disguises,
  filled,
  independent,
  invented,
  lesson,
  original,
  starter,
} from './near-duplicate-programs.ts';

const compare = async (one: string, other: string): Promise<NearDuplicate | undefined> => {
  const papers = [
    { key: 'one', code: one },
    { key: 'other', code: other },
  ];
  return (await findNearDuplicates(papers, { given: [starter] }))[0];
};

describe('E20: what is passed on is found, whatever it is dressed as', () => {
  test.for(disguises)('%s', async ([, code]) => {
    const pair = await compare(original, code);
    expect(pair?.similarity).toBeGreaterThanOrEqual(0.7);
    expect(pair).toMatchObject({ one: 'one', other: 'other' });
  });

  test('names, lines, comments and numbers change nothing at all', async () => {
    for (const [what, code] of disguises.slice(0, 6)) {
      expect((await compare(original, code))?.similarity, what).toBe(1);
    }
  });
});

describe('E20: what is nobody’s own is not flagged', () => {
  test.for<[string, string, string]>([
    ['the starter, twice', starter, starter],
    [
      'one statement put into the starter',
      filled('scales.fill(1 / 127);'),
      filled('scales.fill(2 / 255);'),
    ],
    [
      'a loop put into the starter',
      filled('for (let i = 0; i < channels; i++) scales[i] = 1;'),
      filled('for (let k = 0; k < channels; k++) scales[k] = 2;'),
    ],
    ['two ways of doing the task', original, independent],
    ['nothing', '', ''],
    ['a few words', 'export const x = 1;', 'export const y = 2;'],
  ])('%s', async ([, one, other]) => {
    expect(await compare(one, other)).toBeUndefined();
  });

  test('the control: without the starter given, two starters are alike', async () => {
    const papers = ['one', 'other'].map((key) => ({ key, code: starter }));
    expect(await findNearDuplicates(papers)).toMatchObject([{ similarity: 1 }]);
  });

  test('the book’s solution, where students may see it', async () => {
    const papers = ['one', 'other'].map((key) => ({ key, code: original }));
    expect(await findNearDuplicates(papers, { given: [starter, original] })).toEqual([]);
  });
});

describe('a class', () => {
  const rng = createRng(20);
  const papers = Array.from({ length: 40 }, (_, index) => ({
    key: `s${index}`,
    code: `${lesson}\n\n${invented(rng)}`,
  }));

  test('has in common what was taught, and no pair for it', async () => {
    expect(await findNearDuplicates(papers)).toEqual([]);
  });

  test('one that copied another is the one pair', async () => {
    const copy = { key: 'copier', code: papers[3]!.code.replace(/\b[vx]\d*\b/g, 'mine') };
    const pairs = await findNearDuplicates([...papers, copy]);
    expect(pairs).toMatchObject([{ one: 's3', other: 'copier', similarity: 1 }]);
  });

  test('of twelve with a ring of six that are the same: each with the first', async () => {
    const ring = Array.from({ length: 6 }, (_, index) => ({
      key: `r${index}`,
      code: papers[0]!.code.replace(/\b[vx]\d*\b/g, `mine${index}`),
    }));
    const pairs = await findNearDuplicates([...ring, ...papers.slice(1, 7)]);
    expect(pairs.map(({ one, other }) => `${one} ${other}`)).toEqual(
      ['r1', 'r2', 'r3', 'r4', 'r5'].map((other) => `r0 ${other}`),
    );
    expect(pairs[0]).toMatchObject({ similarity: 1 });
    expect(pairs[0]!.places.length).toBeGreaterThan(0);
    // More than half of a class: then it is the task's.
    expect(await findNearDuplicates([...ring, ...papers.slice(1, 5)])).toEqual([]);
  });

  test('of a thousand is compared whole', async () => {
    const many = Array.from({ length: 1_000 }, (_, index) => ({
      key: `s${index}`,
      code: `${lesson}\n\n${invented(rng)}`,
    }));
    many[900] = { key: 's900', code: many[17]!.code };
    expect(await findNearDuplicates(many)).toMatchObject([{ one: 's17', other: 's900' }]);
  });

  test('can be left in the middle', async () => {
    const stop = new AbortController();
    const many = Array.from({ length: 200 }, (_, index) => ({ key: `s${index}`, code: original }));
    const found = findNearDuplicates(many, { signal: stop.signal });
    stop.abort();
    await expect(found).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('places', () => {
  test('are the lines that match, joined, in order', async () => {
    const pair = await compare(original, `// one line more\n${original}`);
    const lines = original.split('\n').length;
    let last = 0;
    let covered = 0;
    for (const { one, other } of pair!.places) {
      expect(other).toEqual({ from: one.from + 1, to: one.to + 1 });
      expect(one.from).toBeGreaterThanOrEqual(last);
      expect(one.to).toBeLessThanOrEqual(lines);
      last = one.from;
      covered += one.to - one.from + 1;
    }
    // All but what the starter has: its head and its end.
    expect(covered).toBeGreaterThan(20);
  });
});

test('hostile texts end as quickly as others', async () => {
  const texts = [
    '`'.repeat(50_000),
    '/*'.repeat(40_000),
    '(['.repeat(40_000),
    '\u202e\u0000\ud800 '.repeat(20_000),
    "'\\".repeat(40_000),
    'a'.repeat(100_000),
  ];
  const papers = texts.map((code, index) => ({ key: `s${index}`, code }));
  const startedAt = performance.now();
  await findNearDuplicates(papers, { given: texts.slice(0, 1) });
  expect(performance.now() - startedAt).toBeLessThan(5_000);
});
