import { MOST_ASSIGNMENT_BYTES, readAssignment } from '../../../instructor/assignment-file.ts';
import type { Assignment } from '../../../schemas/assignment.ts';
import { ReaderError } from '../../../shared/reader-error.ts';

/**
 * Reads an assignment from a file that somebody chose.
 *
 * @param hint - which file it should be
 * @throws ReaderError of `readAssignment`, and `assignment-too-large` before anything of the file is read
 */
export const assignmentOfFile = async (
  file: Pick<File, 'name' | 'size' | 'text'>,
  hint: string,
): Promise<Assignment> => {
  if (file.size > MOST_ASSIGNMENT_BYTES) {
    throw new ReaderError({
      code: 'assignment-too-large',
      explain: `${file.name} has ${(file.size / 1e6).toFixed(0)} MB; no assignment is so large.`,
      hint,
    });
  }
  return readAssignment(await file.text());
};
