import { readFileSync } from 'node:fs';
import { readAssignment } from '../../../src/instructor/assignment-file.ts';
import type { Assignment } from '../../../src/schemas/assignment.ts';
import { ReaderError } from '../../../src/shared/reader-error.ts';

/** The text of a file that was written once and is never changed: old files keep opening. */
export const frozen = (name: string): string =>
  readFileSync(new URL(`./files/${name}`, import.meta.url), 'utf8');

/** An assignment with an item of every kind, other times and pinned sheets. */
export const exampleAssignment = (changes: Partial<Assignment> = {}): Assignment => ({
  ...readAssignment(frozen('assignment-1.json')),
  ...changes,
});

/** The code of the ReaderError that something throws or rejects with; `none` if it does not. */
export const codeOf = async (run: () => unknown): Promise<string> => {
  try {
    await run();
  } catch (error) {
    if (error instanceof ReaderError) return error.code;
    throw error;
  }
  return 'none';
};
