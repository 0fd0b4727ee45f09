import { describe, expect, it } from 'vitest';
import { itemVersion, type Versioned } from '../../../src/instructor/item-version.ts';
import { studentKey } from '../../../src/instructor/student-key.ts';
import { variantSeed } from '../../../src/instructor/variant-seed.ts';
import { newAssignmentId } from '../../../src/instructor/assignment-id.ts';
import { assignmentIdSchema } from '../../../src/schemas/assignment.ts';

const exercise = {
  kind: 'exercise',
  checks: 'export default [];',
  entry: ['quantize'],
  seed: 7,
  limitMs: 5000,
} as const;

const quiz = {
  kind: 'quiz',
  options: [
    { text: 'One', correct: false },
    { text: 'Two', correct: true },
  ],
} as const;

describe('the version of an item', () => {
  // Both computed by another program from the same canonical JSON.
  it('is the same in every printing', async () => {
    expect(await itemVersion(exercise)).toBe('f346abf11b77');
    expect(await itemVersion(quiz)).toBe('b6be9936d0be');
  });

  it('does not mind the ends of lines, nor whatever else an item carries', async () => {
    const more = { ...exercise, checks: 'export default [];\r\n', title: 'Another title' };
    expect(await itemVersion(more)).toBe('f346abf11b77');
    const why = quiz.options.map((option) => ({ ...option, text: ` ${option.text} `, why: 'So.' }));
    expect(await itemVersion({ kind: 'quiz', options: why })).toBe('b6be9936d0be');
  });

  it.each<[string, Versioned]>([
    ['the checks', { ...exercise, checks: 'export default [1];' }],
    ['the entry', { ...exercise, entry: ['quantise'] }],
    ['the seed', { ...exercise, seed: 8 }],
    ['the limit', { ...exercise, limitMs: 6000 }],
    ['an option', { kind: 'quiz', options: [quiz.options[0], { text: 'Three', correct: true }] }],
    ['the order', { kind: 'quiz', options: [quiz.options[1], quiz.options[0]] }],
    [
      'what is right',
      { kind: 'quiz', options: quiz.options.map((o) => ({ ...o, correct: !o.correct })) },
    ],
  ])('is another when %s changes', async (_what, changed) => {
    expect(await itemVersion(changed)).not.toBe(
      await itemVersion(changed.kind === 'quiz' ? quiz : exercise),
    );
  });
});

describe('the seed of a variant', () => {
  it('is the same on every machine', async () => {
    expect(await variantSeed('a0123456789', 'm2044')).toBe(3_196_524_488);
    expect(await variantSeed('a0123456789', 'Zoë Lyle')).toBe(2_779_036_733);
  });

  it('does not mind how a name is typed', async () => {
    const one = await variantSeed('a0123456789', 'Zoë Lyle');
    expect(await variantSeed('a0123456789', ' zoe\u0308  LYLE ')).toBe(one);
    expect(studentKey({ name: 'Zoë Lyle', id: ' ' })).toBe(
      studentKey({ name: 'ZOË LYLE', id: '' }),
    );
    expect(studentKey({ name: 'Zoë Lyle', id: 'M2044' })).toBe('m2044');
  });

  it('differs between students and between assignments', async () => {
    const students = Array.from({ length: 200 }, (_, i) => `m${i}`);
    const seeds = await Promise.all(students.map((id) => variantSeed('a0123456789', id)));
    expect(new Set(seeds).size).toBe(200);
    expect(seeds.every((seed) => Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32)).toBe(true);
    expect(await variantSeed('a9876543210', 'm0')).not.toBe(seeds[0]);
  });
});

describe('the identity of an assignment', () => {
  it('fits its schema and does not come twice', () => {
    const ids = Array.from({ length: 500 }, newAssignmentId);
    for (const id of ids) expect(assignmentIdSchema.safeParse(id).success).toBe(true);
    expect(new Set(ids).size).toBe(500);
  });
});
