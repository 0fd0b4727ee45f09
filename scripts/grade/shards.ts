/** A part of a batch, counted from 1. */
export interface Shard {
  part: number;
  of: number;
}

export const wholeBatch: Shard = { part: 1, of: 1 };

const MOST_PARTS = 1_000;

/** `2/4`, or undefined for what is none. */
export function readShard(text: string): Shard | undefined {
  const [, part, of] = (/^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? []).map(Number);
  if (part === undefined || of === undefined) return undefined;
  return part >= 1 && part <= of && of <= MOST_PARTS ? { part, of } : undefined;
}

/** By code units: no machine's locale has a say. */
export const inOrder = <T>(items: readonly T[], orderOf: (item: T) => string): T[] =>
  items
    .map((item) => ({ item, order: orderOf(item) }))
    .sort((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : 0))
    .map(({ item }) => item);

/**
 * The share of one part: each machine reads the whole batch, puts it in the same order, and takes every n-th. Together
 * the parts have everything once.
 */
export const shareOf = <T>(items: readonly T[], orderOf: (item: T) => string, shard: Shard): T[] =>
  inOrder(items, orderOf).filter((_, index) => index % shard.of === shard.part - 1);

/** Where a part's files go: `marks.csv` of part 2 of 4 is `marks.2-of-4.csv`. */
export const shardFile = (out: string, { part, of }: Shard): string =>
  of === 1 ? out : out.replace(/\.csv$/i, `.${part}-of-${of}.csv`);

/** The results beside a table of marks. */
export const resultsFile = (out: string): string => out.replace(/\.csv$/i, '.results.jsonl');
