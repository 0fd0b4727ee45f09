import { describe, expect, it } from 'vitest';
import {
  conceptsOf,
  passesFilter,
  type CatalogueFilter,
} from '../../../../src/instructor/build/filter-catalogue.ts';
import { likelyMinutes } from '../../../../src/instructor/catalogue.ts';
import { items } from './catalogue.ts';

const found = (filter: CatalogueFilter): string[] =>
  items.filter((item) => passesFilter(item, filter)).map(({ kind, id }) => `${kind} ${id}`);

describe('passesFilter', () => {
  it('lets everything through when nothing is asked for', () => {
    expect(found({})).toHaveLength(items.length);
    expect(found({ text: '  ' })).toHaveLength(items.length);
  });

  it('sifts by each thing', () => {
    expect(found({ kind: 'quiz' })).toEqual(['quiz twins', 'quiz code-of-zero']);
    expect(found({ chapter: '2' })).toEqual(['exercise twins', 'quiz twins']);
    expect(found({ concept: 'zero point' })).toHaveLength(2);
    expect(found({ ladder: 'design' })).toEqual(['exercise twins']);
    expect(found({ difficulty: 2 })).toEqual(['exercise scale-and-zero-point']);
    expect(found({ minutes: 10 })).toHaveLength(3);
  });

  it('sifts by all of them together', () => {
    expect(found({ chapter: '2', kind: 'exercise', minutes: 10 })).toEqual([]);
  });

  it('finds words in any order, without regard to case and accents', () => {
    expect(found({ text: 'CAFE holder' })).toEqual(['exercise twins']);
    expect(found({ text: 'zero nowhere' })).toEqual([]);
    expect(found({ text: '1.3 code-of' })).toEqual(['quiz code-of-zero']);
  });
});

it('lists every concept once, in order', () => {
  expect(conceptsOf(items)).toEqual(['rounding', 'scale', 'zero point']);
});

it('reckons minutes by rung and difficulty, in fives', () => {
  expect(likelyMinutes('fill-in', 1)).toBe(5);
  expect(likelyMinutes('implement', 2)).toBe(10);
  expect(likelyMinutes('implement', 3)).toBe(15);
  expect(likelyMinutes('design', 5)).toBe(50);
  expect(likelyMinutes()).toBe(2);
});
