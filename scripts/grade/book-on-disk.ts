import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../src/build/project-root.ts';
import { loadExercise, type Exercise } from '../../src/exercises/load.ts';
import { parseQuiz } from '../../src/exercises/quiz.ts';
import type { GradingSheet, QuizKey, Sheets } from '../../src/instructor/grade/graded.ts';
import { itemVersion } from '../../src/instructor/item-version.ts';

/** The book as grading asks for it, read from this folder. Each part is read once. */
export class BookOnDisk implements Sheets {
  readonly #exercises = new Map<string, Promise<Exercise | undefined>>();
  /** One object each: its version is computed once. */
  readonly #sheets = new Map<string, Promise<GradingSheet | undefined>>();
  #quizzes: Promise<Map<string, QuizKey>> | undefined;

  /** The printing: the package's version. */
  readonly book: string = String(
    (JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { version: unknown })
      .version,
  );

  exercise(id: string): Promise<GradingSheet | undefined> {
    const sheet = this.#sheets.get(id) ?? this.#load(id).then(sheetOf);
    this.#sheets.set(id, sheet);
    return sheet;
  }

  async quiz(id: string): Promise<QuizKey | undefined> {
    this.#quizzes ??= quizKeys();
    return (await this.#quizzes).get(id);
  }

  /** What every student was given: likeness of that is nobody's doing. */
  async starter(id: string): Promise<string | undefined> {
    return (await this.#load(id))?.starter;
  }

  #load(id: string): Promise<Exercise | undefined> {
    const folder = join(projectRoot, 'content/exercises', id);
    let loading = this.#exercises.get(id);
    if (!loading) {
      // An id of an assignment has no slash and no dot: its schema sees to that.
      loading = existsSync(folder) ? loadExercise(folder) : Promise.resolve(undefined);
      this.#exercises.set(id, loading);
    }
    return loading;
  }
}

function sheetOf(exercise: Exercise | undefined): GradingSheet | undefined {
  if (!exercise) return undefined;
  const { data, checks, mistakes, solution, starter } = exercise;
  const { entry, seed, limits } = data;
  return { entry, seed, limitMs: limits.ms, checks, mistakes, solution, starter };
}

async function quizKeys(): Promise<Map<string, QuizKey>> {
  const folder = join(projectRoot, 'content/quizzes');
  const questions = readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .flatMap((file) => parseQuiz(readFileSync(join(folder, file), 'utf8'), file));
  const keys = questions.map(async ({ id, options }): Promise<[string, QuizKey]> => [
    id,
    {
      version: await itemVersion({ kind: 'quiz', options }),
      options: options.map(({ text }) => text.trim()),
      correct: options.findIndex(({ correct }) => correct),
    },
  ]);
  return new Map(await Promise.all(keys));
}
