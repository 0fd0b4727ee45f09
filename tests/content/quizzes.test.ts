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

/** `content/quizzes/chapter-1.yaml:12`: where a question stands. */
function placeOf(id: string): string {
  const found = texts.flatMap(([file, text]) => {
    const line = text.split('\n').findIndex((own) => own.trim() === `- id: ${id}`);
    return line < 0 ? [] : [`content/quizzes/${file}:${line + 1}`];
  });
  return found.at(-1) ?? 'content/quizzes';
}

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
    const faults = findQuizFaults(questions, await sectionNumbers(root));
    expect(
      faults.map((fault) => `${placeOf(/^Question (\S+)/.exec(fault)?.[1] ?? '')}: ${fault}`),
    ).toEqual([]);
  });

  test('without an explanation of an option are refused, with file and line', () => {
    const [file, text] = texts[0]!;
    const lines = text.split('\n');
    const line = lines.findIndex((own) => /^ +why:/.test(own));
    const end = lines.findIndex((own, index) => index > line && /^ *- /.test(own));
    const without = [...lines.slice(0, line), ...lines.slice(end)].join('\n');
    expect(() => parseQuiz(without, file)).toThrow(
      new RegExp(`${file}:${line}: questions\\.0\\.options\\.0\\.why`),
    );
  });

  test.for(traced.map((question) => [question.id, question] as const))(
    '%s is answered as the engine answers',
    ([, question]) => {
      expect(
        findTraceFault(question, evaluate(question.traced ?? '')),
        placeOf(question.id),
      ).toBeUndefined();
    },
  );
});
