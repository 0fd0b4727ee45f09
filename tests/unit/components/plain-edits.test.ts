import { describe, expect, it } from 'vitest';
import { indentLines, lineStart, newLine } from '../../../src/components/Editor/plain-edits.ts';
import type { Edit, Selected } from '../../../src/components/Editor/plain-edits.ts';

/** `|` marks the ends of the selection (one mark: a caret). */
const read = (marked: string): Selected => {
  const [before = '', inside = '', after] = marked.split('|');
  return after === undefined
    ? { text: before + inside, start: before.length, end: before.length }
    : { text: before + inside + after, start: before.length, end: before.length + inside.length };
};

const apply = (marked: string, edit: (selected: Selected) => Edit): string => {
  const selected = read(marked);
  const { from, to, insert, start, end } = edit(selected);
  const text = selected.text.slice(0, from) + insert + selected.text.slice(to);
  return start === end
    ? `${text.slice(0, start)}|${text.slice(start)}`
    : `${text.slice(0, start)}|${text.slice(start, end)}|${text.slice(end)}`;
};

describe('indentLines', () => {
  it('puts two spaces at the caret', () => {
    expect(apply('a|b', (at) => indentLines(at, false))).toBe('a  |b');
  });
  it('shifts every line of the selection but empty ones', () => {
    expect(apply('x\nf|oo\n\nba|r', (at) => indentLines(at, false))).toBe('x\n  f|oo\n\n  ba|r');
  });
  it('takes at most two spaces from a line', () => {
    expect(apply('   a|b\n c|', (at) => indentLines(at, true))).toBe(' a|b\nc|');
  });
  it('leaves a line alone that is not indented', () => {
    expect(apply('ab|c', (at) => indentLines(at, true))).toBe('ab|c');
  });
});

describe('newLine', () => {
  it('keeps the depth', () => {
    expect(apply('  a;|', newLine)).toBe('  a;\n  |');
  });
  it('goes deeper after an opening bracket and sets the closing one on its own line', () => {
    expect(apply('  if (x) {|}', newLine)).toBe('  if (x) {\n    |\n  }');
  });
  it('replaces the selection', () => {
    expect(apply('a|bc|d', newLine)).toBe('a\n|d');
  });
});

describe('lineStart', () => {
  it('finds lines from 1 and stays within the text', () => {
    expect([1, 2, 3, 9].map((line) => lineStart('ab\nc\nd', line))).toEqual([0, 3, 5, 6]);
  });
});
