import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokenizeTypescript } from '../../../src/highlight/tokenize-typescript.ts';

const kinds = (code: string): string[] =>
  tokenizeTypescript(code)
    .flat()
    .filter(({ text }) => text.trim() !== '')
    .map(({ text, kind }) => `${text}:${kind ?? 'plain'}`);

const textOf = (code: string): string =>
  tokenizeTypescript(code)
    .map((line) => line.map(({ text }) => text).join(''))
    .join('\n');

describe('tokenizeTypescript', () => {
  it('tells keywords, names, calls, types, numbers, strings and comments apart', () => {
    expect(kinds("const x: Float32Array = quantize(1.5e-3, 'a'); // why")).toEqual([
      'const:keyword',
      'x:plain',
      '::punctuation',
      'Float32Array:type',
      '=:punctuation',
      'quantize:function',
      '(:punctuation',
      '1.5e-3:number',
      ',:punctuation',
      "'a':string",
      '):punctuation',
      ';:punctuation',
      '// why:comment',
    ]);
  });

  it('does not take a property for a keyword', () => {
    expect(kinds('tensor.delete')).toContain('delete:plain');
  });

  it('carries a comment over its lines', () => {
    expect(tokenizeTypescript('/* a\n b */ let c')[1]?.[0]).toEqual({
      text: ' b */',
      kind: 'comment',
    });
  });

  it.each(['`never closed ${x}', '"open', '/* open', "'\\", '0x', '1..toFixed()'])(
    'takes unfinished text: %s',
    (code) => {
      expect(textOf(code)).toBe(code);
    },
  );

  it('loses no character of any text', () => {
    const pieces = fc.array(
      fc.oneof(
        fc.constantFrom(
          '\n',
          ' ',
          '`',
          '"',
          "'",
          '/*',
          '*/',
          '//',
          '\\',
          '${',
          '}',
          '1.',
          '0x',
          'const',
          'é',
          '\u202e',
          '😀',
        ),
        fc.string(),
      ),
    );
    fc.assert(
      fc.property(pieces, (parts) => {
        const code = parts.join('');
        expect(textOf(code)).toBe(code);
      }),
      { numRuns: 500 },
    );
  });
});
