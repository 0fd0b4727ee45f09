import { describe, expect, it } from 'vitest';
import { renderInlineMarkdown, renderMarkdown } from '../../../src/build/render-markdown.ts';

describe('renderMarkdown', () => {
  it('sets maths and colours fenced code', async () => {
    const html = await renderMarkdown('The scale $s$:\n\n```ts\nconst s = 1;\n```\n');
    expect(html).toContain('class="katex"');
    expect(html).toContain('<span class="tk">const</span>');
  });
});

describe('renderInlineMarkdown', () => {
  it('gives the paragraph without its element', async () => {
    expect(await renderInlineMarkdown('Is `a < b`?')).toBe('Is <code>a &#x3C; b</code>?');
  });

  it('refuses more than one paragraph and names the text', async () => {
    await expect(renderInlineMarkdown('One.\n\nTwo.')).rejects.toThrow(/one paragraph.*One/);
  });
});
