import { describe, expect, it } from 'vitest';
import { fileName } from '../../../../src/components/Instructor/Build/file-name.ts';
import {
  itemWords,
  minutesWords,
  pointsWords,
} from '../../../../src/components/Instructor/Build/item-words.ts';
import { isSafeAddress } from '../../../../src/components/Instructor/shared/markdown-nodes.ts';

describe('fileName', () => {
  it('is one that every system keeps, whatever the title', () => {
    const id = 'a0123456789';
    expect(fileName({ id, title: 'Eight bits: Übung №1' })).toMatch(
      /^assignment-eight-bits-ubung-[\w-]*1-a0123456789\.json$/,
    );
    expect(fileName({ id, title: '../../etc/passwd\u0000' })).toBe(
      `assignment-etc-passwd-${id}.json`,
    );
    expect(fileName({ id, title: '量子化' }, 'key')).toBe(`key-${id}.json`);
    expect(fileName({ id, title: 'One' }, 'for-students')).toBe(
      `assignment-one-${id}-for-students.json`,
    );
    expect(fileName({ id, title: 'x'.repeat(300) }).length).toBeLessThan(80);
  });
});

describe('words', () => {
  it('count points and minutes', () => {
    expect(pointsWords(1)).toBe('1 point');
    expect(pointsWords(0.5)).toBe('0.5 points');
    expect(minutesWords(45)).toBe('45 min');
    expect(minutesWords(120)).toBe('2 h');
    expect(minutesWords(135)).toBe('2 h 15 min');
  });

  it('say what an item is', () => {
    const item = {
      id: 'x',
      title: 'X',
      section: '1.1',
      concepts: [],
      version: '0'.repeat(12),
      path: '',
    };
    expect(
      itemWords({
        ...item,
        kind: 'exercise',
        ladder: 'fill-in',
        difficulty: 1,
        minutes: 5,
        points: 2,
      }),
    ).toBe('Exercise · fill in · difficulty 1 of 5 · 5 min · 2 points');
    expect(itemWords({ ...item, kind: 'quiz', minutes: 2, points: 1 })).toBe(
      'Question · 2 min · 1 point',
    );
  });
});

describe('isSafeAddress', () => {
  it('lets the web, mail and the book’s own pages through, and nothing that runs', () => {
    for (const good of [
      'https://a.example/b',
      'http://a.example',
      'mailto:a@b.example',
      '../x/',
      '#y',
    ])
      expect(isSafeAddress(good)).toBe(true);
    for (const bad of [
      'javascript:alert(1)',
      ' JaVa\tScript:alert(1)',
      'data:text/html,x',
      'vbscript:x',
      'blob:https://a.example/1',
      'file:///etc/passwd',
      'https://[',
    ])
      expect(isSafeAddress(bad)).toBe(false);
  });
});
