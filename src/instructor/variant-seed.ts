import { sha256 } from './hash.ts';
import { nameKey } from './student-key.ts';

/**
 * The seed of one student's variant of an assignment, the same on every machine: the first 32 bits of
 * SHA-256(assignment, student).
 *
 * @param studentId - the student's id, or the name if they have none (see `studentKey`)
 * @returns a whole number from 0 to 2³² − 1
 */
export const variantSeed = async (assignmentId: string, studentId: string): Promise<number> => {
  const bytes = await sha256(`${assignmentId}\n${nameKey(studentId)}`);
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
};
