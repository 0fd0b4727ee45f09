import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import {
  act,
  choose,
  measureLittle,
  openBookModel,
  operatorsIn,
  part,
  run,
  RUN,
  step,
} from './workbench-support.ts';

test.beforeEach(({ page }) => {
  test.setTimeout(240_000);
  page.setDefaultTimeout(60_000);
});

test('a model is dropped, or chosen', async ({ page }) => {
  await page.goto('workbench/');
  const zone = page.locator('[data-drop="model"]');
  await expect(act(page, 'choose-model')).toBeEnabled();
  const dropped = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['<!doctype html>'], 'page.h5'));
    return transfer;
  });
  await zone.dispatchEvent('dragenter', { dataTransfer: dropped });
  await expect(zone).toHaveAttribute('data-over');
  await zone.dispatchEvent('drop', { dataTransfer: dropped });
  await expect(zone).not.toHaveAttribute('data-over');
  await expect(part(page, 'model-status')).toContainText('page.h5 was refused', RUN);
  await expect(step(page, 'inside')).toBeHidden();

  await act(page, 'choose-model').focus();
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.keyboard.press('Enter'),
  ]);
  expect(chooser.isMultiple()).toBe(true);
});

test('by keyboard alone a model becomes a file', async ({ page }) => {
  await page.goto('workbench/');
  await expect(act(page, 'choose-model')).toBeEnabled();
  /** As a reader looks for something: on, and on. */
  const tabTo = async (selector: string): Promise<void> => {
    const wanted = page.locator(selector);
    for (let presses = 0; presses < 60; presses++) {
      if (await wanted.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press('Tab');
    }
    await expect(wanted).toBeFocused({ timeout: 1 });
  };
  await tabTo('[data-book-model="bn-cnn"]');
  await page.keyboard.press('Enter');
  await expect(page.locator('#wb-inside')).toBeFocused(RUN);
  await tabTo('[name="mode"][value="int8"]');
  await page.keyboard.press('ArrowDown');
  const mode = await page.locator('[name="mode"]:checked').getAttribute('value');
  expect(mode).not.toBe('int8');
  await page.keyboard.press('ArrowUp');
  await expect(page.locator('[name="mode"][value="int8"]')).toBeChecked();
  await tabTo('.workbench-more summary');
  await page.keyboard.press('Space');
  for (const name of ['calibrationExamples', 'testExamples']) {
    await tabTo(`[name="${name}"]`);
    await page.keyboard.type('32');
  }
  await tabTo('[data-act="run"]');
  await page.keyboard.press('Enter');
  await expect(act(page, 'stop')).toBeFocused();
  await expect(page.locator('#wb-result')).toBeFocused(RUN);
  await tabTo('[data-save="tflite"]');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.keyboard.press('Enter'),
  ]);
  expect(operatorsIn(readFileSync(await download.path()))).toContain('CONV_2D');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing on a bench in full use: ${colorScheme}`, async ({ browser, baseURL }) => {
    const context = await browser.newContext({
      baseURL: baseURL ?? '',
      colorScheme,
      viewport: { width: 390, height: 844 },
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    await openBookModel(page, 'bn-cnn');
    await page.locator('[name="prunePercent"]').fill('40');
    await page.locator('[name="pruneMethod"][value="fine-tune"]').check();
    await page.locator('[name="pruneMethod"][value="one-shot"]').check();
    await page.locator('[name="cluster"]').check();
    await measureLittle(page);
    await run(page);
    await choose(page, 'model', {
      name: 'page.h5',
      bytes: new TextEncoder().encode('<!doctype html>'),
    });
    await expect(part(page, 'model-error')).toContainText(/\w/, RUN);
    for (const details of await step(page, 'result').locator('summary').all())
      await details.click();
    for (const width of [390, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect
        .soft(
          violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join()}`),
        )
        .toEqual([]);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect.soft(overflow, `scrolls sideways at ${width} px`).toBeLessThanOrEqual(0);
    }
    await context.close();
  });
}

test('without JavaScript the page says what it needs', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ baseURL: baseURL ?? '', javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto('workbench/');
  await expect(page.locator('.desk-notice')).toContainText('needs JavaScript');
  await expect(act(page, 'choose-model')).toBeDisabled();
  await context.close();
});
