import type { ExerciseRecord } from './records.ts';

/** The newer record with the first pass of the two, and the text that passed last. */
export const keepPass = (
  older: ExerciseRecord | undefined,
  newer: ExerciseRecord,
): ExerciseRecord => {
  const times = [older?.passedAt, newer.passedAt].filter((time) => time !== undefined);
  const passedCode = newer.passedCode ?? older?.passedCode;
  return {
    ...newer,
    ...(times.length === 0 ? {} : { passedAt: Math.min(...times) }),
    ...(passedCode === undefined ? {} : { passedCode }),
  };
};
