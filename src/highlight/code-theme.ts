import type { ThemeRegistration } from 'shiki';
import { tokenKinds } from './token-kinds.ts';
import type { TokenKind } from './token-kinds.ts';

/** TextMate scopes of each kind of token, for TypeScript, Python, shell and data files alike. */
const scopes: Readonly<Record<TokenKind, readonly string[]>> = {
  keyword: [
    'keyword',
    'storage',
    'constant.language',
    'variable.language',
    'keyword.operator.new',
    'keyword.operator.expression',
    'keyword.operator.logical.python',
  ],
  string: ['string', 'punctuation.definition.string', 'constant.character.escape', 'string.regexp'],
  number: ['constant.numeric', 'constant.other'],
  comment: ['comment', 'punctuation.definition.comment'],
  type: [
    'entity.name.type',
    'entity.name.class',
    'support.type',
    'support.class',
    'entity.other.inherited-class',
    'entity.name.namespace',
  ],
  function: ['entity.name.function', 'support.function', 'meta.function-call.generic'],
  punctuation: ['punctuation', 'keyword.operator', 'meta.brace', 'storage.type.function.arrow'],
};

/** Custom property that carries the colour of a kind of token: `--tok-keyword`. */
export const tokenVariable = (kind: TokenKind): `--tok-${TokenKind}` => `--tok-${kind}`;

/** Name of the book's theme, in Shiki and in Monaco. */
export const themeName = 'heavy-weights';

/**
 * The book's Shiki theme: every colour is a custom property of `code.css`, so that one static page
 * serves light and dark. Fenced code in Markdown takes it from `astro.config.mjs`.
 */
export const codeTheme: ThemeRegistration = {
  name: themeName,
  colors: { 'editor.background': 'var(--code-bg)', 'editor.foreground': 'var(--code-ink)' },
  fg: 'var(--code-ink)',
  bg: 'var(--code-bg)',
  settings: tokenKinds.map((kind) => ({
    scope: [...scopes[kind]],
    settings: { foreground: `var(${tokenVariable(kind)})` },
  })),
};
