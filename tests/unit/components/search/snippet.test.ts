import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markWords, snippet } from '../../../../src/components/Search/snippet.ts';

const shown = (parts: { text: string; marked: boolean }[]): string =>
  parts.map(({ text, marked }) => (marked ? `[${text}]` : text)).join('');

describe('snippets', () => {
  it('marks whole words, whatever their case and accents', () => {
    expect(shown(markWords('A Naïve rule, and naive rules.', new Set(['naive', 'rule'])))).toBe(
      'A [Naïve] [rule], and [naive] rules.',
    );
  });

  it('shows the place where most of the words stand together', () => {
    const text = `${'scale and nothing else. '.repeat(20)}Here the scale meets the zero point. ${'And on. '.repeat(40)}`;
    const words = shown(snippet(text, new Set(['scale', 'zero', 'point'])));
    expect(words).toContain('[scale] meets the [zero] [point]');
    expect(words).toMatch(/^… .* …$/s);
  });

  it('shows a short text whole', () => {
    expect(shown(snippet('A weight.', new Set(['weight'])))).toBe('A [weight].');
    expect(shown(snippet('', new Set(['weight'])))).toBe('');
  });

  it('is a stretch of the text, of bounded length', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('alpha', 'beta', 'gamma', 'x'.repeat(300), '—', '𝒳y'), {
          maxLength: 80,
        }),
        (words) => {
          const text = words.join(' ');
          const parts = snippet(text, new Set(['beta', 'gamma']));
          const plain = parts
            .map((part) => part.text)
            .join('')
            .replace(/^… | …$/g, '');
          expect(text).toContain(plain);
          expect(plain.length).toBeLessThanOrEqual(170);
          expect(parts.every((part) => !part.marked || /^(beta|gamma)$/.test(part.text))).toBe(
            true,
          );
        },
      ),
    );
  });
});
