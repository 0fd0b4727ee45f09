import { unified } from '@astrojs/markdown-remark';
import type { MarkdownRenderer } from '@astrojs/markdown-remark';
import rehypeKatex from 'rehype-katex';
import remarkMath from 'remark-math';
import { rehypeCode } from '../highlight/rehype-code.ts';
import { rehypeAccessible } from './rehype-accessible.ts';

let renderer: Promise<MarkdownRenderer> | undefined;
let portable: Promise<MarkdownRenderer> | undefined;

/** HTML of a piece of the book's own Markdown that is not a page: a hint, a quiz question. */
export const renderMarkdown = async (markdown: string): Promise<string> => {
  renderer ??= unified({
    remarkPlugins: [remarkMath],
    rehypePlugins: [rehypeKatex, rehypeAccessible, rehypeCode],
  }).createRenderer({ syntaxHighlight: false });
  const { code } = await (await renderer).render(markdown);
  return code;
};

/** The same for text that must be one paragraph: without the `<p>` around it, for a label or an option. */
export const renderInlineMarkdown = async (markdown: string): Promise<string> =>
  withoutParagraph(await renderMarkdown(markdown), markdown);

/** The same for a page that has neither our style sheets nor our fonts: maths as MathML alone. */
export const renderPortableMarkdown = async (markdown: string): Promise<string> => {
  portable ??= unified({
    remarkPlugins: [remarkMath],
    rehypePlugins: [[rehypeKatex, { output: 'mathml' }], rehypeAccessible],
  }).createRenderer({ syntaxHighlight: false });
  const { code } = await (await portable).render(markdown);
  return withoutParagraph(code, markdown);
};

const withoutParagraph = (paragraph: string, markdown: string): string => {
  const html = paragraph.trim();
  const inner = /^<p>([\s\S]*)<\/p>$/.exec(html)?.[1];
  if (inner === undefined || inner.includes('<p>')) {
    throw new Error(`This must be one paragraph of inline Markdown: ${JSON.stringify(markdown)}`);
  }
  return inner;
};
