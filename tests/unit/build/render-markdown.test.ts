import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { renderInlineMarkdown } from '../../../src/build/render-markdown.ts';

const stylesheet = readFileSync(
  createRequire(import.meta.url).resolve('katex/dist/katex.css'),
  'utf8',
);

describe('renderInlineMarkdown', () => {
  // rehype-katex brings a KaTeX of its own unless package.json overrides it, and releases rename their classes.
  it('sizes a subscript with a class that the stylesheet of the pages defines', async () => {
    const html = await renderInlineMarkdown('$w_{\\max}$');
    const sizing = /class="([\w-]*sizing) (reset-size\d+) (size\d+) mtight"/.exec(html);
    expect(sizing).not.toBeNull();
    expect(stylesheet).toContain(`.katex .${sizing![1]}.${sizing![2]}.${sizing![3]}`);
  });

  it('refuses text of two paragraphs', async () => {
    await expect(renderInlineMarkdown('one\n\ntwo')).rejects.toThrow(/one paragraph/);
  });
});
