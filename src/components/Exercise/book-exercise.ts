import { join } from 'node:path';
import { projectRoot } from '../../build/project-root.ts';
import { renderMarkdown } from '../../build/render-markdown.ts';
import { listExercises, loadExercise } from '../../exercises/load.ts';
import type { Exercise } from '../../exercises/load.ts';
import type { ExerciseSheet } from './exercise-sheet.ts';

const folder = join(projectRoot, 'content', 'exercises');

/** An exercise of the book by id, read and validated while the site is built. */
export const bookExercise = (id: string): Promise<Exercise> => loadExercise(join(folder, id));

/** All exercises of the book. */
export const bookExercises = async (): Promise<Exercise[]> =>
  Promise.all((await listExercises(folder)).map(loadExercise));

/** What a page fetches when its reader presses Check, Hint or Solution. */
export const exerciseSheet = async (exercise: Exercise): Promise<ExerciseSheet> => ({
  entry: exercise.data.entry,
  seed: exercise.data.seed,
  limitMs: exercise.data.limits.ms,
  checks: exercise.checks,
  mistakes: exercise.mistakes,
  hints: await Promise.all(exercise.hints.map(renderMarkdown)),
  solution: exercise.solution.trimEnd(),
  starter: exercise.starter.trimEnd(),
});
