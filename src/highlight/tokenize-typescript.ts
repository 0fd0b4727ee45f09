import type { CodeToken, TokenKind } from './token-kinds.ts';

const keywords = new Set(
  (
    'abstract as asserts async await break case catch class const continue debugger declare default ' +
    'delete do else enum export extends false finally for from function get if implements import in ' +
    'infer instanceof interface is keyof let namespace new null of override private protected public ' +
    'readonly return satisfies set static super switch this throw true try type typeof undefined var ' +
    'void while with yield'
  ).split(' '),
);
const primitiveTypes = new Set(
  'any bigint boolean never number object string symbol unknown'.split(' '),
);

/** Comments, strings, templates (whole), numbers, names, punctuation, white space: in that order. */
const pattern =
  /(\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|("(?:\\[\s\S]|[^"\\\n])*"?|'(?:\\[\s\S]|[^'\\\n])*'?|`(?:\\[\s\S]|[^`\\])*`?)|((?:0[xX][\da-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?)n?)|([\p{ID_Start}$_][\p{ID_Continue}$]*)|([^\s\p{ID_Start}$_\d"'`]+?)|(\s+)/gu;

const kindOfName = (name: string, next: string, before: string): TokenKind | undefined => {
  if (before !== '.' && keywords.has(name)) return 'keyword';
  if (primitiveTypes.has(name)) return 'type';
  if (next === '(') return 'function';
  if (/^\p{Lu}/u.test(name) && !/^[\p{Lu}\d_]+$/u.test(name)) return 'type';
  return undefined;
};

const tokenAt = (code: string, match: RegExpExecArray): CodeToken => {
  const [text, comment, string, number, name, punctuation] = match;
  if (comment !== undefined) return { text, kind: 'comment' };
  if (string !== undefined) return { text, kind: 'string' };
  if (number !== undefined) return { text, kind: 'number' };
  if (name !== undefined) {
    const end = match.index + text.length;
    return { text, kind: kindOfName(name, code[end] ?? '', code[match.index - 1] ?? '') };
  }
  return punctuation === undefined ? { text } : { text, kind: 'punctuation' };
};

/**
 * A small tokenizer of TypeScript for text that is being edited: it never fails and loses no
 * character, whatever the text. It does not parse: a regular expression literal is punctuation and
 * names, and a template is one string with its expressions.
 */
export const tokenizeTypescript = (code: string): CodeToken[][] => {
  const lines: CodeToken[][] = [[]];
  for (const match of code.matchAll(pattern)) {
    const { text, kind } = tokenAt(code, match);
    for (const [index, part] of text.split('\n').entries()) {
      if (index > 0) lines.push([]);
      if (part !== '') lines.at(-1)?.push({ text: part, kind });
    }
  }
  return lines;
};
