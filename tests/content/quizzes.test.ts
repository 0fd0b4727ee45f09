import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as hw from 'heavy-weights';
import { transform } from 'sucrase';
import { describe, expect, test } from 'vitest';
import { sectionNumbers } from '../../scripts/verify-exercises/book-index.ts';
import { findQuizFaults, findTraceFault, parseQuiz } from '../../src/exercises/quiz.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = join(root, 'content/quizzes');
const files = (await readdir(folder)).filter((file) => file.endsWith('.yaml')).sort();
const texts = await Promise.all(
  files.map(async (file) => [file, await readFile(join(folder, file), 'utf8')] as const),
);
const questions = texts.flatMap(([file, text]) => parseQuiz(text, `content/quizzes/${file}`));
const traced = questions.filter((question) => question.traced !== undefined);

/** The value of a TypeScript expression over the engine. */
function evaluate(expression: string): unknown {
  const { code } = transform(`return (${expression});`, { transforms: ['typescript'] });
  return new Function('hw', `'use strict'; ${code}`)(hw);
}

describe('the questions of the book', () => {
  test('there are some, and some are traced', () => {
    expect(questions.length).toBeGreaterThan(0);
    expect(traced.length).toBeGreaterThan(0);
  });

  test('have one right option each, ids of their own and sections that exist', async () => {
    expect(findQuizFaults(questions, await sectionNumbers(root))).toEqual([]);
  });

  test.for(traced.map((question) => [question.id, question] as const))(
    '%s is answered as the engine answers',
    ([, question]) => {
      expect(findTraceFault(question, evaluate(question.traced ?? ''))).toBeUndefined();
    },
  );
});
