import type { Element, ElementContent, Root } from 'hast';
import { codeLanguages, highlightLines } from './highlight-code.ts';
import type { CodeLanguage } from './highlight-code.ts';
import { tokenClass } from './token-kinds.ts';
import type { CodeToken } from './token-kinds.ts';

const aliases: Readonly<Record<string, CodeLanguage>> = {
  ts: 'typescript',
  py: 'python',
  sh: 'bash',
};

const languageOf = (code: Element): CodeLanguage | undefined => {
  const classes = code.properties['className'];
  const name = (Array.isArray(classes) ? classes : [])
    .map(String)
    .find((each) => each.startsWith('language-'))
    ?.slice('language-'.length);
  if (name === undefined) return undefined;
  return codeLanguages.find((language) => language === name) ?? aliases[name];
};

const textOf = (node: Element): string =>
  node.children
    .map((child) =>
      child.type === 'text' ? child.value : child.type === 'element' ? textOf(child) : '',
    )
    .join('');

const toNodes = (lines: readonly (readonly CodeToken[])[]): ElementContent[] =>
  lines.flatMap((line, index): ElementContent[] => [
    ...(index > 0 ? [{ type: 'text' as const, value: '\n' }] : []),
    ...line.map(({ text, kind }): ElementContent => {
      const content = { type: 'text' as const, value: text };
      if (kind === undefined) return content;
      return {
        type: 'element',
        tagName: 'span',
        properties: { className: [tokenClass[kind]] },
        children: [content],
      };
    }),
  ]);

const codeBlocks = (parent: Root | Element): Element[] =>
  parent.children.flatMap((child) => {
    if (child.type !== 'element') return [];
    const [code] = child.children;
    if (child.tagName === 'pre' && code?.type === 'element' && code.tagName === 'code')
      return [child];
    return codeBlocks(child);
  });

/** Colours fenced code in Markdown as cells and exercises are coloured. */
export const rehypeCode =
  () =>
  async (tree: Root): Promise<void> => {
    for (const pre of codeBlocks(tree)) {
      const [code] = pre.children;
      if (code?.type !== 'element') continue;
      const language = languageOf(code);
      if (language === undefined) continue;
      code.children = toNodes(await highlightLines(textOf(code).replace(/\n$/, ''), language));
      pre.properties = { ...pre.properties, className: ['hw-fence'], tabIndex: 0 };
    }
  };
