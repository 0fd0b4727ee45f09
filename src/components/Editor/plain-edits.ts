/** Pure edits of the plain editor: what to replace, by what, and the selection afterwards. */

export interface Selected {
  text: string;
  start: number;
  end: number;
}

export interface Edit {
  from: number;
  to: number;
  insert: string;
  start: number;
  end: number;
}

/** Two spaces, as in all code of the book. */
const step = '  ';

const startOfLine = (text: string, offset: number): number =>
  text.lastIndexOf('\n', offset - 1) + 1;

/** Offset of the first character of a line; lines count from 1, and past the end means the last. */
export const lineStart = (text: string, line: number): number => {
  const before = text.split('\n').slice(0, Math.max(0, line - 1));
  return Math.min(
    text.length,
    before.reduce((sum, each) => sum + each.length + 1, 0),
  );
};

/** Tab or Shift+Tab: indents at the caret, or shifts every line of the selection. */
export const indentLines = ({ text, start, end }: Selected, outdent: boolean): Edit => {
  if (start === end && !outdent) {
    return {
      from: start,
      to: end,
      insert: step,
      start: start + step.length,
      end: start + step.length,
    };
  }
  const from = startOfLine(text, start);
  const lines = text.slice(from, end).split('\n');
  const shifted = lines.map((line) =>
    outdent ? line.replace(/^ {1,2}/, '') : line === '' ? line : step + line,
  );
  const insert = shifted.join('\n');
  const firstMoved = shifted[0]!.length - lines[0]!.length;
  return {
    from,
    to: end,
    insert,
    start: Math.max(from, start + firstMoved),
    end: Math.max(from, end + insert.length - (end - from)),
  };
};

/** Enter: the new line starts as deep as the present one, and deeper after an opening bracket. */
export const newLine = ({ text, start, end }: Selected): Edit => {
  const before = text.slice(startOfLine(text, start), start);
  const indent = /^ */.exec(before)?.[0] ?? '';
  const opened = /[{[(]\s*$/.test(before);
  const insert = `\n${indent}${opened ? step : ''}`;
  const closes = opened && /^[}\])]/.test(text.slice(end));
  const caret = start + insert.length;
  return {
    from: start,
    to: end,
    insert: closes ? `${insert}\n${indent}` : insert,
    start: caret,
    end: caret,
  };
};
