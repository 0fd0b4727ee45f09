import { readFile, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { projectRoot } from '../../src/build/project-root.ts';
import { readyAssignments } from '../../src/build/ready-assignments.ts';
import { listExercises, loadExercise } from '../../src/exercises/load.ts';
import { parseQuiz } from '../../src/exercises/quiz.ts';
import { parseAssignment } from '../../src/instructor/assignment-file.ts';
import { assignmentLink } from '../../src/instructor/assignment-link.ts';
import { itemVersion } from '../../src/instructor/item-version.ts';
import { fromReady, type CatalogueVersion } from '../../src/instructor/ready-assignment.ts';
import type { ReadyAssignment } from '../../src/schemas/ready-assignment.ts';

const at = (...path: string[]): string => join(projectRoot, 'content', ...path);
const files = (await readdir(at('assignments'))).filter((file) => file.endsWith('.yaml'));
const ready = readyAssignments();
const exercises = await Promise.all((await listExercises(at('exercises'))).map(loadExercise));
const questions = (
  await Promise.all(
    (await readdir(at('quizzes'))).map(async (file) =>
      parseQuiz(await readFile(at('quizzes', file), 'utf8'), file),
    ),
  )
).flat();

const ofKind = <K extends ReadyAssignment['items'][number]['kind']>(
  { items }: ReadyAssignment,
  kind: K,
) =>
  items.filter((item) => item.kind === kind) as Extract<
    ReadyAssignment['items'][number],
    { kind: K }
  >[];

const words = (text: string): number => text.trim().split(/\s+/).length;

test('there is one ready-made assignment for each chapter, in a file of its name', () => {
  expect(ready.map(({ chapter }) => chapter)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(ready.map(({ id }) => `${id}.yaml`).sort()).toEqual(
    files.map((file) => basename(file)).sort(),
  );
});

describe.for(ready.map((assignment) => [assignment.id, assignment] as const))(
  '%s',
  ([, assignment]) => {
    const written = ofKind(assignment, 'written');

    test('has three to five exercises, three or four questions and a written one', () => {
      expect(ofKind(assignment, 'exercise').length).toBeGreaterThanOrEqual(3);
      expect(ofKind(assignment, 'exercise').length).toBeLessThanOrEqual(5);
      expect([3, 4]).toContain(ofKind(assignment, 'quiz').length);
      expect(written).toHaveLength(1);
    });

    test('takes its items from its own chapter, each once', () => {
      const chapterOf = (section: string | undefined): number => Number(section?.split('.')[0]);
      for (const { id } of ofKind(assignment, 'exercise')) {
        const found = exercises.find(({ data }) => data.id === id);
        expect(chapterOf(found?.data.chapter), `exercise ${id}`).toBe(assignment.chapter);
      }
      for (const { id } of ofKind(assignment, 'quiz')) {
        const found = questions.find((question) => question.id === id);
        expect(chapterOf(found?.section), `question ${id}`).toBe(assignment.chapter);
      }
      expect(new Set(assignment.items.map(({ id }) => id)).size).toBe(assignment.items.length);
    });

    test('has a rubric that adds up and says what is good and what is not', () => {
      for (const { points, rubric } of written) {
        expect(rubric.reduce((sum, criterion) => sum + criterion.points, 0)).toBe(points);
        for (const { criterion, excellent, insufficient } of rubric) {
          expect(excellent, criterion).toBeTruthy();
          expect(insufficient, criterion).toBeTruthy();
        }
      }
    });

    test('has a sample of an excellent answer, as long as is asked for, and one of an insufficient', () => {
      for (const { points, prompt, samples } of written) {
        const [, least, most] = /(\d+) to (\d+) words/.exec(prompt) ?? [];
        expect(words(samples.excellent.text)).toBeGreaterThanOrEqual(Number(least));
        expect(words(samples.excellent.text)).toBeLessThanOrEqual(Number(most));
        expect(samples.excellent.why).toMatch(new RegExp(`^${points} of ${points}\\.`));
        const [, few] = /^(\d+) of \d+\./.exec(samples.insufficient.why) ?? [];
        expect(Number(few)).toBeLessThan(points / 2);
      }
    });

    test('fits the schema of assignments and goes into a link', async () => {
      const catalogue: CatalogueVersion[] = await Promise.all([
        ...exercises.map(async ({ data: { id, entry, seed, limits }, checks }) => ({
          kind: 'exercise' as const,
          id,
          version: await itemVersion({ kind: 'exercise', checks, entry, seed, limitMs: limits.ms }),
        })),
        ...questions.map(async ({ id, options }) => ({
          kind: 'quiz' as const,
          id,
          version: await itemVersion({ kind: 'quiz', options }),
        })),
      ]);
      const own = { id: 'a0123456789', book: '0.1.0', createdAt: '2026-09-01T08:00:00Z' };
      const made = fromReady(assignment, catalogue, own);
      expect(parseAssignment(made)).toEqual(made);
      expect(assignmentLink(made).length).toBeLessThan(8_000);
    });
  },
);
