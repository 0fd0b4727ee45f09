import type { Root } from 'hast';
import { describe, expect, it } from 'vitest';
import { rehypeAccessible } from '../../../src/build/rehype-accessible.ts';

const element = (tagName: string, ...children: Root['children']): Root['children'][number] => ({
  type: 'element',
  tagName,
  properties: {},
  children: children as never,
});
const text = (value: string): Root['children'][number] => ({ type: 'text', value });

describe('rehypeAccessible', () => {
  it('leaves msub the two children MathML gives it', () => {
    const tree: Root = {
      type: 'root',
      children: [
        element(
          'msub',
          element('mi', text('w')),
          element('mi', text('max')),
          element('mo', text('\u2061')),
        ),
      ],
    };
    rehypeAccessible()(tree);
    expect(tree.children).toEqual([
      element('msub', element('mi', text('w')), element('mi', text('max'))),
    ]);
  });

  it('keeps the signs that are drawn', () => {
    const tree: Root = { type: 'root', children: [element('mrow', element('mo', text('−')))] };
    const before = structuredClone(tree);
    rehypeAccessible()(tree);
    expect(tree).toEqual(before);
  });

  it('lets a table scroll in a box that the keyboard reaches', () => {
    const tree: Root = { type: 'root', children: [element('table', element('tr'))] };
    rehypeAccessible()(tree);
    expect(tree.children).toMatchObject([
      {
        tagName: 'div',
        properties: { className: ['table-scroll'], tabIndex: 0 },
        children: [{ tagName: 'table' }],
      },
    ]);
  });

  it('makes the empty corner of a table a cell', () => {
    const tree: Root = {
      type: 'root',
      children: [element('tr', element('th'), element('th', text('a')))],
    };
    rehypeAccessible()(tree);
    expect(tree.children).toEqual([element('tr', element('td'), element('th', text('a')))]);
  });
});
