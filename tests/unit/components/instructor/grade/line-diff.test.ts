import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffSummary, lineDiff } from '../../../../../src/components/Instructor/Grade/line-diff.ts';

const shown = (before: string, after: string): string[] =>
  lineDiff(before, after).map(
    ({ kind, text }) => `${{ same: ' ', added: '+', removed: '-' }[kind]}${text}`,
  );

describe('the difference from the starter', () => {
  it('keeps what is the same, and shows what went where it stood', () => {
    expect(shown('a\nb\nc\nd', 'a\nx\nc\nd\ne')).toEqual([' a', '-b', '+x', ' c', ' d', '+e']);
    expect(shown('a\nb', 'a\nb')).toEqual([' a', ' b']);
    expect(shown('', 'a')).toEqual(['-', '+a']);
  });

  it('numbers the lines of the new text', () => {
    expect(lineDiff('a\nb', 'x\na\nb').map(({ line }) => line)).toEqual([1, 2, 3]);
    expect(lineDiff('a\nb', 'b').map(({ line }) => line)).toEqual([undefined, 1]);
  });

  it('takes no notice of ends of lines', () => {
    expect(shown('a\nb', 'a \r\nb\r\n\r\n')).toEqual([' a ', ' b']);
  });

  it('says how much changed', () => {
    expect(diffSummary(lineDiff('a\nb', 'a\nb'))).toBe('This is the starter, unchanged.');
    expect(diffSummary(lineDiff('a\nb', 'a\nc\nd'))).toBe(
      'Beside the starter: 2 lines more, 1 gone.',
    );
  });

  it('gives up on lines one by one, and loses none, where two texts are too long to compare', () => {
    const long = (mark: string): string =>
      Array.from({ length: 3_000 }, (_, i) => `${mark}${i}`).join('\n');
    const lines = lineDiff(long('a'), long('b'));
    expect(lines.filter(({ kind }) => kind === 'removed')).toHaveLength(3_000);
    expect(lines.filter(({ kind }) => kind === 'added')).toHaveLength(3_000);
  });

  it('holds both texts, in order, and nothing else', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 })
      .map((all) => all.join('\n'));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = lineDiff(before, after);
        const of = (...kinds: string[]): string =>
          lines
            .filter(({ kind }) => kinds.includes(kind))
            .map((line) => line.text)
            .join('\n');
        expect(of('same', 'added')).toBe(after.trimEnd());
        expect(of('same', 'removed')).toBe(before.trimEnd());
      }),
    );
  });
});
