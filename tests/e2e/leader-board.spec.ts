import { readFileSync } from 'node:fs';
import { expect, test, type Locator } from '@playwright/test';
import { button, exercise, typeCode, watchErrors } from './support.ts';

const ID = 'three-budgets';
const PAGE = 'chapters/06-the-final-problem/02-the-idle-zeros/';
const folder = `content/exercises/${ID}`;
const unitsOnly = readFileSync(`${folder}/mistakes/units-only.ts`, 'utf8');
const solution = readFileSync(`${folder}/solution.ts`, 'utf8');
/** It trains, and a thousand cards are read in integers. */
const checking = { timeout: 120_000 };

const rows = (task: Locator): Locator => task.locator('[data-board] tbody tr');

test('attempts at three budgets are measured, ranked, kept, brought back and cleared', async ({
  page,
}) => {
  test.setTimeout(400_000);
  const errors = watchErrors(page);
  await page.goto(PAGE);
  const task = exercise(page, ID);
  await task.scrollIntoViewIfNeeded();
  const board = task.locator('[data-board]');
  await expect(board).toContainText('in this browser only');

  // An attempt that fails is kept all the same, with what was measured of it.
  await typeCode(task, unitsOnly);
  await button(task, 'Check').click();
  await expect(rows(task)).toHaveCount(1, checking);
  await expect(task).toHaveAttribute('data-state', 'failed');
  const first = rows(task).first();
  await expect(first).toHaveAttribute('data-meets', 'false');
  await expect(first).toHaveAttribute('data-last', 'true');
  await expect(first.locator('td[data-meets="false"]').first()).toContainText(/\d/);

  // The solution meets all three, and stands first.
  await typeCode(task, solution);
  await button(task, 'Check').click();
  await expect(rows(task)).toHaveCount(2, checking);
  await expect(task).toHaveAttribute('data-state', 'passed');
  await expect(first).toHaveAttribute('data-meets', 'true');
  await expect(first).toHaveAttribute('data-front', 'true');
  await expect(first.locator('td[data-meets="true"]')).toHaveCount(3);
  await expect(rows(task).nth(1)).toHaveAttribute('data-last', 'false');

  // An attempt's code comes back into the editor, and the pass is still known for what it was.
  await rows(task)
    .nth(1)
    .getByRole('button', { name: /bring back/i })
    .click();
  await expect(task.locator('[data-editor]').first()).toContainText('dense_1: 0.75');
  await expect(task).toHaveAttribute('data-state', 'edited');

  // What stood in the editor is not lost by it.
  await button(task, 'Undo reset').click();
  await expect(task).toHaveAttribute('data-state', 'passed');

  // It outlives the page, and nothing of it leaves the browser.
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() !== 'GET' || !request.url().startsWith(new URL(page.url()).origin))
      sent.push(request.url());
  });
  await page.reload();
  await task.scrollIntoViewIfNeeded();
  await expect(rows(task)).toHaveCount(2);
  expect(sent.filter((url) => !url.startsWith('blob:') && !url.startsWith('data:'))).toEqual([]);

  // Cleared, and undone.
  await board.getByRole('button', { name: 'Clear attempts' }).click();
  await expect(rows(task)).toHaveCount(0);
  await expect(board.getByRole('button', { name: 'Undo clear' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(rows(task)).toHaveCount(2);
  await expect(first).toHaveAttribute('data-meets', 'true');
  expect(errors).toEqual([]);
});

test('the board fits a phone', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(PAGE);
  await page.locator(`[data-exercise="${ID}"]`).scrollIntoViewIfNeeded();
  // The page makes its own database: one that the test had made first would lack its stores.
  await expect
    .poll(() =>
      page.evaluate(async () =>
        (await indexedDB.databases()).some(({ name }) => name === 'heavy-weights'),
      ),
    )
    .toBe(true);
  // Two attempts as an earlier visit left them.
  await page.evaluate(async (id) => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('heavy-weights');
      opening.onsuccess = () => {
        resolve(opening.result);
      };
      opening.onerror = () => {
        reject(opening.error ?? new Error('no database'));
      };
    });
    const attempt = (at: number, bytes: number, accuracy: number, macs: number) => ({
      at,
      passed: false,
      measures: { bytes, accuracy, macs },
      code: 'export const shrink = 1;',
    });
    const attempts = [
      attempt(1e12, 115_536, 0.99, 1_096_400),
      attempt(2e12, 437_520, 0.995, 2_293_000),
    ];
    await new Promise((resolve) => {
      const writing = database.transaction('boards', 'readwrite');
      writing.objectStore('boards').put({ id, attempts, updatedAt: 1 });
      writing.oncomplete = resolve;
    });
    database.close();
  }, ID);
  await page.reload();
  const task = exercise(page, ID);
  await task.scrollIntoViewIfNeeded();
  await expect(rows(task)).toHaveCount(2);
  const table = task.locator('[data-board] table');
  const [wide, room] = await Promise.all([
    table.evaluate((node) => node.scrollWidth),
    task.locator('[data-board]').evaluate((node) => node.clientWidth),
  ]);
  expect(wide).toBeLessThanOrEqual(room);
});
