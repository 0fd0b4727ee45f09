import { basename } from 'node:path';
import { readAssignment } from '../../src/instructor/assignment-file.ts';
import {
  provePrivateChecks,
  readPrivateChecks,
} from '../../src/instructor/grade/private-checks.ts';
import type { Runner, Sheets } from '../../src/instructor/grade/graded.ts';
import { readSealKey } from '../../src/instructor/seal-key.ts';
import type { Assignment } from '../../src/schemas/assignment.ts';
import { ReaderError } from '../../src/shared/reader-error.ts';
import { readBytes } from '../compress/files.ts';

const textOf = async (path: string): Promise<string> =>
  new TextDecoder().decode(await readBytes(path));

export const assignmentFrom = async (path: string): Promise<Assignment> =>
  readAssignment(await textOf(path));

/** The instructor's own checks by exercise. */
export async function privateChecksFrom(
  path: string | undefined,
  { items }: Assignment,
): Promise<Record<string, string>> {
  if (path === undefined) return {};
  const exercises = items.flatMap(({ kind, id }) => (kind === 'exercise' ? [id] : []));
  return readPrivateChecks(await textOf(path), basename(path), exercises);
}

/**
 * Before they cost anybody a mark, the instructor's checks are run on the book's own solutions.
 *
 * @throws ReaderError `private-checks-fail`
 */
export async function requireProven(
  privateChecks: Readonly<Record<string, string>>,
  sheets: Sheets,
  proof: { runner: Runner; seed: number },
): Promise<void> {
  const faults = await provePrivateChecks(privateChecks, (id) => sheets.exercise(id), proof);
  if (faults.length === 0) return;
  throw new ReaderError({
    code: 'private-checks-fail',
    explain:
      'The book’s own solutions do not pass your checks, so nobody’s work was marked by them.',
    elaborate: faults.map(({ exercise, explain }) => `${exercise}: ${explain}`).join('\n'),
    hint: 'Mend the checks, then run the command again.',
  });
}

/** The private key of an assignment with sealed hand-ins. */
export async function keyFrom(
  path: string | undefined,
  { id, title }: Assignment,
): Promise<JsonWebKey | undefined> {
  if (path === undefined) return undefined;
  const { assignment, key } = readSealKey(await textOf(path));
  if (assignment === id) return key;
  throw new ReaderError({
    code: 'seal-key-of-another-assignment',
    explain: `${path} is the key of another assignment, ${assignment}; “${title}” is ${id}.`,
  });
}
