import { ReaderError } from '../shared/reader-error.ts';

/**
 * Reads `hints.md`: one numbered Markdown list, each item a hint of one or more paragraphs. A hint's
 * further lines are indented by three spaces, which are taken off.
 *
 * @returns the hints in Markdown, in order; the last gives the solution
 * @throws ReaderError if the text does not begin with `1.`, skips a number, or has fewer than two hints
 */
export function parseHints(markdown: string): string[] {
  const hints: string[][] = [];
  for (const [index, line] of markdown.trimEnd().split(/\r?\n/).entries()) {
    const item = /^(\d+)\. +(.*)$/.exec(line);
    if (item) {
      requireNext(Number(item[1]), hints.length + 1, index + 1);
      hints.push([item[2] ?? '']);
    } else if (/^ {3}/.test(line) || line.trim() === '') {
      hints.at(-1)?.push(line.slice(3));
    } else {
      throw malformed(
        `Line ${index + 1} of hints.md is neither a numbered hint nor indented by three spaces.`,
      );
    }
  }
  if (hints.length < 2) {
    throw malformed(
      `hints.md needs at least two hints, the last giving the solution; it has ${hints.length}.`,
    );
  }
  return hints.map((lines) => lines.join('\n').trim());
}

function requireNext(number: number, expected: number, line: number): void {
  if (number === expected) return;
  throw malformed(`Line ${line} of hints.md is numbered ${number}; hint ${expected} comes next.`);
}

function malformed(explain: string): ReaderError {
  return new ReaderError({
    code: 'hints-malformed',
    explain,
    hint: 'Write “1. First hint”, “2. Second hint” and so on; indent what belongs to a hint by three spaces.',
  });
}

/** The lines of code in a Markdown text's ```ts fences. */
export function fencedCode(markdown: string): string[] {
  const fences = markdown.matchAll(/^```ts\n([\s\S]*?)^```/gm);
  return [...fences]
    .flatMap(([, code = '']) => code.split('\n'))
    .filter((line) => line.trim() !== '');
}
