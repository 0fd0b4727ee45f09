import type { Student } from '../../schemas/hand-in.ts';
import { sha256 } from '../hash.ts';
import { studentKey } from '../student-key.ts';

/** A grading seed that nobody could have foreseen: 32 bits. */
export const newGradingSeed = (): number => crypto.getRandomValues(new Uint32Array(1))[0]!;

/**
 * The seed of one run: the first 32 bits of SHA-256(grading seed, student, item), so that it depends on neither the order of
 * the hand-ins nor on the other items, and another than any that the student could have tried at home.
 *
 * @param avoid - seeds that the student's own page used
 */
export const runSeed = async (
  gradingSeed: number,
  student: Student,
  item: string,
  avoid: readonly number[] = [],
): Promise<number> => {
  const bytes = await sha256(`${gradingSeed}\n${studentKey(student)}\n${item}`);
  let seed = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  while (avoid.includes(seed)) seed = (seed + 1) >>> 0;
  return seed;
};
