import { expect, test } from '@playwright/test';
import { button, watchErrors } from './support.ts';

test('what was visited opens offline, and its cells run', async ({ page, context }) => {
  test.setTimeout(120_000);
  await page.goto('./');
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.getByRole('link', { name: /begin the case/i }).click();
  const first = page.locator('[data-cell]').first();
  await button(first, 'Run').click();
  await expect(first).toHaveAttribute('data-state', 'ran', { timeout: 30_000 });
  await page.waitForLoadState('networkidle');

  await context.setOffline(true);
  const errors = watchErrors(page);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await button(first, 'Run').click();
  await expect(first).toHaveAttribute('data-state', 'ran', { timeout: 30_000 });
  expect(errors.filter((text) => text.startsWith('page error'))).toEqual([]);

  // A page never visited says that it is not there, and how to go on, instead of the browser's error page.
  await page.goto('bibliography/').catch(() => undefined);
  await expect(page.locator('body')).toContainText(/offline|bibliography/i);
});
