import { ReaderError } from '../../shared/reader-error.ts';
import type { GradingSheet, Runner } from './graded.ts';
import { allPassed } from './marks.ts';

const mostCharacters = 200_000;
const heading = /^\/\/[ \t]*exercise:[ \t]*(\S+)[ \t]*$/gm;

/**
 * Reads an instructor's own checks. One file may hold those of several exercises, each part a whole `checks.ts` that
 * begins with a line such as `// exercise: scale-and-zero-point`; what stands above the first is put before every part.
 * A file without such lines belongs to the exercise that it is named for, or to the only one there is.
 *
 * @param name - the file's
 * @param exercises - ids of the assignment's
 * @returns text by exercise
 * @throws ReaderError `private-checks-too-large`, `private-checks-unassigned`, `private-checks-unknown-exercise`,
 *   `private-checks-doubled`, `private-checks-empty`
 */
export const readPrivateChecks = (
  text: string,
  name: string,
  exercises: readonly string[],
): Record<string, string> => {
  if (text.length > mostCharacters) {
    throw fault(
      'too-large',
      `${name} has ${text.length} characters; ${mostCharacters} are the most.`,
    );
  }
  const plain = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  const found = [...plain.matchAll(heading)];
  if (found.length === 0) return { [requireOwner(name, exercises)]: requireChecks(plain, name) };
  const shared = plain.slice(0, found[0]!.index);
  const parts = new Map<string, string>();
  for (const [index, match] of found.entries()) {
    const id = match[1]!;
    if (!exercises.includes(id)) {
      throw fault(
        'unknown-exercise',
        `${name} has checks for ${id}, which the assignment does not set.`,
        `Its exercises are ${exercises.join(', ')}.`,
      );
    }
    if (parts.has(id)) throw fault('doubled', `${name} has two parts for ${id}. Join them.`);
    const part = plain.slice(match.index + match[0].length, found[index + 1]?.index);
    parts.set(id, requireChecks(shared + part, `The part for ${id}`));
  }
  return Object.fromEntries(parts);
};

const requireOwner = (name: string, exercises: readonly string[]): string => {
  const named = name.replace(/^.*[\\/]/, '').replace(/(\.checks)?\.ts$/, '');
  const owner = exercises.includes(named) || exercises.length !== 1 ? named : exercises[0]!;
  if (exercises.includes(owner)) return owner;
  throw fault(
    'unassigned',
    `${name} does not say for which exercise its checks are.`,
    `Begin each part with a line such as // exercise: ${exercises[0] ?? 'id-of-the-exercise'}`,
  );
};

const requireChecks = (text: string, what: string): string => {
  if (/\bdefineChecks\b/.test(text)) return text;
  throw fault(
    'empty',
    `${what} holds no checks.`,
    'It should end in export default defineChecks([…]), as docs/authoring.md has it.',
  );
};

const fault = (which: string, explain: string, hint?: string): ReaderError =>
  new ReaderError({
    code: `private-checks-${which}`,
    explain,
    ...(hint === undefined ? {} : { hint }),
  });

/**
 * Tries an instructor's checks on the book's own solutions before they cost anybody a mark.
 *
 * @param sheetOf - an exercise's sheet; one without a solution is not tried
 * @returns what is wrong, by exercise; empty when all is well
 */
export const provePrivateChecks = async (
  privateChecks: Readonly<Record<string, string>>,
  sheetOf: (id: string) => Promise<GradingSheet | undefined>,
  { runner, seed }: { runner: Runner; seed: number },
): Promise<{ exercise: string; explain: string }[]> => {
  const faults: { exercise: string; explain: string }[] = [];
  for (const [exercise, checks] of Object.entries(privateChecks)) {
    const sheet = await sheetOf(exercise);
    if (sheet?.solution === undefined) continue;
    const { entry, limitMs, solution } = sheet;
    const report = await runner({
      exercise,
      code: solution,
      entry,
      checks,
      mistakes: [],
      seed,
      limitMs,
    });
    if (allPassed(report)) continue;
    const failed = report.results.find(({ status }) => status !== 'passed');
    const why = failed?.feedback?.message ?? report.error?.explain ?? 'None of them ran.';
    const which = failed === undefined ? '' : ` at “${failed.name}”`;
    faults.push({ exercise, explain: `The book’s own solution fails your checks${which}: ${why}` });
  }
  return faults;
};
