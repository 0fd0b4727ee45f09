/** How a text differs from the one it began as, line by line. */

export interface DiffLine {
  kind: 'same' | 'added' | 'removed';
  text: string;
  /** Its number in the new text, from 1; a line that is gone has none. */
  line?: number;
}

/** Cells of the table of common lines, at most: a hand-in may hold 100,000 lines. */
const MOST_CELLS = 4_000_000;

const linesOf = (text: string): string[] => text.replace(/\r\n?/g, '\n').trimEnd().split('\n');

/** Lines are compared without what an editor may add at their ends. */
const isSame = (a: string, b: string): boolean => a === b || a.trimEnd() === b.trimEnd();

/**
 * The lines of the new text, with those of the old that are gone where they stood. Of texts that are too long to
 * compare, everything between their common beginning and end counts as changed.
 */
export const lineDiff = (before: string, after: string): DiffLine[] => {
  const [old, now] = [linesOf(before), linesOf(after)];
  let head = 0;
  while (head < old.length && head < now.length && isSame(old[head]!, now[head]!)) head += 1;
  let tail = 0;
  while (
    tail < Math.min(old.length, now.length) - head &&
    isSame(old[old.length - 1 - tail]!, now[now.length - 1 - tail]!)
  )
    tail += 1;
  const same = (from: number, to: number): DiffLine[] =>
    now.slice(from, to).map((text, index) => ({ kind: 'same', text, line: from + index + 1 }));
  return [
    ...same(0, head),
    ...middle(old.slice(head, old.length - tail), now.slice(head, now.length - tail), head),
    ...same(now.length - tail, now.length),
  ];
};

const middle = (old: readonly string[], now: readonly string[], offset: number): DiffLine[] => {
  const width = now.length + 1;
  if ((old.length + 1) * width > MOST_CELLS || old.length === 0 || now.length === 0) {
    return [
      ...old.map((text): DiffLine => ({ kind: 'removed', text })),
      ...now.map((text, index): DiffLine => ({ kind: 'added', text, line: offset + index + 1 })),
    ];
  }
  // common[i · width + j]: the most lines that old from i and new from j have in common, in order.
  const common = new Uint32Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      common[i * width + j] = isSame(old[i]!, now[j]!)
        ? common[(i + 1) * width + j + 1]! + 1
        : Math.max(common[(i + 1) * width + j]!, common[i * width + j + 1]!);
    }
  }
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && isSame(old[i]!, now[j]!)) {
      lines.push({ kind: 'same', text: now[j]!, line: offset + j + 1 });
      i += 1;
      j += 1;
    } else if (
      j >= now.length ||
      (i < old.length && common[(i + 1) * width + j]! >= common[i * width + j + 1]!)
    ) {
      lines.push({ kind: 'removed', text: old[i]! });
      i += 1;
    } else {
      lines.push({ kind: 'added', text: now[j]!, line: offset + j + 1 });
      j += 1;
    }
  }
  return lines;
};

/** How many lines came and went, in words. */
export const diffSummary = (lines: readonly DiffLine[]): string => {
  const count = (kind: DiffLine['kind']): number =>
    lines.filter((line) => line.kind === kind).length;
  const [added, removed] = [count('added'), count('removed')];
  if (added === 0 && removed === 0) return 'This is the starter, unchanged.';
  return `Beside the starter: ${added} ${added === 1 ? 'line' : 'lines'} more, ${removed} gone.`;
};
