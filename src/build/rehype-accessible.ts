import type { Element, Root, RootContent } from 'hast';

/**
 * What Markdown and the formula renderer cannot say. A table's empty corner is a cell and not a header. A displayed formula or
 * a table wider than a phone scrolls in its own box, so the box must be reachable by keyboard. KaTeX puts
 * an invisible “function applied to” sign after `\max` as a third child of `msub`, which has room for two: browsers
 * then draw the subscript at full size, so the sign goes.
 */
export const rehypeAccessible =
  () =>
  (tree: Root): void => {
    visit(tree.children);
  };

function visit(nodes: RootContent[]): void {
  for (const [index, node] of nodes.entries()) {
    if (node.type !== 'element') {
      // MDX components hold their own children.
      if ('children' in node) visit((node as { children: RootContent[] }).children);
      continue;
    }
    if (node.tagName === 'th' && node.children.length === 0) node.tagName = 'td';
    if (hasClass(node, 'katex-display')) {
      node.properties = { ...node.properties, tabIndex: 0, role: 'group', ariaLabel: 'Formula' };
    }
    node.children = node.children.filter((child) => !isFunctionApplication(child));
    visit(node.children);
    if (node.tagName === 'table') nodes[index] = scrolling(node);
  }
}

function scrolling(table: Element): Element {
  return {
    type: 'element',
    tagName: 'div',
    properties: { className: ['table-scroll'], tabIndex: 0, role: 'group', ariaLabel: 'Table' },
    children: [table],
  };
}

function isFunctionApplication(node: RootContent): boolean {
  const [only] = node.type === 'element' && node.tagName === 'mo' ? node.children : [];
  return only?.type === 'text' && only.value === '\u2061';
}

function hasClass({ properties }: Element, name: string): boolean {
  const names = properties['className'];
  return Array.isArray(names) && names.includes(name);
}
