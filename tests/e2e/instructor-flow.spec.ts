/** From an empty desk to a CSV: built, given out, taken by two students, one of whom forges, graded here and in the shell. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { unzipSync } from 'fflate';
import { expect, test, type Browser, type Download, type Page } from '@playwright/test';
import { readResults } from '../../scripts/grade/results-file.ts';
import { parseQuiz } from '../../src/exercises/quiz.ts';
import { readHandIn, receiptOf, writeHandIn } from '../../src/instructor/hand-in-file.ts';
import { button, exercise, typeCode, watchErrors } from './support.ts';

const EXERCISE = 'quantize-by-hand';
const QUIZ = 'biases-or-weights';
const TITLE = 'Weights, & measures <1>';
const LONG = { timeout: 60_000 };

const folder = `content/exercises/${EXERCISE}`;
const solution = readFileSync(`${folder}/solution.ts`, 'utf8');
const mistake = readFileSync(`${folder}/mistakes/truncates.ts`, 'utf8');
const quizFile = 'content/quizzes/chapter-1.yaml';
const { options } = parseQuiz(readFileSync(quizFile, 'utf8'), quizFile).find(
  ({ id }) => id === QUIZ,
)!;
const right = options.findIndex(({ correct }) => correct);
const wrong = right === 0 ? 1 : 0;

let work: string;
test.beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'instructor-'));
});
test.afterAll(() => {
  rmSync(work, { recursive: true });
});

/** Presses something, and keeps the file that comes of it. */
async function saved(page: Page, press: () => Promise<void>): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download', LONG) as Promise<Download>,
    press(),
  ]);
  const path = join(work, download.suggestedFilename());
  await download.saveAs(path);
  return path;
}

interface Student {
  name: string;
  id: string;
  code: string;
  passes: boolean;
  /** Options of the question, as they are tried. */
  tries: number[];
  text: string;
}

/** A student in a browser of their own: opens the link, works, hands in. Gives the path of the file. */
async function take(browser: Browser, link: string, student: Student): Promise<string> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const errors = watchErrors(page);
  await page.goto(link);
  await expect(page.locator('[data-title]')).toHaveText(TITLE);
  await page.getByLabel('Your name').fill(student.name);
  await page.getByLabel('Your number or login').fill(student.id);
  await page.getByRole('button', { name: 'Begin', exact: true }).click();

  const task = exercise(page, EXERCISE);
  await typeCode(task, student.code);
  await button(task, 'Check').click();
  const state = student.passes ? 'passed' : 'failed';
  await expect(task).toHaveAttribute('data-state', state, LONG);
  const quiz = page.locator(`[data-quiz="${QUIZ}"]`);
  for (const option of student.tries) {
    await quiz.locator(`input[value="${option}"]`).check();
    await button(quiz, 'Answer').click();
  }
  await page.getByLabel('Your answer').fill(student.text);

  const path = await saved(page, async () => {
    await page.locator('[data-act="hand-in"]').click();
    if (!student.passes) {
      // What is not as it should be is listed first.
      await expect(page.getByRole('heading', { name: 'Before you hand in' })).toBeVisible();
      await page.getByRole('button', { name: 'Hand in as it is' }).click();
    }
  });
  await expect(page.getByRole('heading', { name: 'Your hand-in is ready' })).toBeVisible();
  const handIn = readHandIn(readFileSync(path, 'utf8'));
  await expect(page.locator('.take-receipt')).toHaveText(handIn.receipt.match(/.{4}/g)!.join(' '));
  // Readable text comes first in the file.
  expect(readFileSync(path, 'utf8').trimStart()).toMatch(/^\{\s*"readMe"/);
  expect(errors).toEqual([]);
  await context.close();
  return path;
}

/** Somebody who knows the book's code claims a pass, and makes a receipt that fits. */
async function forge(path: string): Promise<void> {
  const handIn = readHandIn(readFileSync(path, 'utf8'));
  const answers = handIn.answers.map((answer) =>
    answer.kind === 'exercise'
      ? { ...answer, claimed: { passed: true, checks: 9, of: 9 } }
      : answer,
  );
  const forged = { ...handIn, answers };
  writeFileSync(path, writeHandIn({ ...forged, receipt: await receiptOf(forged) }));
}

test('build, link, two students, hand in, grade, CSV', async ({ page, browser }) => {
  test.setTimeout(600_000);
  const errors = watchErrors(page);
  await page.goto('instructors/build/');
  await page.locator('[data-act="new"]').click(LONG);
  await page.locator('[data-field="title"]').fill(TITLE);
  const catalogue = page.locator('[data-catalogue]');
  for (const key of [`exercise ${EXERCISE}`, `quiz ${QUIZ}`]) {
    await catalogue.locator(`[data-item="${key}"]`).getByRole('button', { name: /^Add/ }).click();
  }
  const chosen = page.locator(`[data-chosen="exercise ${EXERCISE}"]`);
  await chosen.locator('select').selectOption('all-or-nothing');
  await page.locator('[data-act="add-written"]').click();
  await page.getByLabel('The question, in Markdown').fill('Why **symmetric**?');
  await page.getByLabel(/^What is looked for, row 1/).fill('A reason');
  await expect(page.locator('[data-complete]')).toBeVisible();

  await page.locator('[data-act="make-link"]').click();
  const link = await page.locator('[data-link] input').inputValue();
  expect(new URL(link).hash).toMatch(/^#a=a[\w-]+$/);
  const assignment = await saved(page, () => page.locator('[data-act="save-file"]').click());

  // The package for course systems, of the same assignment.
  const scorm = await saved(page, () => page.locator('[data-act="scorm-save"]').click());
  const files = unzipSync(new Uint8Array(readFileSync(scorm)));
  expect(Object.keys(files)).toEqual(
    expect.arrayContaining(['imsmanifest.xml', 'index.html', 'sco.js', 'sco.css']),
  );
  expect(new TextDecoder().decode(files['index.html'])).toContain(link.replaceAll('&', '&amp;'));
  await expect(page.locator('[data-part="scorm"]')).toContainText('is a claim');

  const ada = await take(browser, link, {
    name: 'Ada Lovelace',
    id: 'ada',
    code: solution,
    passes: true,
    tries: [right],
    text: 'Zero has a code of its own.',
  });
  const bob = await take(browser, link, {
    name: '=Bob Babbage',
    id: 'bob',
    code: mistake,
    passes: false,
    tries: [wrong, right],
    text: '<img src=x onerror=alert(1)> I do not know.',
  });
  await forge(bob);

  await page.goto('instructors/grade/');
  await page.locator('[data-files="assignment"]').setInputFiles(assignment);
  await expect(page.locator('[data-part="title"]')).toHaveText(TITLE, LONG);
  await page.locator('[data-files="hand-ins"]').setInputFiles([ada, bob]);
  await expect(page.locator('[data-part="run-plan"]')).toContainText('2 hand-ins', LONG);
  await page.locator('[data-act="grade"]').click();
  await expect(page.locator('[data-part="run-status"]')).toHaveText('2 hand-ins graded.', LONG);

  // Anonymous until revealed; the claim stands beside what the re-run found.
  const table = page.locator('[data-part="rows"]');
  await expect(table).not.toContainText('Ada');
  await page.locator('[data-act="reveal"]').click();
  const row = (name: string) => table.getByRole('row', { name: new RegExp(name) });
  await expect(row('Ada Lovelace').locator('td').nth(1)).toHaveText('5');
  await expect(row('Ada Lovelace').locator('td').nth(2)).toHaveText('5');
  await expect(row('Bob Babbage').locator('td').nth(1)).toHaveText('4.67');
  await expect(row('Bob Babbage').locator('td').nth(2)).toHaveText('0.67');
  await expect(row('Bob Babbage').locator('td').nth(1)).toHaveAttribute('data-differs', '');

  for (const [name, points] of [
    ['Ada Lovelace', '5'],
    ['Bob Babbage', '2'],
  ] as const) {
    await row(name).getByRole('button').first().click();
    const detail = page.locator('[data-part="detail"]');
    await expect(detail.getByRole('heading', { level: 3 })).toContainText(name);
    await detail.locator('[data-criterion="0"]').fill(points);
    await detail.locator('[data-criterion="0"]').blur();
    await expect(detail.locator('.grade-sum')).not.toContainText('to be marked');
    await page.locator('[data-act="close"]').click();
  }
  // A student's text is shown as text.
  await expect(page.locator('hw-grade img[src="x"]')).toHaveCount(0);

  const csv = readFileSync(
    await saved(page, () => page.locator('[data-export="plain"]').click()),
    'utf8',
  );
  const lines = csv.split('\r\n');
  expect(lines.find((line) => line.startsWith('Ada Lovelace,ada,10,10,5,'))).toBeDefined();
  // Nothing that a spreadsheet would run.
  expect(lines.find((line) => line.startsWith("'=Bob Babbage,bob,2.67,10,4.67,"))).toBeDefined();
  expect(errors).toEqual([]);

  await sameInTheShell(assignment, [ada, bob]);
});

/** The same files in `npm run grade`: the same points of the re-run. */
async function sameInTheShell(assignment: string, handIns: readonly string[]): Promise<void> {
  const out = join(work, 'marks.csv');
  await promisify(execFile)(process.execPath, [
    'scripts/grade.ts',
    ...handIns,
    ...['--assignment', assignment, '--out', out, '--jobs', '1'],
  ]);
  const { lines } = readResults(out.replace('.csv', '.results.jsonl'));
  const earned = [...lines.values()].map(({ row, graded }) => [
    row.handIn?.student.id,
    graded?.earned,
    graded?.claimedEarned,
  ]);
  expect(earned.sort()).toEqual([
    ['ada', 5, 5],
    ['bob', 0.67, 4.67],
  ]);
}
