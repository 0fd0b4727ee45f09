import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';

const fixture = readFileSync('tests/unit/progress/fixtures/export-v1.json', 'utf8');

const choose = async (page: Page, content: string, name = 'progress.json'): Promise<void> => {
  await expect(page.getByRole('button', { name: 'Open a file' })).toBeEnabled();
  await page
    .locator('[data-file]')
    .setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(content) });
};
const report = (page: Page) => page.locator('[data-report]');
const row = (page: Page, key: string) => page.locator(`[data-record="${key}"] [data-standing]`);

test('progress is imported after a preview, survives a reload, is exported, erased and brought back', async ({
  page,
}) => {
  await page.goto('case-book/');
  await choose(page, fixture);
  await expect(report(page)).toContainText('6 new');
  await expect(row(page, 'exercises:count-the-bytes')).toHaveText('not yet');
  await page.getByRole('button', { name: 'Import it' }).click();
  await expect(row(page, 'exercises:count-the-bytes')).toHaveText('passed, checked 2 times');
  await expect(row(page, 'quizzes:biases-or-weights')).toHaveText('right at try 2');

  await page.reload();
  await expect(row(page, 'exercises:count-the-bytes')).toHaveText('passed, checked 2 times');
  await page.goto('contents/');
  await expect(page.getByRole('link', { name: /continue at 1\.2/i })).toHaveAttribute(
    'href',
    /02-what-a-number-weighs\/$/,
  );
  await expect(page.locator('[data-tally]').first()).toContainText(/\d of \d+ done/);

  await page.goto('case-book/');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('[data-action="export"]:enabled').click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^heavy-weights-\d{4}-\d\d-\d\d\.json$/);
  const saved = JSON.parse(readFileSync(await download.path(), 'utf8'));
  expect(saved.data.exercises).toEqual(JSON.parse(fixture).data.exercises);

  await page.getByRole('button', { name: 'Erase everything' }).click();
  await page.getByRole('button', { name: 'Keep everything' }).click();
  await expect(row(page, 'exercises:count-the-bytes')).toHaveText('passed, checked 2 times');
  await page.getByRole('button', { name: 'Erase everything' }).click();
  await page.getByRole('button', { name: 'Erase', exact: true }).click();
  await expect(row(page, 'exercises:count-the-bytes')).toHaveText('not yet');
  await page.getByRole('button', { name: 'Bring it back' }).click();
  await expect(row(page, 'exercises:count-the-bytes')).toHaveText('passed, checked 2 times');
});

test('a damaged file is refused with its reason, and nothing is lost', async ({ page }) => {
  await page.goto('case-book/');
  await choose(page, fixture);
  await page.getByRole('button', { name: 'Import it' }).click();
  await expect(report(page)).toContainText('Imported');

  await choose(page, fixture.slice(0, 900));
  await expect(report(page)).toContainText('cut short');
  await expect(report(page)).toContainText('Nothing here was changed');
  await choose(page, JSON.stringify({ ...JSON.parse(fixture), version: 99 }));
  await expect(report(page)).toContainText('version 99');
  await choose(page, '<html>not found</html>', '<img src=x onerror=alert(1)>.json');
  await expect(report(page)).toContainText('not whole JSON');
  expect(await report(page).locator('img').count()).toBe(0);

  const half = JSON.parse(fixture);
  half.data.exercises[0].state = 'won';
  half.data.quizzes[0].updatedAt += 1;
  await choose(page, JSON.stringify(half));
  await expect(report(page)).toContainText('1 damaged and left out');
  await expect(report(page)).toContainText('exercises[0]');
  await page.getByRole('button', { name: 'Leave it' }).click();
  await expect(report(page)).toHaveText('Nothing was changed.');
  await expect(row(page, 'exercises:count-the-bytes')).toHaveText('passed, checked 2 times');
});

test('what one tab does, another shows', async ({ context }) => {
  const [one, two] = [await context.newPage(), await context.newPage()];
  await one.goto('case-book/');
  await two.goto('case-book/');
  await expect(two.locator('[data-action="export"]').first()).toBeEnabled();
  await choose(one, fixture);
  await one.getByRole('button', { name: 'Import it' }).click();
  await expect(row(two, 'exercises:count-the-bytes')).toHaveText('passed, checked 2 times');
});

test('without IndexedDB the reader is warned and may save what there is to a file', async ({
  page,
}) => {
  await page.addInitScript(() => {
    Object.defineProperty(globalThis, 'indexedDB', { value: undefined });
  });
  await page.goto('case-book/');
  const notice = page.locator('[data-notice="storage"]');
  await expect(notice).toContainText('does not let the book store anything');
  await choose(page, fixture);
  await page.getByRole('button', { name: 'Import it' }).click();
  await expect(row(page, 'exercises:count-the-bytes')).toHaveText('passed, checked 2 times');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    notice.getByRole('button', { name: 'Save to a file' }).click(),
  ]);
  expect(readFileSync(await download.path(), 'utf8')).toContain('count-the-bytes');
});
