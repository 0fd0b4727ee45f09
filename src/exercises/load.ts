import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { CheckRequest, MistakeSource } from '../runtime/protocol.ts';
import { exerciseSchema } from '../schemas/exercise.ts';
import type { ExerciseData } from '../schemas/exercise.ts';
import { ReaderError } from '../shared/reader-error.ts';
import { parseHints } from './parse-hints.ts';
import { parseMistake } from './parse-mistake.ts';

/** An exercise with all its texts, as read from its folder. */
export interface Exercise {
  folder: string;
  data: ExerciseData;
  /** MDX */
  statement: string;
  /** Markdown, in order; the last gives the solution. */
  hints: string[];
  starter: string;
  solution: string;
  checks: string;
  mistakes: MistakeSource[];
  python: string;
}

/** The folders of a directory of exercises, in alphabetical order. */
export async function listExercises(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(directory, entry.name))
    .sort();
}

/**
 * Reads and validates one exercise folder. For the build and for verification: Node only.
 *
 * @throws ReaderError naming the folder and the file or field that is missing or wrong
 */
export async function loadExercise(folder: string): Promise<Exercise> {
  const name = basename(folder);
  try {
    const read = (file: string): Promise<string> => readText(folder, file);
    const data = parseExerciseYaml(await read('exercise.yaml'), name);
    return {
      folder,
      data,
      statement: await read('statement.mdx'),
      hints: parseHints(await read('hints.md')),
      starter: await read('starter.ts'),
      solution: await read('solution.ts'),
      checks: await read('checks.ts'),
      mistakes: await loadMistakes(join(folder, 'mistakes')),
      python: await read('python.py'),
    };
  } catch (error) {
    if (!(error instanceof ReaderError)) throw error;
    throw new ReaderError({ ...error.toData(), explain: `Exercise ${name}: ${error.explain}` });
  }
}

/** The request that a Check of this text makes. */
export function toCheckRequest(
  { data, checks, mistakes }: Exercise,
  code: string,
  seed = data.seed,
): CheckRequest {
  const { id, entry, limits } = data;
  return { exercise: id, code, entry, checks, mistakes, seed, limitMs: limits.ms };
}

async function readText(folder: string, file: string): Promise<string> {
  const path = join(folder, file);
  const text = existsSync(path) ? await readFile(path, 'utf8') : undefined;
  if (text !== undefined && text.trim() !== '') return text;
  throw new ReaderError({
    code: 'exercise-file-missing',
    explain: `${file} is ${text === undefined ? 'missing' : 'empty'}.`,
    hint: 'docs/authoring.md says what each file of an exercise holds.',
  });
}

function parseExerciseYaml(text: string, folder: string): ExerciseData {
  const parsed = exerciseSchema.safeParse(parse(text));
  if (!parsed.success) {
    throw new ReaderError({
      code: 'exercise-yaml-invalid',
      explain: 'exercise.yaml does not fit its schema.',
      elaborate: z.prettifyError(parsed.error),
    });
  }
  if (parsed.data.id === folder) return parsed.data;
  throw new ReaderError({
    code: 'exercise-id-differs',
    explain: `exercise.yaml has the id “${parsed.data.id}”, and the folder is named “${folder}”.`,
    hint: 'The id is frozen: progress is filed under it. Name the folder after it.',
  });
}

async function loadMistakes(folder: string): Promise<MistakeSource[]> {
  const files = existsSync(folder)
    ? (await readdir(folder)).filter((file) => file.endsWith('.ts'))
    : [];
  if (files.length === 0) {
    throw new ReaderError({
      code: 'no-mistakes',
      explain: 'mistakes/ must hold at least one known wrong program.',
      hint: 'Each is a .ts file that opens with a comment naming @fails and @advice.',
    });
  }
  const texts = files.sort().map(async (file) => {
    return parseMistake(basename(file, '.ts'), await readFile(join(folder, file), 'utf8'));
  });
  return Promise.all(texts);
}
