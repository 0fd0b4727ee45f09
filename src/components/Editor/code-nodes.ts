import { tokenClass } from '../../highlight/token-kinds.ts';
import type { CodeToken } from '../../highlight/token-kinds.ts';

/** Spans of highlighted lines; one line may be marked as the one of an error. */
export const codeNodes = (lines: readonly (readonly CodeToken[])[], marked?: number): Node[] =>
  lines.flatMap((line, index) => {
    const nodes = line.map(({ text, kind }) => {
      if (kind === undefined) return document.createTextNode(text);
      const span = document.createElement('span');
      span.className = tokenClass[kind];
      span.textContent = text;
      return span;
    });
    const end = index < lines.length - 1 ? [document.createTextNode('\n')] : [];
    if (index + 1 !== marked) return [...nodes, ...end];
    const mark = document.createElement('span');
    mark.className = 'hw-marked';
    mark.append(...nodes, ...end);
    return [mark];
  });

/** The numbers beside a text, one a line: they stand in an attribute, so that no copy takes them along. */
export const lineNumbers = (text: string): string =>
  Array.from({ length: text.split('\n').length }, (_, index) => index + 1).join('\n');
