import { tokenizer, tokTypes } from 'acorn';
import type { Token } from 'acorn';
import { ReaderError } from '../../shared/reader-error.ts';
import type { SourceLocation } from '../../shared/reader-error.ts';

/** A parser's complaint as a reader can use it: what stands where it should not, and what was never closed. */
export function syntaxError(
  code: string,
  parserMessage: string,
  at: { line: number; column: number } | undefined,
): ReaderError {
  const message = parserMessage
    .replace(/^Error transforming [^:]*: /, '')
    .replace(/\s*\(\d+:\d+\)$/, '');
  const open = unclosedBracket(code);
  const lines = code.split('\n');
  const rest = at ? (lines[at.line - 1] ?? '').slice(at.column - 1) : '';
  const atEnd =
    at !== undefined && rest.trim() === '' && lines.slice(at.line).join('').trim() === '';
  const found = /^(?:[\w$]+|=>|[=!<>]=+|.)/u.exec(rest.trimStart())?.[0];

  if (atEnd && open) {
    return new ReaderError({
      code: 'syntax-error',
      explain: `The code ends before the \`${open.bracket}\` of line ${open.line} is closed.`,
      hint: `Add the missing \`${closing[open.bracket]}\`.`,
      location: { line: open.line, column: open.column },
    });
  }
  const explain = message.startsWith('Unexpected token')
    ? found === undefined || atEnd
      ? 'The code ends in the middle of a statement.'
      : `\`${found}\` cannot stand here.${expectedOf(message)}`
    : `${message}.`;
  return new ReaderError({
    code: 'syntax-error',
    explain,
    hint:
      open && message.startsWith('Unexpected')
        ? `Look at this line and the one before it; the \`${open.bracket}\` of line ${open.line} is still open.`
        : 'Look at this line and the one before it.',
    ...(at ? { location: at satisfies SourceLocation } : {}),
  });
}

function expectedOf(message: string): string {
  const expected = /expected "([^"]+)"/.exec(message)?.[1];
  return expected === undefined ? '' : ` \`${expected}\` was expected.`;
}

const closing: Record<string, string> = { '(': ')', '[': ']', '{': '}', '${': '}' };

interface OpenBracket {
  bracket: string;
  line: number;
  column: number;
}

/** The innermost bracket that is never closed, as far as the text can be cut into tokens. */
function unclosedBracket(code: string): OpenBracket | undefined {
  const stack: OpenBracket[] = [];
  const opens = new Map([
    [tokTypes.parenL, '('],
    [tokTypes.bracketL, '['],
    [tokTypes.braceL, '{'],
    [tokTypes.dollarBraceL, '${'],
  ]);
  const closes = new Set([tokTypes.parenR, tokTypes.bracketR, tokTypes.braceR]);
  try {
    const tokens: Iterable<Token> = tokenizer(code, {
      ecmaVersion: 'latest',
      sourceType: 'module',
      locations: true,
    });
    for (const token of tokens) {
      const bracket = opens.get(token.type);
      if (bracket !== undefined) {
        const start = token.loc!.start;
        stack.push({ bracket, line: start.line, column: start.column + 1 });
      } else if (closes.has(token.type)) stack.pop();
    }
  } catch {
    // The tokenizer stops at what no token begins with; what was opened before is still known.
  }
  return stack.at(-1);
}
