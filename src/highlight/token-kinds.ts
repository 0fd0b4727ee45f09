/**
 * The kinds of token the book colours. The build (Shiki), the plain editor (a small tokenizer) and
 * Monaco all map to these names, and `code.css` gives each its colour, so that a piece of code looks
 * the same before, while and after it is edited.
 */
export const tokenKinds = [
  'keyword',
  'string',
  'number',
  'comment',
  'type',
  'function',
  'punctuation',
] as const;

export type TokenKind = (typeof tokenKinds)[number];

/** A piece of one line. Without a kind it is set in the ink of code. */
export interface CodeToken {
  text: string;
  kind?: TokenKind | undefined;
}

/** Class of a token's span: short, for it is repeated thousands of times in a page. */
export const tokenClass: Readonly<Record<TokenKind, string>> = {
  keyword: 'tk',
  string: 'ts',
  number: 'tn',
  comment: 'tc',
  type: 'tt',
  function: 'tf',
  punctuation: 'tp',
};
