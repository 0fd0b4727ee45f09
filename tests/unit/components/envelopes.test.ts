import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { projectRoot } from '../../../src/build/project-root.ts';
import { wonWords } from '../../../src/components/CaseBook/won-words.ts';
import { endingsSchema } from '../../../src/components/Envelopes/endings-schema.ts';
import { markOf, wonSentence } from '../../../src/components/Envelopes/standing.ts';
import { keptWords } from '../../../src/components/Kept/kept-words.ts';
import { SABOTAGES, SUSPECTS } from '../../../src/crime/index.ts';

const file = parse(readFileSync(join(projectRoot, 'content/endings.yaml'), 'utf8')) as unknown[];
const endings = endingsSchema
  .parse(file)
  .map(({ of, text }) => ({ of, text: text.replace(/\s+/g, ' ') }));

describe('the six endings', () => {
  it('are six, in the order of the six, and the schema says so', () => {
    expect(endings.map(({ of }) => of)).toEqual([...SABOTAGES]);
    expect(() => endingsSchema.parse(file.slice(1))).toThrow(/one ending for each/);
    expect(() => endingsSchema.parse(file.toReversed())).toThrow(/in this order/);
  });

  it.each(endings)('that of $of is as long as an ending is, and keeps the voice', ({ text }) => {
    const words = text.match(/[\p{L}\d’-]+/gu)!.length;
    expect(words).toBeGreaterThanOrEqual(120);
    expect(words).toBeLessThanOrEqual(200);
    expect(text).not.toMatch(/!|['"]|\bnot just\b/);
  });

  it.each(endings)(
    'that of $of names its person, and holds what is common to all',
    ({ of, text }) => {
      const [, surname] = SUSPECTS[of].name.split(' ');
      expect(text).toContain(surname);
      for (const each of SABOTAGES) {
        if (each !== of) expect(text).not.toContain(SUSPECTS[each].name);
      }
      expect(text).toMatch(/forty sovereigns/i);
      expect(text).toContain('hard');
      expect(text).toMatch(/pencil|lead/);
      expect(text).toMatch(/\bcard\b/);
      expect(text).toMatch(/Leeds|Tarrant and Sloe|sovereigns he/);
    },
  );
});

describe('what stands upon an envelope', () => {
  it('is nothing until the case is won', () => {
    for (const of of SABOTAGES) expect(markOf(of, undefined)).toBe('');
  });

  it('is then that it is yours, upon one', () => {
    const marks = SABOTAGES.map((of) => markOf(of, 'stale-mask'));
    expect(marks.filter((mark) => mark === 'yours')).toHaveLength(1);
    expect(markOf('stale-mask', 'stale-mask')).toBe('yours');
    expect(markOf('bias-scale', 'stale-mask')).toBe('not in this case');
    expect(wonSentence('stale-mask')).toContain('Tobias Strake, foreman of the training-room');
  });
});

describe('what the case-book says of cases that were won', () => {
  const verdict = (caseNumber: number, value: string) => ({
    id: `verdict-${caseNumber}` as const,
    value,
    updatedAt: 1,
  });

  it('is nothing where none was, or where the record is of no deed', () => {
    expect(wonWords([], 7)).toBe('');
    expect(wonWords([{ id: 'theme', value: 'dark', updatedAt: 1 }], 7)).toBe('');
    expect(wonWords([verdict(7, 'arson')], 7)).toBe('');
  });

  it('names whoever was convicted in the reader’s own case, and counts the others', () => {
    expect(wonWords([verdict(7, 'swapped-axis')], 7)).toBe(
      'You have won this case: Ada Finch, tabulator, is convicted.',
    );
    expect(wonWords([verdict(7, 'swapped-axis'), verdict(9, 'bias-scale')], 7)).toMatch(
      /Ada Finch.* Of other numbers you have won 1\.$/,
    );
    // Another case’s culprit is nobody in this one.
    expect(wonWords([verdict(9, 'bias-scale')], 7)).toBe('Of other numbers you have won 1.');
  });
});

describe('a kept prediction', () => {
  it('is shown in the reader’s own words, with its day', () => {
    const record = {
      id: 'first-suspicion',
      question: '?',
      answer: 'Mr. Quill’s parrot, 60 in the hundred',
      updatedAt: Date.UTC(2026, 10, 26, 12),
    };
    expect(keptWords(record)).toEqual({
      words: '“Mr. Quill’s parrot, 60 in the hundred” (26 November 2026)',
      kept: true,
    });
    expect(keptWords(undefined)).toEqual({ words: 'You have written nothing there.', kept: false });
  });
});
