import { tokenizeTypescript } from '../../highlight/tokenize-typescript.ts';

/** Tokens of a fingerprint, and fingerprints of which one is kept: shared runs of k + w − 1 tokens are always found. */
const gramTokens = 12;
const windowGrams = 8;

/** A run of tokens that stands for the program, and the lines that it spans, from 1. */
export interface Fingerprint {
  hash: number;
  from: number;
  to: number;
}

interface NormalToken {
  hash: number;
  line: number;
}

/**
 * A program as it is compared: every name is one token, every literal its kind, `let` and `var` are `const`; comments,
 * spaces, semicolons and trailing commas are gone. So renaming and laying out anew change nothing, and two variants that
 * differ in their numbers are alike.
 */
const normalTokens = (code: string): NormalToken[] => {
  const symbols: { symbol: string; line: number }[] = [];
  for (const [index, line] of tokenizeTypescript(code.replaceAll('\r\n', '\n')).entries()) {
    for (const { text, kind } of line) {
      if (text.trim() === '' || kind === 'comment' || text === ';') continue;
      const symbol = symbolOf(text, kind);
      const last = symbols.at(-1)?.symbol;
      // A template of several lines is one literal.
      if (symbol === 'text' && last === 'text') continue;
      if (last === ',' && (symbol === ')' || symbol === ']' || symbol === '}')) symbols.pop();
      symbols.push({ symbol, line: index + 1 });
    }
  }
  return symbols.map(({ symbol, line }) => ({ hash: hashText(symbol), line }));
};

/** Words that are keywords in some places only: anybody may call an argument so. */
const contextual = new Set(
  'abstract as asserts async declare from get infer is namespace of override readonly satisfies set type'.split(
    ' ',
  ),
);

const symbolOf = (text: string, kind: string | undefined): string => {
  switch (kind) {
    case 'string':
      return 'text';
    case 'number':
      return 'number';
    case 'punctuation':
      return text;
    case 'keyword':
      if (contextual.has(text)) return 'name';
      return text === 'let' || text === 'var' ? 'const' : text;
    default:
      return 'name';
  }
};

const hashText = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return hash;
};

/** One hash for every run of `gramTokens` tokens, in order. */
const gramHashes = (tokens: readonly NormalToken[]): Uint32Array => {
  const grams = new Uint32Array(Math.max(0, tokens.length - gramTokens + 1));
  for (let start = 0; start < grams.length; start++) {
    let hash = 0x811c9dc5;
    for (let i = start; i < start + gramTokens; i++) {
      hash = Math.imul(hash ^ tokens[i]!.hash, 0x9e3779b1);
      hash = (hash << 13) | (hash >>> 19);
    }
    grams[start] = hash;
  }
  return grams;
};

/** What everybody was given: the starter, and whatever else may be copied. All its runs, not a choice of them. */
export const templateOf = (texts: readonly string[]): ReadonlySet<number> =>
  new Set(texts.flatMap((text) => [...gramHashes(normalTokens(text))]));

/**
 * The fingerprints of what is a student's own in a program, by winnowing: of every window of neighbouring runs the smallest
 * hash. Runs of the template are left out, and so are those of which half or more is the template's: what stands in a gap of
 * three tokens is no sign of anything.
 *
 * @see S. Schleimer, D. S. Wilkerson, A. Aiken, "Winnowing: local algorithms for document fingerprinting", SIGMOD 2003
 */
export const fingerprintsOf = (code: string, template: ReadonlySet<number>): Fingerprint[] => {
  const tokens = normalTokens(code);
  const grams = gramHashes(tokens);
  const isOwn = ownGrams(grams, tokens.length, template);
  const prints: Fingerprint[] = [];
  for (let from = 0; from < grams.length; from++) {
    if (!isOwn[from]) continue;
    let to = from;
    while (to < grams.length && isOwn[to]) to += 1;
    for (const index of winnow(grams, from, to)) {
      const [first, last] = [tokens[index]!, tokens[index + gramTokens - 1]!];
      prints.push({ hash: grams[index]!, from: first.line, to: last.line });
    }
    from = to;
  }
  return prints;
};

const ownGrams = (grams: Uint32Array, tokens: number, template: ReadonlySet<number>): boolean[] => {
  const given = new Uint8Array(tokens);
  for (const [start, hash] of grams.entries()) {
    if (template.has(hash)) given.fill(1, start, start + gramTokens);
  }
  return Array.from(grams, (_, start) => {
    let count = 0;
    for (let i = start; i < start + gramTokens; i++) count += given[i]!;
    return 2 * count < gramTokens;
  });
};

/** Indexes of the rightmost smallest hash of each window within from … to − 1; a shorter stretch is one window. */
const winnow = (grams: Uint32Array, from: number, to: number): number[] => {
  const chosen: number[] = [];
  const windows = Math.max(1, to - from - windowGrams + 1);
  for (let start = from; start < from + windows; start++) {
    let smallest = start;
    for (let i = start; i < Math.min(start + windowGrams, to); i++) {
      if (grams[i]! <= grams[smallest]!) smallest = i;
    }
    if (chosen.at(-1) !== smallest) chosen.push(smallest);
  }
  return chosen;
};
