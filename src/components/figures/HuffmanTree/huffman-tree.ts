/** Huffman’s tree, joined by hand: the forest, what it costs, its words, and how it is drawn. */

/** One symbol. */
export interface Symbol {
  letter: string;
  value: number;
  count: number;
}

/** A symbol, or two trees that were joined. */
export interface Tree {
  /** Letters beneath it, from left to right. */
  letters: string;
  count: number;
  /** 0 for a symbol; one more than the higher of two that are joined. */
  level: number;
  kids?: readonly [Tree, Tree];
}

/** Trees that have not been joined yet, the lightest first. */
export type Forest = readonly Tree[];

/** Bits of a number of fixed width for each of these symbols. */
export const fixedBits = (symbols: readonly Symbol[]): number =>
  Math.ceil(Math.log2(symbols.length)) * symbols.reduce((sum, { count }) => sum + count, 0);

/** Every symbol by itself. */
export const startForest = (symbols: readonly Symbol[]): Forest =>
  inOrder(symbols.map(({ letter, count }) => ({ letters: letter, count, level: 0 })));

/** Of equal counts the lower tree comes first, which keeps words short. */
function inOrder(trees: readonly Tree[]): Forest {
  return [...trees].sort(
    (a, b) => a.count - b.count || a.level - b.level || (a.letters < b.letters ? -1 : 1),
  );
}

/** Two trees of the forest become one. */
export function join(forest: Forest, first: number, second: number): Forest {
  const [left, right] = [forest[first], forest[second]];
  if (!left || !right || left === right) throw new Error('Two different trees can be joined.');
  const joined: Tree = {
    letters: left.letters + right.letters,
    count: left.count + right.count,
    level: 1 + Math.max(left.level, right.level),
    kids: [left, right],
  };
  return inOrder([...forest.filter((tree) => tree !== left && tree !== right), joined]);
}

/** Joins the two lightest until one tree is left. */
export function grown(forest: Forest): Forest {
  let now = forest;
  while (now.length > 1) now = join(now, 0, 1);
  return now;
}

/** Σ of the counts of all joins: the bits of the text so far. */
export const bitsOf = (forest: Forest): number =>
  forest.reduce((sum, tree) => sum + joins(tree), 0);

const joins = ({ kids, count }: Tree): number =>
  kids ? count + joins(kids[0]) + joins(kids[1]) : 0;

/** What was joined has lighter trees than those it was made of beside it. */
export const isLightest = (forest: Forest, first: number, second: number): boolean => {
  const pair = (a: number, b: number): number => forest[a]!.count + forest[b]!.count;
  return pair(first, second) === pair(0, 1);
};

/** The way to each letter: 0 to the left, 1 to the right. */
export function wordsOf(forest: Forest): Map<string, string> {
  const words = new Map<string, string>();
  const walk = (tree: Tree, word: string): void => {
    if (!tree.kids) {
      words.set(tree.letters, word);
      return;
    }
    walk(tree.kids[0], `${word}0`);
    walk(tree.kids[1], `${word}1`);
  };
  for (const tree of forest) walk(tree, '');
  return words;
}

export const WIDTH = 640;
export const HEIGHT = 310;
const TREE = { left: 22, right: 618, top: 34, base: 268 };
/** A tree is drawn as high as if it had so many levels at least. */
const LEAST_LEVELS = 6;

/** A text and its place. */
export interface Label {
  x: number;
  y: number;
  text: string;
}

/** Branches, the count at each root, and the letters, from left to right. */
export function treeDrawing(forest: Forest): {
  branches: string;
  roots: Label[];
  letters: Label[];
} {
  const leaves = forest.reduce((sum, { letters }) => sum + letters.length, 0);
  const levels = Math.max(LEAST_LEVELS, ...forest.map(({ level }) => level));
  const x = (leaf: number): number =>
    TREE.left + (leaf / Math.max(1, leaves - 1)) * (TREE.right - TREE.left);
  const y = (level: number): number => TREE.base - (level / levels) * (TREE.base - TREE.top);
  const letters: Label[] = [];
  const branches: string[] = [];
  const place = (tree: Tree): number => {
    if (!tree.kids) {
      const at = x(letters.length);
      letters.push({ x: at, y: TREE.base + 24, text: tree.letters });
      return at;
    }
    const [left, right] = tree.kids.map(place) as [number, number];
    const [low, high] = tree.kids.map(({ level }) => y(level).toFixed(1));
    const here = y(tree.level).toFixed(1);
    branches.push(`M${left.toFixed(1)} ${low}V${here}H${right.toFixed(1)}V${high}`);
    return (left + right) / 2;
  };
  const roots = forest.map((tree) => ({
    x: place(tree),
    y: y(tree.level) - 8,
    text: String(tree.count),
  }));
  return { branches: branches.join(''), roots, letters };
}

const whole = (count: number): string => count.toLocaleString('en-GB');

/** How a tree is called on its button: its first letters, and its count. */
export function treeName({ letters, count }: Tree): string {
  return `${letters.length > 4 ? `${letters.slice(0, 3)}…` : letters} ${count}`;
}

/** Everything that the figure says of a forest; `last` is what was said of the last join. */
export function treeTexts(
  symbols: readonly Symbol[],
  forest: Forest,
  last = 'Choose two trees and join them.',
): Record<string, string> {
  const best = bitsOf(grown(startForest(symbols)));
  const bits = bitsOf(forest);
  const total = symbols.reduce((sum, { count }) => sum + count, 0);
  const done = forest.length === 1;
  return {
    bits: whole(bits),
    best: whole(best),
    fixed: whole(fixedBits(symbols)),
    each: done ? (bits / total).toFixed(3) : 'not yet',
    verdict: !done
      ? last
      : bits === best
        ? `One tree is left, and the text has ${whole(bits)} bits. No words of whole bits can do with fewer.`
        : `One tree is left, and the text has ${whole(bits)} bits: ${whole(bits - best)} more than it need have.`,
  };
}

/** A row for each symbol: letter, value, count, and its word as far as it goes. */
export function wordRows(symbols: readonly Symbol[], forest: Forest): string[][] {
  const words = wordsOf(forest);
  return symbols.map(({ letter, value, count }) => [
    letter,
    value.toFixed(3).replace('-', '−'),
    String(count),
    words.get(letter) || '—',
  ]);
}
