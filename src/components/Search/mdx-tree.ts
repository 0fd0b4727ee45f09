import { createProcessor } from '@mdx-js/mdx';
import remarkMath from 'remark-math';

/** What the search needs of a node of a section's syntax tree. */
export interface MdxNode {
  type: string;
  /** Of a component: `Cell`. */
  name?: string | null;
  value?: string;
  children?: MdxNode[];
  attributes?: { name?: string; value?: unknown }[];
}

type Format = 'mdx' | 'md';
const processors = new Map<Format, ReturnType<typeof createProcessor>>();

/** Reads a text of the book, without its front matter, into a tree; `md` has no components. */
export const mdxTree = (text: string, format: Format = 'mdx'): MdxNode => {
  const processor =
    processors.get(format) ?? createProcessor({ format, remarkPlugins: [remarkMath] });
  processors.set(format, processor);
  return processor.parse(text.replace(/^---\n[\s\S]*?\n---\n/, '')) as MdxNode;
};

/** A string attribute of a component. */
export const attributeOf = (node: MdxNode, name: string): string | undefined => {
  const value = node.attributes?.find((attribute) => attribute.name === name)?.value;
  return typeof value === 'string' ? value : undefined;
};
