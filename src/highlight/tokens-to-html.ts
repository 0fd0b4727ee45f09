import { escapeHtml } from './escape-html.ts';
import { tokenClass } from './token-kinds.ts';
import type { CodeToken } from './token-kinds.ts';

/** HTML of lines of tokens. Its text content is the code again, character for character. */
export const tokensToHtml = (lines: readonly (readonly CodeToken[])[]): string =>
  lines
    .map((line) =>
      line
        .map(({ text, kind }) =>
          kind === undefined
            ? escapeHtml(text)
            : `<span class="${tokenClass[kind]}">${escapeHtml(text)}</span>`,
        )
        .join(''),
    )
    .join('\n');
