import { canonicalJson } from './canonical-json.ts';
import { sha256Hex } from './hash.ts';

/** What decides a mark. Titles, statements, hints and advice do not: mending a comma in them is no new version. */
export type Versioned =
  | { kind: 'exercise'; checks: string; entry: readonly string[]; seed: number; limitMs: number }
  | { kind: 'quiz'; options: readonly { text: string; correct: boolean }[] };

/**
 * The version of an exercise or a quiz: two of the same version mark the same answer alike.
 *
 * @returns the first 12 hexadecimal figures of a SHA-256
 */
export const itemVersion = async (item: Versioned): Promise<string> =>
  (await sha256Hex(canonicalJson(decisive(item)))).slice(0, 12);

const decisive = (item: Versioned): unknown => {
  if (item.kind === 'quiz') {
    return {
      kind: item.kind,
      options: item.options.map(({ text, correct }) => ({ text: text.trim(), correct })),
    };
  }
  const { kind, checks, entry, seed, limitMs } = item;
  // A checkout on Windows may end its lines otherwise; that changes no mark.
  return { kind, checks: checks.replaceAll('\r\n', '\n').trimEnd(), entry, seed, limitMs };
};
