import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { readMirror, writeMirror } from '../../../../src/components/Instructor/Scorm/sco/mirror.ts';

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => kept.set(key, text),
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

it('gives each student of a course system their own answers', () => {
  expect(writeMirror('a1', 'ada', 'hers')).toBe(true);
  expect(readMirror('a1', 'ada')).toBe('hers');
  expect(readMirror('a1', 'bob')).toBe('');
  expect(readMirror('a2', 'ada')).toBe('');
});

it('shares nothing where the course system does not say who sits there', () => {
  expect(writeMirror('a1', '', 'of the one before')).toBe(false);
  expect(readMirror('a1', '')).toBe('');
});

it('keeps them where there is no course system, and not for one', () => {
  expect(writeMirror('a1', undefined, 'alone')).toBe(true);
  expect(readMirror('a1', undefined)).toBe('alone');
  expect(readMirror('a1', '')).toBe('');
});
