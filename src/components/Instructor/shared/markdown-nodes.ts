/**
 * Markdown that an instructor or an assignment's link brought, as nodes. It is foreign text: it is parsed to a tree and
 * the tree is built; HTML in it is shown as the text that it is, and a picture, which would tell its server who reads,
 * as a link. Used where the instructions and written questions of an assignment are shown.
 */
import { fromMarkdown } from 'mdast-util-from-markdown';
import type { Definition, Nodes, PhrasingContent, Root, RootContent } from 'mdast';
import { make } from '../../live/dom.ts';
import { visibleText } from '../../Output/visible-text.ts';

/** Deeper than anybody nests; what lies below is shown as its text. */
const DEEPEST = 20;

type Definitions = ReadonlyMap<string, Definition>;
interface Place {
  text: string;
  definitions: Definitions;
  /** Level of the highest heading: the page has its own above. */
  heading: number;
}

/**
 * The nodes of a Markdown text (CommonMark, without HTML).
 *
 * @param written - Markdown, of anybody
 * @param options.heading - the level that `#` gets, 3 unless told
 */
export const markdownNodes = (written: string, { heading = 3 } = {}): Node[] => {
  const text = written.replace(/\r\n?/g, '\n');
  const tree = parsed(text);
  if (tree === undefined) return [make('p', {}, [words(text)])];
  const definitions = new Map(
    tree.children
      .filter((node) => node.type === 'definition')
      .map((node) => [node.identifier, node] as const),
  );
  const place = { text, definitions, heading };
  return tree.children.flatMap((node) => nodesOf(node, place, 0));
};

/** Text that was made to exhaust the parser (nested a thousandfold) is shown unmarked. */
const parsed = (text: string): Root | undefined => {
  try {
    return fromMarkdown(text);
  } catch (error) {
    console.warn('This Markdown cannot be parsed.', error);
    return undefined;
  }
};

const inside = (
  { children }: { children: readonly (RootContent | PhrasingContent)[] },
  place: Place,
  depth: number,
): Node[] => children.flatMap((child) => nodesOf(child, place, depth + 1));

const words = (text: string): Text => document.createTextNode(visibleText(text));

const source = (node: Nodes, { text }: Place): string =>
  text.slice(node.position?.start.offset ?? 0, node.position?.end.offset ?? 0);

/** Addresses that a link may have: of the web, of mail, and below this page. Never `javascript:` or `data:`. */
export const isSafeAddress = (address: string): boolean => {
  try {
    return ['http:', 'https:', 'mailto:'].includes(new URL(address, 'https://book.test/').protocol);
  } catch {
    return false;
  }
};

const link = (address: string, children: readonly Node[]): Node[] => {
  if (!isSafeAddress(address)) return [...children];
  const made = make('a', { href: address, rel: 'noopener noreferrer nofollow' });
  made.append(...children);
  return [made];
};

const nodesOf = (node: RootContent | PhrasingContent, place: Place, depth: number): Node[] => {
  if (depth > DEEPEST) return [words(source(node, place))];
  const within = (): Node[] => ('children' in node ? inside(node, place, depth) : []);
  const wrap = (tag: keyof HTMLElementTagNameMap): Node[] => {
    const element = document.createElement(tag);
    element.append(...within());
    return [element];
  };
  switch (node.type) {
    case 'text':
      return [words(node.value)];
    case 'paragraph':
      return wrap('p');
    case 'emphasis':
      return wrap('em');
    case 'strong':
      return wrap('strong');
    case 'blockquote':
      return wrap('blockquote');
    case 'listItem':
      return wrap('li');
    case 'heading':
      return wrap(`h${Math.min(6, place.heading + node.depth - 1)}` as 'h3');
    case 'list': {
      const [list] = wrap(node.ordered === true ? 'ol' : 'ul');
      if (list instanceof HTMLOListElement) list.start = node.start ?? 1;
      return list === undefined ? [] : [list];
    }
    case 'inlineCode':
      return [make('code', { textContent: visibleText(node.value) })];
    case 'code': {
      const pre = make('pre', { tabIndex: 0 }, [
        make('code', { textContent: visibleText(node.value) }),
      ]);
      return [pre];
    }
    case 'thematicBreak':
      return [document.createElement('hr')];
    case 'break':
      return [document.createElement('br')];
    case 'link':
      return link(node.url, within());
    case 'linkReference': {
      const found = place.definitions.get(node.identifier);
      return found === undefined ? within() : link(found.url, within());
    }
    case 'image':
      return link(node.url, [words(node.alt ?? node.url)]);
    case 'imageReference': {
      const found = place.definitions.get(node.identifier);
      return link(found?.url ?? '', [words(node.alt ?? '')]);
    }
    case 'definition':
      return [];
    // HTML, and whatever an extension may bring: the characters that were written.
    default:
      return [words(source(node, place))];
  }
};
