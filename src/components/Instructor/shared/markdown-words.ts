import { fromMarkdown } from 'mdast-util-from-markdown';
import type { Nodes } from 'mdast';

/** The words of a short Markdown text that anybody may have written, without its marks. What cannot be parsed stays as it is. */
export const markdownWords = (written: string): string => {
  try {
    return wordsOf(fromMarkdown(written)).replace(/\s+/g, ' ').trim();
  } catch {
    return written;
  }
};

const wordsOf = (node: Nodes): string => {
  if ('children' in node) return node.children.map(wordsOf).join('');
  return 'value' in node ? node.value : ' ';
};
