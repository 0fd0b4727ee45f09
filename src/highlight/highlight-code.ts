import { createHighlighter } from 'shiki';
import type { Highlighter } from 'shiki';
import { codeTheme, themeName, tokenVariable } from './code-theme.ts';
import { tokenKinds } from './token-kinds.ts';
import type { CodeToken, TokenKind } from './token-kinds.ts';
import { tokensToHtml } from './tokens-to-html.ts';

export const codeLanguages = ['typescript', 'python', 'bash', 'json'] as const;
export type CodeLanguage = (typeof codeLanguages)[number];

const kindOfColour = new Map<string, TokenKind>(
  tokenKinds.map((kind) => [`var(${tokenVariable(kind)})`, kind]),
);

let highlighter: Promise<Highlighter> | undefined;

/** Neighbours of one kind become one token; white space takes the kind of what stands before it. */
const merge = (line: readonly CodeToken[]): CodeToken[] => {
  const merged: CodeToken[] = [];
  for (const token of line) {
    const last = merged.at(-1);
    if (last !== undefined && (last.kind === token.kind || token.text.trim() === '')) {
      last.text += token.text;
    } else {
      merged.push({ ...token });
    }
  }
  return merged;
};

/** The tokens of each line, by Shiki: for the build only. */
export const highlightLines = async (
  code: string,
  language: CodeLanguage,
): Promise<CodeToken[][]> => {
  highlighter ??= createHighlighter({ themes: [codeTheme], langs: [...codeLanguages] });
  const shiki = await highlighter;
  const lines = shiki.codeToTokensBase(code, { lang: language, theme: shiki.getTheme(themeName) });
  return lines.map((line) =>
    merge(
      line.map(({ content, color }) => ({
        text: content,
        kind: color === undefined ? undefined : kindOfColour.get(color),
      })),
    ),
  );
};

/** Highlights code while the site is built. The HTML carries classes only: see `code.css`. */
export const highlightCode = async (code: string, language: CodeLanguage): Promise<string> =>
  tokensToHtml(await highlightLines(code, language));
