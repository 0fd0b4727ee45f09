import type { MistakeSource } from '../runtime/protocol.ts';
import { ReaderError } from '../shared/reader-error.ts';

/**
 * Reads a known wrong program: a module that opens with a doc comment in which `@fails` names the check
 * that it fails and `@advice` says what a reader who made it must see.
 *
 * @param name file name without extension
 * @param code the whole text of the file
 * @throws ReaderError naming the file and the tag that is missing, doubled or empty
 */
export function parseMistake(name: string, code: string): MistakeSource {
  const comment = /^\s*\/\*\*([\s\S]*?)\*\//.exec(code)?.[1];
  if (comment === undefined) {
    throw new ReaderError({
      code: 'mistake-without-comment',
      explain: `mistakes/${name}.ts must open with a doc comment.`,
      hint: 'Begin the file with /** … */ and put @fails and @advice in it.',
    });
  }
  const tags = readTags(comment);
  const fails = requireTag(name, tags, 'fails', 'the id of the check that this program fails');
  const advice = requireTag(name, tags, 'advice', 'what a reader who made this mistake must see');
  if (/\s/.test(fails)) {
    throw new ReaderError({
      code: 'mistake-tag-invalid',
      explain: `@fails of mistakes/${name}.ts must be one check id; it is “${fails}”.`,
    });
  }
  return { name, fails, advice, code };
}

/** Tags of a doc comment with their text, which may run over several lines. */
function readTags(comment: string): Map<string, string[]> {
  const text = comment.replace(/^[ \t]*(?:\* ?)?/gm, '');
  const tags = new Map<string, string[]>();
  for (const [, tag = '', body = ''] of text.matchAll(/^@(\w+)([\s\S]*?)(?=^@\w|(?![\s\S]))/gm)) {
    tags.set(tag, [...(tags.get(tag) ?? []), body.replace(/\s+/g, ' ').trim()]);
  }
  return tags;
}

function requireTag(name: string, tags: Map<string, string[]>, tag: string, what: string): string {
  const [value, ...more] = tags.get(tag) ?? [];
  if (value && more.length === 0) return value;
  const came =
    value === undefined ? 'It has none.' : value === '' ? 'Its text is empty.' : 'It has several.';
  throw new ReaderError({
    code: 'mistake-tag-missing',
    explain: `mistakes/${name}.ts needs one @${tag}: ${what}.`,
    elaborate: came,
    hint: `Write “@${tag} …” in the comment at its top.`,
  });
}
