import { readFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

const chapter = 'chapters/01-a-model-too-heavy';
const first = `${chapter}/01-a-client-in-distress/`;
const third = `${chapter}/03-the-first-weight/`;
const exerciseId = 'count-the-bytes';

const button = (within: Locator, name: string): Locator =>
  within.getByRole('button', { name, exact: true });
const cellAt = (page: Page, index: number): Locator => page.locator('[data-cell]').nth(index);
const code = (within: Locator): Locator => within.locator('[data-editor]').first();

/** Opens the editor by a click and waits until it is there. */
const openEditor = async (within: Locator): Promise<void> => {
  await code(within).scrollIntoViewIfNeeded();
  await code(within).click({ position: { x: 150, y: 30 } });
  await expect(code(within)).toHaveAttribute('data-editor', /monaco|plain/, { timeout: 30_000 });
};

/** Replaces all text of the open editor. */
const typeOver = async (page: Page, text: string): Promise<void> => {
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(text);
};

/** Runs code in a cell as a reader would, and waits for its end. */
const runText = async (page: Page, cell: Locator, text: string): Promise<void> => {
  await openEditor(cell);
  await typeOver(page, text);
  await button(cell, 'Run').click();
  await expect(cell).toHaveAttribute('data-state', /ran|failed/, { timeout: 30_000 });
};

test.describe('a cell', () => {
  test('a press on Run that comes before its controller is not lost', async ({ page }) => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route(/cell\.client/, async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(first);
    const cell = cellAt(page, 0);
    await button(cell, 'Run').click();
    await page.waitForTimeout(300);
    await expect(cell).toHaveAttribute('data-state', 'untouched');
    release();
    await expect(cell).toHaveAttribute('data-state', 'ran', { timeout: 30_000 });
    await expect(cell.getByRole('status')).toHaveText(/^Finished in [\d.]+ m?s\.$/);
  });

  test('shows what a program prints as text, and writes out what would hide or turn it', async ({
    page,
  }) => {
    await page.goto(first);
    const cell = cellAt(page, 0);
    await runText(
      page,
      cell,
      [
        "import { display } from 'heavy-weights/book';",
        "console.log('<img src=x onerror=document.title=1><b>bold</b>', 'pass\\u202eliaf');",
        "display.table([{ '<i>name</i>': '<script>1</script>', value: 0.1 + 0.2 }], { title: 'T<u>t</u>' });",
        "throw new Error('<s>struck</s>');",
      ].join('\n'),
    );
    const output = cell.locator('[data-output]');
    await expect(output).toContainText(
      '<img src=x onerror=document.title=1><b>bold</b> pass\\u{202e}liaf',
    );
    await expect(output.getByRole('cell')).toHaveText(['<script>1</script>', '0.3']);
    await expect(output).toContainText('<s>struck</s>');
    await expect(output.locator('img, b:not(.hw-hint b), i, u, s, script')).toHaveCount(0);
    await expect(page).not.toHaveTitle('1');
  });

  test('draws plots, heat maps and pictures with a description and their numbers', async ({
    page,
  }) => {
    await page.goto(first);
    const cell = cellAt(page, 0);
    await runText(
      page,
      cell,
      [
        "import { display } from 'heavy-weights/book';",
        "display.line({ up: [1, 2, 3], down: [3, 2, 1] }, { title: 'Two lines', xLabel: 'step', yLabel: 'value' });",
        "display.histogram([1, 2, 2, 3], { bins: 3, title: 'Counts' });",
        "display.heatmap([[-1, 0], [0.5, 2]], { title: 'Four numbers' });",
        "display.image({ data: [0, 1, 1, 0], width: 2, height: 2 }, { title: 'Chequer' });",
      ].join('\n'),
    );
    const output = cell.locator('[data-output]');
    await expect(
      output.getByRole('img', { name: /^Line plot: Two lines\. 6 values from 1\.00 to 3\.00/ }),
    ).toBeVisible();
    await expect(output.getByRole('img', { name: /^Histogram: Counts/ })).toBeVisible();
    const heat = output.getByRole('img', {
      name: /^Heat map: Four numbers, shape 2 × 2, float32; min -1, mean 0\.375, max 2$/,
    });
    await expect(heat).toBeVisible();
    // The value zero is the paper; the negative and the positive numbers have different hues.
    const pixels = await heat.evaluate((canvas) => [
      ...((canvas as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, 2, 2).data ?? []),
    ]);
    const pixel = (index: number): string => pixels.slice(index * 4, index * 4 + 3).join();
    expect(new Set([pixel(0), pixel(1), pixel(2), pixel(3)]).size).toBe(4);
    await expect(output.getByRole('img', { name: 'Picture: Chequer, 2 × 2 pixels' })).toBeVisible();
    await output.locator('figure', { hasText: 'Two lines' }).getByText('The numbers').click();
    await expect(output.getByRole('table').first().getByRole('row')).toHaveCount(7);
  });

  test('offers a file and saves it when asked', async ({ page }) => {
    await page.goto(first);
    const cell = cellAt(page, 0);
    await runText(
      page,
      cell,
      [
        "import { display } from 'heavy-weights/book';",
        "display.file('four.tflite', new Uint8Array([1, 2, 3, 4]));",
      ].join('\n'),
    );
    const offered = page.waitForEvent('download');
    await button(cell, 'Save four.tflite (4 bytes)').click();
    const download = await offered;
    expect(download.suggestedFilename()).toBe('four.tflite');
    expect([...(await readFile(await download.path()))]).toEqual([1, 2, 3, 4]);
    await expect(page).toHaveURL(new RegExp(first));
  });

  test('points to the line of an error and goes there', async ({ page }) => {
    await page.goto(first);
    const cell = cellAt(page, 0);
    await runText(page, cell, 'const a = 1;\n\nmissing(a);\nconst b = 2;');
    await expect(cell.getByRole('status')).toContainText('Ended by an error');
    await expect(cell.locator('.hw-marked').first()).toBeAttached();
    await button(cell, 'line 3').click();
    await page.keyboard.press('End');
    await page.keyboard.type(' // here');
    await page.keyboard.press('Escape');
    await expect(code(cell)).toContainText(/missing\(a\);\s*\/\/\s*here/);
  });

  test('keeps both versions, takes a reset back, and survives a reload', async ({ page }) => {
    await page.goto(first);
    const cell = cellAt(page, 0);
    const book = (await code(cell).locator('pre').textContent()) ?? '';
    await openEditor(cell);
    await typeOver(page, 'console.log("mine");');
    await expect(cell.locator('[data-mark]')).toBeVisible();
    const version = button(cell, 'The book’s version');
    await version.click();
    await expect(version).toHaveAttribute('aria-pressed', 'true');
    await expect(code(cell)).toContainText('openModel');
    await version.click();
    await button(cell, 'Reset').click();
    await expect(cell.locator('[data-mark]')).toBeHidden();
    await button(cell, 'Undo reset').click();
    await expect(code(cell)).toContainText('mine');
    await page.waitForTimeout(700);
    await page.reload();
    await expect(cell.locator('[data-mark]')).toBeVisible({ timeout: 15_000 });
    await expect(code(cell).locator('pre')).toHaveText('console.log("mine");');
    await button(cell, 'Reset').click();
    await expect(code(cell).locator('pre')).toHaveText(book);
  });

  test('keeps what was typed just before the page is left', async ({ page }) => {
    await page.goto(first);
    const cell = cellAt(page, 0);
    await openEditor(cell);
    await typeOver(page, 'const last = 1;');
    await page.reload();
    await expect(cell.locator('[data-mark]')).toBeVisible({ timeout: 15_000 });
    await expect(code(cell).locator('pre')).toHaveText('const last = 1;', { timeout: 15_000 });
  });

  test('offers to run what stands above it', async ({ page }) => {
    await page.goto(first);
    const second = cellAt(page, 1);
    await second.scrollIntoViewIfNeeded();
    await button(second, 'Run all above').click();
    await expect(second).toHaveAttribute('data-state', 'ran', { timeout: 30_000 });
    await expect(cellAt(page, 0)).toHaveAttribute('data-state', 'ran');
    await expect(button(second, 'Run all above')).toBeHidden();
  });

  test('stops when told, and runs again at once', async ({ page }) => {
    await page.goto(first);
    const cell = cellAt(page, 0);
    await openEditor(cell);
    await typeOver(page, 'while (true) {}');
    await page.keyboard.press('ControlOrMeta+Enter');
    await button(cell, 'Stop').click();
    await expect(cell.getByRole('status')).toContainText('Stopped');
    await expect(button(cell, 'Stop')).toBeHidden();
    await openEditor(cell);
    await typeOver(page, 'console.log(6 * 7);');
    await page.keyboard.press('ControlOrMeta+Enter');
    await expect(cell.locator('[data-output]')).toContainText('42');
  });

  test('shows its Python twin, marked as not executed', async ({ page }) => {
    await page.goto(first);
    const cell = cellAt(page, 0);
    await expect(cell.getByText('Not executed here')).toBeHidden();
    await button(cell, 'Python').click();
    await expect(cell.getByText('Not executed here')).toBeVisible();
    await expect(code(cell)).toBeHidden();
    await expect(button(cell, 'Python')).toHaveAttribute('aria-pressed', 'true');
  });
});

test.describe('the full editor', () => {
  test('takes the place of the static code without moving anything', async ({ page }) => {
    await page.goto(first);
    const cell = cellAt(page, 0);
    /** Where the first character of the program stands; null while Monaco is drawing its lines anew. */
    const glyph = (lines: string): Promise<{ x: number; y: number } | null> =>
      code(cell).evaluate((element, selector) => {
        // Monaco's lines stand in the document in any order.
        const line = [...element.querySelectorAll(selector)].find((one) =>
          one.textContent.startsWith('import'),
        );
        const text = line && document.createTreeWalker(line, NodeFilter.SHOW_TEXT).nextNode();
        if (!text) return null;
        const range = document.createRange();
        range.selectNodeContents(text);
        const { x, y } = range.getBoundingClientRect();
        return { x, y: y + scrollY };
      }, lines);
    await cell.scrollIntoViewIfNeeded();
    await page.evaluate(() => document.fonts.ready);
    const box = await code(cell).evaluate((element) => element.getBoundingClientRect().height);
    const before = await glyph('pre');
    if (before === null) throw new Error('The first cell does not begin with an import.');
    const started = Date.now();
    await openEditor(cell);
    console.log(`editor ready after ${Date.now() - started} ms`);
    await expect
      .poll(async () => {
        const after = await glyph('.view-line');
        return after && Math.max(Math.abs(after.x - before.x), Math.abs(after.y - before.y));
      })
      .toBeLessThanOrEqual(1);
    const height = await code(cell).evaluate((element) => element.getBoundingClientRect().height);
    expect(Math.abs(height - box)).toBeLessThanOrEqual(1);
  });

  test('knows the types, also of what cells above define', async ({ page }) => {
    await page.goto(first);
    const cell = cellAt(page, 1);
    await openEditor(cell);
    await typeOver(page, 'const count: string = model.countParams();');
    await expect(code(cell).locator('.squiggly-error')).toHaveCount(1, { timeout: 30_000 });
    await typeOver(page, '');
    await page.keyboard.type('model.countP');
    await expect(page.locator('.suggest-widget .monaco-list-row').first()).toContainText(
      'countParams',
      { timeout: 30_000 },
    );
  });

  test('lets a keyboard in, through and out', async ({ page }) => {
    await page.goto(first);
    const cell = cellAt(page, 0);
    const focusIn = (selector: string): Promise<boolean> =>
      page.evaluate((each) => document.activeElement?.closest(each) !== null, selector);
    await button(cell, 'Python').focus();
    await page.keyboard.press('Tab');
    await expect(code(cell)).toHaveAttribute('data-editor', 'monaco', { timeout: 30_000 });
    await expect.poll(() => focusIn('.monaco-editor')).toBe(true);
    // Who only passes is not held.
    await page.keyboard.press('Tab');
    await expect(button(cell, 'Run')).toBeFocused();
    await page.keyboard.press('Shift+Tab');
    await expect.poll(() => focusIn('.monaco-editor')).toBe(true);
    // Who types indents with Tab, and leaves with Escape.
    await page.keyboard.press('ControlOrMeta+End');
    await page.keyboard.type(' ');
    await page.keyboard.press('Tab');
    expect(await focusIn('.monaco-editor')).toBe(true);
    await page.keyboard.press('Escape');
    await expect(button(cell, 'Run')).toBeFocused();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Control+m');
    await expect(page.locator('.hw-announce')).toHaveText(/Tab now moves/);
    await page.keyboard.press('Tab');
    await expect(button(cell, 'Run')).toBeFocused();
  });
});

test.describe('the plain editor', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });

  test('serves a finger: no Monaco, symbols at hand, colours kept', async ({ page }) => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(first);
    const cell = cellAt(page, 0);
    await code(cell).scrollIntoViewIfNeeded();
    await code(cell).tap({ position: { x: 150, y: 30 } });
    await expect(code(cell)).toHaveAttribute('data-editor', 'plain');
    await expect(cell.getByRole('textbox')).toBeFocused();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('const f = ');
    for (const symbol of ['(', ')', '=>']) await button(cell, symbol).tap();
    await page.keyboard.type(' 41 + 1;\nconsole.log(f());');
    await expect(cell.getByRole('textbox')).toHaveValue(
      'const f = ()=> 41 + 1;\nconsole.log(f());',
    );
    await expect(code(cell).locator('.hw-shade .tk')).toHaveText('const');
    await button(cell, 'Run').tap();
    await expect(cell.locator('[data-output]')).toContainText('42', { timeout: 30_000 });
    expect(asked.filter((url) => /monaco|ts\.worker|editor\.api/.test(url))).toEqual([]);
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
    ).toBeLessThanOrEqual(0);
  });
});

test.describe('an exercise', () => {
  test('judges, hints one at a time, and keeps the solution until it is due', async ({ page }) => {
    await page.goto(first);
    const task = page.locator(`[data-exercise="${exerciseId}"]`);
    await expect(task).toHaveAttribute('data-state', 'untouched');
    await button(task, 'Check').click();
    await expect(task).toHaveAttribute('data-state', 'failed', { timeout: 30_000 });
    const status = task.getByRole('status');
    await expect(status.locator('[data-status="failed"]').first()).toContainText(
      /Failed:.*called.*got.*expected/s,
    );
    await button(task, 'Solution').click();
    await expect(page.locator('.hw-announce')).toContainText(
      /opens when your code passes, or after the hints/,
    );
    await expect(task.locator('[data-solution]')).toBeEmpty();
    for (const count of [1, 2, 3]) {
      await button(task, 'Hint').click();
      await expect(task.getByRole('heading', { name: /^Hint/ })).toHaveCount(count);
      await expect(task.getByRole('heading', { name: `Hint ${count} of 3` })).toBeFocused();
    }
    await button(task, 'Solution').click();
    await expect(task.getByRole('heading', { name: 'Solution' })).toBeVisible();
    await expect(task.locator('[data-solution]')).toContainText('denseBytes', { timeout: 30_000 });
    await page.waitForTimeout(700);
    await page.reload();
    await task.scrollIntoViewIfNeeded();
    await expect(task.getByRole('heading', { name: /^Hint/ })).toHaveCount(3, { timeout: 15_000 });
  });

  test('says what is missing when the code exports nothing', async ({ page }) => {
    await page.goto(first);
    const task = page.locator(`[data-exercise="${exerciseId}"]`);
    await openEditor(task);
    await typeOver(page, 'const nothing = 0;');
    await expect(task).toHaveAttribute('data-state', 'edited');
    await button(task, 'Check').click();
    await expect(task).toHaveAttribute('data-state', 'failed', { timeout: 30_000 });
    await expect(task.getByRole('status')).toContainText(/export/i);
    await button(task, 'Reset').click();
    await expect(task).toHaveAttribute('data-state', 'untouched');
    await button(task, 'Undo reset').click();
    await expect(task).toHaveAttribute('data-state', 'edited');
    await expect(code(task)).toContainText('nothing');
  });
});

test.describe('questions and predictions', () => {
  test('a wrong answer explains itself, a right one explains all, and both are kept', async ({
    page,
  }) => {
    await page.goto(first);
    const quiz = page.locator('[data-quiz="why-the-first-layer"]');
    await quiz.scrollIntoViewIfNeeded();
    await button(quiz, 'Answer').click();
    await expect(quiz.getByRole('status')).toHaveText('Choose an option first.');
    await quiz.getByRole('radio').nth(0).check();
    await button(quiz, 'Answer').click();
    await expect(quiz.locator('.hw-why:visible')).toHaveCount(1);
    await expect(quiz).toHaveAttribute('data-state', 'failed');
    await quiz.getByRole('radio').nth(1).check();
    await button(quiz, 'Answer').click();
    await expect(quiz.locator('.hw-why:visible')).toHaveCount(4);
    await expect(quiz.getByRole('status')).toHaveText('Right.');
    await page.reload();
    await quiz.scrollIntoViewIfNeeded();
    await expect(quiz).toHaveAttribute('data-state', 'passed', { timeout: 15_000 });
  });

  test('a prediction opens its answer once it is committed', async ({ page }) => {
    await page.goto(first);
    const prediction = page.locator('[data-prediction]').first();
    await prediction.scrollIntoViewIfNeeded();
    await expect(prediction.locator('.hw-revealed')).toBeHidden();
    await button(prediction, 'Commit').click();
    await expect(prediction.getByRole('status')).toHaveText('Choose one first.');
    await prediction.getByRole('radio').nth(1).check();
    await button(prediction, 'Commit').click();
    await expect(prediction.locator('.hw-revealed')).toBeVisible();
    await page.reload();
    await prediction.scrollIntoViewIfNeeded();
    await expect(prediction.getByRole('status')).toContainText('You predicted', {
      timeout: 15_000,
    });
  });
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('everything is there to read, and nothing to press', async ({ page }) => {
    await page.goto(first);
    await expect(code(cellAt(page, 0))).toContainText('openModel');
    await expect(cellAt(page, 0).getByText('Not executed here')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Run', exact: true })).toHaveCount(0);
    const quiz = page.locator('[data-quiz]').first();
    await quiz.locator('summary').first().click();
    await expect(quiz.locator('.hw-why p').first()).toBeVisible();
    await page.locator('.hw-reveal summary').first().click();
    await expect(page.locator('.hw-revealed').first()).toBeVisible();
  });
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in live components in use, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto(third);
    await runText(
      page,
      cellAt(page, 0),
      "import { display } from 'heavy-weights/book';\nconsole.warn('careful');\ndisplay.line({ a: [1, 2, 3] });\ndisplay.heatmap([[1, 2], [3, 4]]);\ndisplay.table([{ a: 1 }]);\noops();",
    );
    const task = page.locator('[data-exercise]').first();
    await button(task, 'Check').click();
    await expect(task).toHaveAttribute('data-state', 'failed', { timeout: 30_000 });
    await button(task, 'Hint').click();
    await expect(task.getByRole('heading', { name: /^Hint 1/ })).toBeVisible();
    const quiz = page.locator('[data-quiz]').first();
    await quiz.getByRole('radio').first().check();
    await button(quiz, 'Answer').click();
    const { violations } = await new AxeBuilder({ page })
      .include('[data-cell]')
      .include('[data-exercise]')
      .include('[data-quiz]')
      .include('[data-prediction]')
      .analyze();
    expect(
      violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`,
      ),
    ).toEqual([]);
  });
}
