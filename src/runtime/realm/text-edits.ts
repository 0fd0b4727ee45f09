/** Replacements in one text that keep its lines, and how columns moved by them. */
export interface TextEdit {
  start: number;
  end: number;
  by: string;
}

/** An edit that leaves spaces instead of text, with the line ends kept: nothing moves. */
export function blanked(text: string, start: number, end: number): TextEdit {
  return { start, end, by: text.slice(start, end).replace(/[^\n]/g, ' ') };
}

export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let from = 0;
  for (const { start, end, by } of sorted(edits)) {
    result += text.slice(from, start) + by;
    from = end;
  }
  return result + text.slice(from);
}

/** The column before the edits of a column after them. */
export function columnBefore(
  text: string,
  edits: readonly TextEdit[],
  line: number,
  column: number,
): number {
  let shift = 0;
  const lineStart = line === 1 ? 0 : nthLineStart(text, line);
  for (const { start, end, by } of sorted(edits)) {
    if (by.includes('\n') || lineAt(text, start) !== line) continue;
    if (start - lineStart + shift + 1 > column) break;
    shift += by.length - (end - start);
  }
  return Math.max(1, column - shift);
}

/** Line of a position, from 1. */
export function lineAt(text: string, position: number): number {
  let line = 1;
  for (
    let index = text.indexOf('\n');
    index !== -1 && index < position;
    index = text.indexOf('\n', index + 1)
  )
    line++;
  return line;
}

function sorted(edits: readonly TextEdit[]): TextEdit[] {
  return edits.toSorted((a, b) => a.start - b.start || a.end - b.end);
}

function nthLineStart(text: string, line: number): number {
  let start = 0;
  for (let current = 1; current < line; current++) start = text.indexOf('\n', start) + 1;
  return start;
}
