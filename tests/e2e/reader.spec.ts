import { readdirSync, readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { parse } from 'yaml';
import { button, exercise, typeCode, watchErrors } from './support.ts';

const ID = 'quantize-by-hand';
const folder = `content/exercises/${ID}`;
const solution = readFileSync(`${folder}/solution.ts`, 'utf8');
const mistakeFile = readdirSync(`${folder}/mistakes`).sort()[0] ?? '';
const mistake = readFileSync(`${folder}/mistakes/${mistakeFile}`, 'utf8');
/** First words of the advice, enough to know it by. */
const advice = (/@advice\s+([\s\S]*?)(?:\n\s*\*\s*@|\*\/)/.exec(mistake)?.[1] ?? '')
  .replace(/\n\s*\*\s?/g, ' ')
  .trim();
const section = (parse(readFileSync(`${folder}/exercise.yaml`, 'utf8')) as { chapter: string })
  .chapter;

test('the cover is two taps from a first result', async ({ page }) => {
  const errors = watchErrors(page);
  await page.goto('./');
  await page.getByRole('link', { name: /begin the case/i }).click(); // tap one
  const first = page.locator('[data-cell]').first();
  await button(first, 'Run').click(); // tap two
  await expect(first).toHaveAttribute('data-state', 'ran', { timeout: 30_000 });
  await expect(first.locator('[data-output]')).toContainText(/\d/);
  expect(errors).toEqual([]);
});

test('running the exercises of a section leaves its cells what they share', async ({ page }) => {
  await page.goto('chapters/02-the-science-of-eight-bits/02-one-rule-or-many/');
  const cell = (id: string) => page.locator(`[data-cell="${id}"]`);
  const ran = { timeout: 30_000 };
  await button(cell('one-scale-or-sixteen'), 'Run').click();
  await expect(cell('one-scale-or-sixteen')).toHaveAttribute('data-state', 'ran', ran);
  for (const id of ['per-channel-scales', 'per-group-int4']) {
    await button(exercise(page, id), 'Run').click();
    await expect(exercise(page, id)).toContainText('Finished in', ran);
  }
  // It uses what the first cell defined.
  await button(cell('the-wrong-axis'), 'Run').click();
  await expect(cell('the-wrong-axis')).toHaveAttribute('data-state', 'ran', ran);
});

test('a reader solves an exercise, meets a known mistake, survives an endless loop and comes back', async ({
  page,
}) => {
  test.setTimeout(180_000);
  const errors = watchErrors(page);
  expect(advice.length).toBeGreaterThan(20);

  await page.goto('contents/');
  await page
    .getByRole('link', { name: /the first weight/i })
    .first()
    .click();
  const task = exercise(page, ID);
  await expect(task).toHaveAttribute('data-state', 'untouched');

  // A known mistake, typed: its own advice appears.
  await typeCode(task, mistake);
  await expect(task).toHaveAttribute('data-state', 'edited');
  await button(task, 'Check').click();
  await expect(task).toHaveAttribute('data-state', 'failed', { timeout: 30_000 });
  await expect(task.getByRole('status')).toContainText(advice.slice(0, 60));

  // The right answer, typed: it passes.
  await typeCode(task, solution);
  await button(task, 'Check').click();
  await expect(task).toHaveAttribute('data-state', 'passed', { timeout: 30_000 });
  await expect(task.getByRole('status')).toContainText(/passed/i);

  // An endless loop in a cell ends in a message, and the page lives: the next cell runs.
  const cells = page.locator('[data-cell]');
  const loop = cells.first();
  await typeCode(loop, 'while (true) {}');
  await button(loop, 'Run').click();
  await expect(button(loop, 'Stop')).toBeVisible();
  await expect(loop.getByRole('status')).toContainText(/time limit|limit/i, { timeout: 60_000 });
  await button(loop, 'Reset').click();
  await button(loop, 'Run').click();
  await expect(loop).toHaveAttribute('data-state', 'ran', { timeout: 30_000 });

  // Reload: the text, the pass and the place are still there.
  await page.reload();
  await task.scrollIntoViewIfNeeded();
  await expect(task).toHaveAttribute('data-state', 'passed', { timeout: 15_000 });
  await page.goto('./');
  await expect(
    page.getByRole('link', { name: new RegExp(`continue at ${section.replace('.', '\\.')}`, 'i') }),
  ).toBeVisible();
  await page.goto('case-book/');
  await expect(page.getByText(/stored only in this browser/i)).toBeVisible();
  await expect(page.getByRole('main')).toContainText(/passed/i);
  expect(errors).toEqual([]);
});

test('the same by keyboard alone', async ({ page }) => {
  test.setTimeout(180_000);
  await page.goto('./');
  await tabTo(page, /begin the case/i);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/chapters\//);
  await tabTo(page, /^run$/i);
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-cell]').first()).toHaveAttribute('data-state', 'ran', {
    timeout: 30_000,
  });

  await page.goto('contents/');
  await tabTo(page, /the first weight/i);
  await page.keyboard.press('Enter');
  const task = exercise(page, ID);
  await task.locator('[data-editor]').first().waitFor();
  for (let presses = 0; presses < 200; presses += 1) {
    await page.keyboard.press('Tab');
    if (
      await task.evaluate(
        (node) => node.querySelector('[data-editor]')?.contains(document.activeElement) ?? false,
      )
    )
      break;
  }
  // Focus opens the editor; typing goes to it, and Ctrl+M lets Tab leave it again.
  await expect(task.locator('textarea, .native-edit-context').first()).toBeFocused({
    timeout: 20_000,
  });
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(solution);
  await page.keyboard.press('Control+m');
  await tabTo(page, /^check$/i);
  await page.keyboard.press('Enter');
  await expect(task).toHaveAttribute('data-state', 'passed', { timeout: 30_000 });
});

/** Presses Tab until what has focus is called `name`. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 200; presses += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const node = document.activeElement;
      return (node?.getAttribute('aria-label') ?? node?.textContent ?? '').trim();
    });
    if (name.test(focused)) return;
  }
  throw new Error(`Tab never reached ${String(name)}`);
}
