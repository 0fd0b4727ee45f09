/** A course of students who hand in the book's own solutions and mistakes: what each must earn is known. */
import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../../src/build/project-root.ts';
import { loadExercise, type Exercise } from '../../src/exercises/load.ts';
import { buildHandIn, writeHandIn } from '../../src/instructor/hand-in-file.ts';
import { itemVersion } from '../../src/instructor/item-version.ts';
import { defaultRules } from '../../src/instructor/ready-assignment.ts';
import type { Assignment } from '../../src/schemas/assignment.ts';
import type { Answer, HandIn } from '../../src/schemas/hand-in.ts';

const SIX = [
  'count-the-bytes',
  'to-bfloat16',
  'scale-and-zero-point',
  'quantize-by-hand',
  'measure-sqnr',
  'magnitude-mask',
];
/** Of each exercise in it. */
export const POINTS = 5;

export interface Course {
  assignment: Assignment;
  exercises: Exercise[];
}

/** An assignment of small exercises, each all or nothing. */
export async function makeCourse(ids: readonly string[] = SIX): Promise<Course> {
  const exercises = await Promise.all(
    ids.map((id) => loadExercise(join(projectRoot, 'content/exercises', id))),
  );
  const items = await Promise.all(
    exercises.map(async ({ data: { id, entry, seed, limits }, checks }) => ({
      kind: 'exercise' as const,
      id,
      points: POINTS,
      partial: 'all-or-nothing' as const,
      version: await itemVersion({ kind: 'exercise', checks, entry, seed, limitMs: limits.ms }),
    })),
  );
  const assignment: Assignment = {
    format: 'heavy-weights-assignment',
    version: 1,
    id: 'a0123456789',
    title: 'Many hand-ins',
    instructions: '',
    book: '0.1.0',
    createdAt: '2026-11-01T09:00:00Z',
    items,
    due: '2026-11-20T18:00:00Z',
    ...defaultRules(),
    late: { kind: 'accept' },
    variants: false,
  };
  return { assignment, exercises };
}

/** Which exercise a student has wrong, by index; every third student has all right. */
export const wrongOf = (student: number, exercises: number): number | undefined =>
  student % 3 === 0 ? undefined : student % exercises;

/** Points that a student must earn. */
export const mustEarn = (student: number, { exercises }: Course): number =>
  POINTS * (exercises.length - (wrongOf(student, exercises.length) === undefined ? 0 : 1));

/** The hand-in of one student. All of them claim that everything passed. */
export function makeHandIn(student: number, { assignment, exercises }: Course): Promise<HandIn> {
  const wrong = wrongOf(student, exercises.length);
  const answers = exercises.map(({ data, solution, mistakes }, index): Answer => {
    const { version } = assignment.items[index] as { version: string };
    const mistake = mistakes[student % mistakes.length]!;
    return {
      kind: 'exercise',
      id: data.id,
      version,
      code: index === wrong ? mistake.code : solution,
      claimed: { passed: true, checks: 1, of: 1 },
      attempts: 1 + (student % 4),
      hintsShown: 0,
      solutionShown: false,
    };
  });
  return buildHandIn({
    assignment,
    student: { name: `Student ${student}`, id: `s${student}` },
    book: assignment.book,
    // Nobody begins at the same moment as another.
    startedAt: new Date(Date.UTC(2026, 10, 10, 8, 0, 0, student)).toISOString(),
    handedInAt: '2026-11-11T10:00:00Z',
    answers,
  });
}

/** Writes the hand-ins of students 1 … count, as files that arrived before the due time. */
export async function writeCourse(folder: string, course: Course, count: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  const arrived = new Date('2026-11-11T10:05:00Z');
  for (let student = 1; student <= count; student++) {
    const path = join(folder, `student-${student}.json`);
    await writeFile(path, writeHandIn(await makeHandIn(student, course)));
    await utimes(path, arrived, arrived);
  }
}
