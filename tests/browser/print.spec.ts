import { expect, test } from '@playwright/test';

const section = 'chapters/01-a-model-too-heavy/01-a-client-in-distress/';

test('on paper are the words and the whole of the code, and nothing to press', async ({ page }) => {
  await page.goto(section);
  const code = page.locator('[data-cell] [data-editor]').first();
  await code.click();
  await expect(code).not.toHaveAttribute('data-editor', '', { timeout: 30_000 });
  await page.emulateMedia({ media: 'print' });
  // What the browser says when the reader prints.
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await expect(code.locator('pre')).toBeVisible();
  await expect(code.locator('pre')).toContainText('display.bar(');
  await expect(code.locator('.hw-editor')).toBeHidden();
  expect(await code.locator('pre').evaluate((pre) => pre.scrollWidth - pre.clientWidth)).toBe(0);
  for (const control of ['button', '.figure-controls', '.section-nav', '.site-header']) {
    await expect(page.locator(control).filter({ visible: true })).toHaveCount(0);
  }
  await expect(page.locator('.sidenote-text').first()).toBeVisible();
  await expect(page.locator('.case-notes')).toBeVisible();

  await page.emulateMedia({ media: 'screen' });
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  await expect(code.locator('pre')).toHaveCount(0);
  await expect(code.locator('.hw-editor')).toBeVisible();
});

test('the case notes of every section are on one page, with the evidence apart', async ({
  page,
}) => {
  const notes = page.locator('.section-notes');
  await page.goto('contents/');
  const links = await page
    .locator('main a[href*="/chapters/"]')
    .evaluateAll((found) => found.map((link) => (link as HTMLAnchorElement).pathname));
  const sections = new Set(links).size;
  expect(sections).toBeGreaterThan(14);
  await page.goto('case-notes/');
  await expect(notes).toHaveCount(sections);
  await expect(notes.getByRole('listitem')).toHaveCount(5 * sections);
  await page.getByLabel('Only the evidence').check();
  await expect(notes.getByRole('listitem').filter({ visible: true })).toHaveCount(sections);
  await notes.first().getByRole('link').click();
  await expect(page).toHaveURL(new RegExp(section));
});
