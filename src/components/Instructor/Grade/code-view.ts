import { tokenizeTypescript } from '../../../highlight/tokenize-typescript.ts';
import type { CodeToken } from '../../../highlight/token-kinds.ts';
import { codeNodes } from '../../Editor/code-nodes.ts';
import { make } from '../../live/dom.ts';
import { visibleText } from '../../Output/visible-text.ts';
import { diffSummary, lineDiff, type DiffLine } from './line-diff.ts';

/** Lines that are drawn of one text: a hand-in may hold 100,000. */
const MOST_LINES = 3_000;
const signs = { same: ' ', added: '+', removed: '−' } as const;
const words = { same: '', added: 'added: ', removed: 'gone: ' } as const;

const lineNode = ({ kind, text, line }: DiffLine, tokens: readonly CodeToken[]): HTMLElement => {
  const row = make('span', { className: 'grade-line' }, [
    make('span', { className: 'visually-hidden', textContent: words[kind] }),
    ...(text === '' ? ['\n'] : [...codeNodes([tokens]), '\n']),
  ]);
  row.dataset['diff'] = kind;
  row.dataset['sign'] = signs[kind];
  row.dataset['line'] = line === undefined ? '' : String(line);
  return row;
};

/** Tokens of each line of a text; what is invisible in it is written out, so nothing hides in a hand-in. */
const tokensOf = (lines: readonly string[]): CodeToken[][] => {
  const text = lines.map(visibleText).join('\n');
  return tokenizeTypescript(text);
};

const frame = (label: string, rows: readonly Node[], omitted: number): HTMLElement => {
  const pre = make('pre', { className: 'grade-code', tabIndex: 0 }, rows);
  pre.setAttribute('role', 'group');
  pre.setAttribute('aria-label', label);
  if (omitted > 0) {
    pre.append(make('span', { className: 'hw-note', textContent: `${omitted} more lines.` }));
  }
  return pre;
};

/** A student's code beside its starter: what was added and what is gone, line by line. */
export const diffView = (code: string, starter: string | undefined, label: string): Node[] => {
  const lines =
    starter === undefined
      ? code
          .replace(/\r\n?/g, '\n')
          .trimEnd()
          .split('\n')
          .map((text, index): DiffLine => ({ kind: 'same', text, line: index + 1 }))
      : lineDiff(starter, code);
  const shown = lines.slice(0, MOST_LINES);
  // Lines that are gone are coloured apart: in one text with the rest they could open a comment that never closes.
  const present = tokensOf(shown.filter(({ kind }) => kind !== 'removed').map(({ text }) => text));
  const gone = tokensOf(shown.filter(({ kind }) => kind === 'removed').map(({ text }) => text));
  let [at, atGone] = [0, 0];
  const rows = shown.map((line) =>
    lineNode(line, (line.kind === 'removed' ? gone[atGone++] : present[at++]) ?? []),
  );
  const note =
    starter === undefined ? 'There is no starter to compare it with.' : diffSummary(lines);
  return [
    make('p', { className: 'hw-note', textContent: note }),
    frame(label, rows, lines.length - shown.length),
  ];
};

/** A text with lines marked that another has too; lines count from 1. */
export const markedView = (
  code: string,
  marked: ReadonlySet<number>,
  label: string,
): HTMLElement => {
  const lines = code.replace(/\r\n?/g, '\n').trimEnd().split('\n');
  const shown = lines.slice(0, MOST_LINES);
  const tokens = tokensOf(shown);
  const rows = shown.map((text, index) => {
    const row = lineNode({ kind: 'same', text, line: index + 1 }, tokens[index] ?? []);
    if (marked.has(index + 1)) {
      row.dataset['alike'] = '';
      row.firstElementChild?.replaceChildren('alike: ');
    }
    return row;
  });
  return frame(label, rows, lines.length - shown.length);
};
