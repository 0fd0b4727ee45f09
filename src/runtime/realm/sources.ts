/** Which lines of which running text are whose: from a stack trace to the reader's own line. */
import type { SourceLocation } from '../../shared/reader-error.ts';
import { columnOf } from './compiled-module.ts';
import type { CompiledModule } from './compiled-module.ts';

export interface Source {
  /** Name as a reader knows it: the cell's id, `submission`, `checks.ts`. */
  name: string;
  /** Name in stack traces. */
  url: string;
  /** Lines that precede the reader's first line in the running text. */
  offset: number;
  compiled: CompiledModule;
}

const sources = new Map<string, Source>();
let counter = 0;

/** A name for stack traces that nothing else uses. */
export function nextSourceUrl(name: string): string {
  counter += 1;
  return `book-${counter}-${name.replace(/[^\w.-]/g, '-')}`;
}

export function addSource(source: Source): void {
  sources.set(source.url, source);
}

export function dropSource(url: string): void {
  sources.delete(url);
}

/**
 * Positions in readers' texts along a stack, innermost first. Reads the formats of Chromium and Node
 * (`at f (book-1-x:3:5)`) and of Firefox and Safari (`f@book-1-x:3:5`, `@book-1-x line 2 > eval:3:5`).
 */
export function readerFrames(stack: string): { source: Source; location: SourceLocation }[] {
  const frames: { source: Source; location: SourceLocation }[] = [];
  for (const text of stack.slice(0, 20_000).split('\n')) {
    const match = /(book-\d+-[\w.-]*?):(\d+)(?::(\d+))?\)?$/.exec(text.trim());
    const source = match && sources.get(match[1]!);
    if (!source) continue;
    const line = Number(match[2]) - source.offset;
    if (line < 1) continue;
    frames.push({
      source,
      location: {
        line,
        ...(match[3] ? { column: columnOf(source.compiled, line, Number(match[3])) } : {}),
      },
    });
  }
  return frames;
}
