import { attributeOf } from './mdx-tree.ts';
import type { MdxNode } from './mdx-tree.ts';
import { texText } from './tex-text.ts';

/** What a text names instead of saying it. */
export interface Sources {
  /** A computed number as the prose prints it. */
  computed: (of: string, as: string | undefined) => string;
  /** `Han et al. 2016` */
  citation: (id: string) => string;
}

/** Blocks end with a space, so that the words of two never grow together. */
const BLOCKS = new Set(['paragraph', 'heading', 'listItem', 'blockquote', 'break', 'tableCell']);

/** The words of a piece of the book as a reader sees them: no markup, no code, no displayed formulas. */
export const plainText = (node: MdxNode, sources: Sources): string =>
  words(node, sources).replace(/\s+/g, ' ').trim();

const words = (node: MdxNode, sources: Sources): string => {
  switch (node.type) {
    case 'text':
      // Without the bars of a table and the line under its head.
      return (node.value ?? '').replace(/\|[\s:|-]*/g, ' ');
    case 'inlineCode':
      return node.value ?? '';
    case 'inlineMath':
      return texText(node.value ?? '');
    case 'mdxJsxTextElement':
    case 'mdxJsxFlowElement':
      return component(node, sources);
    default: {
      const inside = (node.children ?? []).map((child) => words(child, sources)).join('');
      return BLOCKS.has(node.type) ? `${inside} ` : inside;
    }
  }
};

const component = (node: MdxNode, sources: Sources): string => {
  const inside = (): string => (node.children ?? []).map((child) => words(child, sources)).join('');
  switch (node.name) {
    case 'Computed':
      return sources.computed(attributeOf(node, 'of') ?? '', attributeOf(node, 'as'));
    case 'Cite':
      return `[${sources.citation(attributeOf(node, 'id') ?? '')}]`;
    case 'Sidenote':
      return `${attributeOf(node, 'label') ?? ''} ${inside()} `;
    // Its answer stands in the page only after the reader has given one.
    case 'Prediction':
      return `${attributeOf(node, 'question') ?? ''} `;
    case 'Quiz':
      return '';
    default:
      return inside();
  }
};
