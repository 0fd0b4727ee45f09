/** The index and how it ranks: the same when the site is built, in the page and in the tests. */
import MiniSearch from 'minisearch';
import type { Options, SearchResult } from 'minisearch';
import type { SearchRecord } from './search-record.ts';

/** Words that stand everywhere and say nothing, and what an apostrophe leaves of a word. */
const EMPTY = new Set(
  'a an and are as at be but by d for from had has have he his i in is it its ll not of on or re s so t that the their there they this to was ve were which will with you your'.split(
    ' ',
  ),
);

/** A word as it is compared: `Naïve` → `naive`; null for one that says nothing. */
export const searchTerm = (word: string): string | null => {
  const term = word.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return EMPTY.has(term) ? null : term;
};

/** Where words are parted. */
export const wordPattern = /[^\s\p{P}\p{S}]+/gu;

const options: Options<SearchRecord> = {
  fields: ['title', 'place', 'text'],
  storeFields: ['kind', 'number', 'place', 'title', 'path', 'text'],
  tokenize: (text) => text.match(wordPattern) ?? [],
  processTerm: searchTerm,
  searchOptions: {
    boost: { title: 4, place: 1.5 },
    weights: { prefix: 0.5, fuzzy: 0.25 },
    maxFuzzy: 2,
    // The last word may not be finished yet.
    prefix: (term, index, terms) => index === terms.length - 1 || term.length > 2,
    fuzzy: (term) => (term.length > 4 && !/^\d/.test(term) ? 0.2 : false),
  },
};

/** A record that was found, with the words in it that matched. */
export interface Found extends SearchRecord {
  terms: ReadonlySet<string>;
}

/** Makes the index. */
export const makeIndex = (records: readonly SearchRecord[]): MiniSearch<SearchRecord> => {
  const index = new MiniSearch<SearchRecord>(options);
  index.addAll(records);
  return index;
};

/** Takes up an index that was written out: `JSON.stringify(index)`. */
export const readIndex = (json: string): MiniSearch<SearchRecord> =>
  MiniSearch.loadJSON<SearchRecord>(json, options);

const sameWords = (text: string): string =>
  (text.match(wordPattern) ?? []).map((word) => searchTerm(word) ?? '').join(' ');

export interface Findings {
  /** The best first. */
  found: Found[];
  /** Whether each has all words of the query; where none has, those are found that have some. */
  whole: boolean;
}

/** What a query finds. What is called exactly so comes before all else, and of that the glossary first. */
export const searchBook = (index: MiniSearch<SearchRecord>, query: string): Findings => {
  const all = index.search(query, { combineWith: 'AND' });
  const results = all.length > 0 ? all : index.search(query);
  const asked = sameWords(query);
  const rank = ({ title, kind }: SearchResult): number =>
    sameWords(String(title)) !== asked ? 0 : kind === 'term' ? 2 : 1;
  const found = results
    .sort((a, b) => rank(b) - rank(a) || b.score - a.score)
    .map((result) => ({
      ...(result as unknown as SearchRecord),
      terms: new Set(result.terms),
    }));
  return { found, whole: all.length > 0 };
};
