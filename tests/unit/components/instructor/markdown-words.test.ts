import { expect, test } from 'vitest';
import { markdownWords } from '../../../../src/components/Instructor/shared/markdown-words.ts';

test.each([
  ['One *scale* for each `unit`', 'One scale for each unit'],
  ['2 * 3 < 7, and [more](javascript:alert(1))', '2 * 3 < 7, and more'],
  ['<img src=x onerror=alert(1)> stays text', '<img src=x onerror=alert(1)> stays text'],
  ['two\nlines', 'two lines'],
  ['', ''],
])('the words of %j', (written, words) => {
  expect(markdownWords(written)).toBe(words);
});
