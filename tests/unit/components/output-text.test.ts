import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatElapsed,
  formatNumber,
} from '../../../src/components/Output/format-number.ts';
import { visibleText } from '../../../src/components/Output/visible-text.ts';

describe('visibleText', () => {
  it('writes out what would hide or reorder text', () => {
    expect(visibleText('pass\u202eliaf')).toBe('pass\\u{202e}liaf');
    expect(visibleText('a\u200bb\u2066c\ufeff')).toBe('a\\u{200b}b\\u{2066}c\\u{feff}');
    expect(visibleText('\u001b[31mred\u0000')).toBe('\\u{1b}[31mred\\u{0}');
    expect(visibleText('tag\u{e0041}')).toBe('tag\\u{e0041}');
    expect(visibleText('\ud800')).toBe('\\u{d800}');
  });

  it('leaves text, markup, tabs, line ends and pictures as they are', () => {
    const text = '<img onerror="x">\n\tβ ≤ 1, שלום, 日本 😀';
    expect(visibleText(text)).toBe(text);
  });
});

describe('formatNumber', () => {
  it.each([
    [3, '3'],
    [-0, '-0'],
    [0.1 + 0.2, '0.3'],
    [1 / 3, '0.333333'],
    [235200, '235200'],
    [NaN, 'NaN'],
    [-Infinity, '-Infinity'],
    [1.5e-9, '1.5e-9'],
  ])('%d', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });
});

describe('formatBytes and formatElapsed', () => {
  it('choose their unit', () => {
    expect([999, 1000, 9_949, 12_345, 1_066_440].map(formatBytes)).toEqual([
      '999 bytes',
      '1.0 kB',
      '9.9 kB',
      '12 kB',
      '1.1 MB',
    ]);
    expect([0.2, 45, 999, 1320, 12_345].map(formatElapsed)).toEqual([
      '1 ms',
      '45 ms',
      '999 ms',
      '1.32 s',
      '12.3 s',
    ]);
  });
});
