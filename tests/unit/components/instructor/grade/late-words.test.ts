import { expect, it } from 'vitest';
import {
  lateWords,
  lateWordsForInstructor,
} from '../../../../../src/components/Instructor/Grade/late-words.ts';

it('names an exception to the instructor, once names are revealed, and to no student', () => {
  const late = { state: 'late', minutesLate: 30, factor: 0.9, exception: 'Zoë Lyle' } as const;
  expect(lateWordsForInstructor(late, { revealed: true })).toBe(
    '30 min late: × 0.9, by the exception for “Zoë Lyle”',
  );
  expect(lateWordsForInstructor(late, { revealed: false })).toBe(
    '30 min late: × 0.9, by an exception',
  );
  expect(lateWords(late)).toBe('30 min late: × 0.9');
  const { exception: _, ...plain } = late;
  expect(lateWordsForInstructor(plain, { revealed: true })).toBe(lateWords(plain));
});
