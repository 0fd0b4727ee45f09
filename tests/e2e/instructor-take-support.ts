import { readFileSync } from 'node:fs';
import { expect, type Download, type Page } from '@playwright/test';
import { assignmentLink } from '../../src/instructor/assignment-link.ts';
import { catalogueIndex, type Catalogue } from '../../src/instructor/catalogue.ts';
import type { Assignment } from '../../src/schemas/assignment.ts';
import { button } from './support.ts';

export const EXERCISE = 'count-the-bytes';
export const QUIZ = 'why-the-first-layer';
export const solution = readFileSync(`content/exercises/${EXERCISE}/solution.ts`, 'utf8');

/** An assignment of one exercise, one question and one written question, as this printing would make it. */
export const assignmentOf = async (
  page: Page,
  changes: Partial<Assignment> = {},
): Promise<Assignment> => {
  const answer = await page.request.get('exercises/index.json');
  const catalogue = (await answer.json()) as Catalogue;
  const index = catalogueIndex(catalogue);
  const version = (key: string): string => index.get(key)?.version ?? 'missing';
  return {
    format: 'heavy-weights-assignment',
    version: 1,
    id: 'atakentests',
    title: 'Week 1: bytes & biases',
    instructions: 'Read **1.1** first.\n\n- Then count.\n',
    book: catalogue.book,
    createdAt: '2026-09-01T08:00:00Z',
    items: [
      {
        kind: 'exercise',
        id: EXERCISE,
        points: 4,
        partial: 'per-check',
        version: version(`exercise ${EXERCISE}`),
      },
      { kind: 'quiz', id: QUIZ, points: 1, version: version(`quiz ${QUIZ}`) },
      {
        kind: 'written',
        id: 'why-bytes',
        points: 5,
        prompt: 'Why are the *biases* cheap?',
        rubric: [{ criterion: 'Counts them', points: 5, excellent: 'One a unit.' }],
      },
    ],
    graceMinutes: 0,
    late: { kind: 'accept' },
    exceptions: [],
    policy: { hints: 'free', hintCost: 0, solution: 'after-pass', attempts: 0 },
    variants: false,
    ...changes,
  };
};

/** Opens an assignment by its link, afresh: another fragment alone would not load the page. */
export const openLink = async (page: Page, assignment: Assignment): Promise<void> => {
  await page.goto('about:blank');
  await page.goto(`assignment/#${assignmentLink(assignment)}`);
  await expect(page.locator('hw-take')).toHaveAttribute('data-ready', '');
};

/** Says who one is, and begins. */
export const begin = async (
  page: Page,
  name = 'Ada Lovelace',
  number = 'al1815',
): Promise<void> => {
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('Your number or login').fill(number);
  await page.getByRole('button', { name: 'Begin', exact: true }).click();
  await expect(page.locator(`[data-exercise="${EXERCISE}"]`)).toBeVisible();
  await expect(page.locator(`[data-quiz="${QUIZ}"]`)).toBeVisible();
};

/** Chooses an option of the question and answers with it. */
export const answerQuiz = async (page: Page, option: number): Promise<void> => {
  const quiz = page.locator(`[data-quiz="${QUIZ}"]`);
  await quiz.getByRole('radio').nth(option).check();
  await button(quiz, 'Answer').click();
};

/** What a downloaded file holds. */
export const textOf = async (download: Download): Promise<string> =>
  readFileSync(await download.path(), 'utf8');

/** Presses a button of the hand-in that makes the file, and reads the file. */
export const handInBy = async (
  page: Page,
  name: string,
): Promise<{ text: string; file: string }> => {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name, exact: true }).click(),
  ]);
  return { text: await textOf(download), file: download.suggestedFilename() };
};

/** The row of an item in the list. */
export const rowOf = (page: Page, key: string): ReturnType<Page['locator']> =>
  page.locator(`[data-row="${key}"]`);
