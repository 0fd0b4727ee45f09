import { describe, expect, it } from 'vitest';
import { highlightCode, highlightLines } from '../../../src/highlight/highlight-code.ts';

const unescape = (html: string): string =>
  html
    .replace(/<[^>]+>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');

describe('highlightCode', () => {
  it('colours by class and keeps the text, markup characters too', async () => {
    const code =
      'const a: Map<string, "b"> = new Map(); // <img onerror="x"> & more\n\nexport const c = a.size;';
    const html = await highlightCode(code, 'typescript');
    expect(html).toContain('<span class="tk">const</span>');
    expect(html).not.toMatch(/style=|<img/);
    expect(unescape(html)).toBe(code);
  });

  it('sets a Python docstring as a string and a comment as a comment', async () => {
    const lines = await highlightLines('def f(x):\n    """Doc."""  # note\n', 'python');
    expect(lines[0]?.[0]).toEqual({ text: 'def ', kind: 'keyword' });
    expect(lines[1]?.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['string', 'comment']),
    );
  });
});
