import { beforeAll, describe, expect, it } from 'vitest';
import { bookExercises } from '../../src/components/Exercise/book-exercise.ts';
import { bookRecords } from '../../src/components/Search/book-records.ts';
import {
  makeIndex,
  readIndex,
  searchBook,
  type Found,
} from '../../src/components/Search/search-index.ts';
import type { SearchRecord } from '../../src/components/Search/search-record.ts';
import { sectionSources } from '../../src/build/section-sources.ts';
import { readGlossary } from '../../src/build/glossary.ts';

let records: SearchRecord[];
let index: ReturnType<typeof makeIndex>;

beforeAll(async () => {
  // Numbers are computed by chapters.test.ts; here they need only stand where they stand.
  records = await bookRecords((of) => `⟨${of}⟩`);
  // As a page has it: written out and read back.
  index = readIndex(JSON.stringify(makeIndex(records)));
});

const found = (query: string): Found[] => searchBook(index, query).found;
const named = ({ kind, number, title }: SearchRecord): string => `${kind} ${number} ${title}`;

describe('the index of the book', () => {
  it('holds every section, cell, exercise, figure, term and set of case notes', () => {
    const uses = sectionSources().flatMap((section) => section.uses);
    const count = (kind: string) => records.filter((record) => record.kind === kind).length;
    const used = (tag: string) => uses.filter((use) => use.tag === tag).length;
    expect(count('cell')).toBe(used('Cell'));
    expect(count('exercise')).toBe(used('Exercise'));
    expect(count('figure')).toBe(used('Figure'));
    expect(count('notes')).toBe(used('CaseNotes'));
    expect(count('term')).toBe(readGlossary().length);
    for (const { number, chapter, slug } of sectionSources()) {
      const own = records.filter((record) =>
        record.path.startsWith(`chapters/${chapter}/${slug}/`),
      );
      expect(own.filter(({ kind }) => kind === 'section').length, number).toBeGreaterThan(2);
      expect(own.every((record) => record.number === number)).toBe(true);
    }
  });

  it('holds text: no tags, no components, no TeX, no links', () => {
    const faults = records.filter(({ title, text }) =>
      /<\/?[A-Za-z][^<>]*>|\\[a-z]+|\$|\]\(|&[a-z]+;|\*\*|\{\.\.\./.test(`${title} ${text}`),
    );
    expect(faults.map(({ path, text }) => `${path}: ${text.slice(0, 200)}`)).toEqual([]);
  });

  it('gives every record an address of its own', () => {
    const paths = records.map(({ path }) => path);
    expect(paths).toEqual([...new Set(paths)]);
  });

  it('holds no hint and no solution', async () => {
    const all = records.map(({ text }) => text).join('\n');
    for (const { data, solution, hints } of await bookExercises()) {
      const lines = [...solution.split('\n'), ...hints.flatMap((hint) => hint.split('\n'))]
        .map((line) => line.trim())
        .filter((line) => line.length > 50);
      for (const line of lines) expect(all.includes(line), `${data.id}: ${line}`).toBe(false);
    }
  });
});

describe('what comes first', () => {
  it.each([
    ['zero point', 'term 1.3 zero point'],
    ['Zero-Point', 'term 1.3 zero point'],
    ['scale', 'term 1.2 scale'],
    ['half to even', 'term 1.2 half to even'],
    ['count the bytes', 'exercise 1.1 Count the bytes'],
    ['weigh the model', 'cell 1.1 Weigh the model'],
    ['the bits of a number', 'figure 1.2 The bits of a number'],
    ['thirty-two corks', 'section 1.2 Thirty-two corks'],
    ['medicine chest', 'section 1.2 What a Number Weighs'],
  ])('%s', (query, first) => {
    expect(named(found(query)[0]!)).toBe(first);
  });

  it('a word that is not finished yet', () => {
    expect(named(found('bfloa')[0]!)).toMatch(/bfloat16/);
    expect(found('quantiz').length).toBeGreaterThan(10);
  });

  it('words with a slip of the finger, and British ones', () => {
    expect(named(found('prunning')[0]!)).toBe('term 1.1 pruning');
    expect(named(found('quantise')[0]!)).toBe('term 1.3 quantize');
    expect(named(found('matnissa')[0]!)).toBe('term 1.2 mantissa');
  });

  it('all words before some, and says which it is', () => {
    expect(searchBook(index, 'mantissa exponent').whole).toBe(true);
    const some = searchBook(index, 'mantissa crocodile');
    expect(some.whole).toBe(false);
    expect(some.found.length).toBeGreaterThan(0);
  });

  it('nothing for nothing, for words that say nothing, and for what is not there', () => {
    for (const query of ['', '  ', 'the', '…', 'xylophone crocodile']) {
      expect(found(query), query).toEqual([]);
    }
  });

  it('names the words that matched, so that they can be marked', () => {
    expect([...found('quantise')[0]!.terms].some((term) => term.startsWith('quanti'))).toBe(true);
    for (const { terms, title, place, text } of found('mantissa')) {
      const words = `${title} ${place} ${text}`.toLowerCase();
      for (const term of terms) expect(words).toContain(term);
    }
  });
});
