import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { typeCode, watchErrors } from './support.ts';

const section = 'chapters/01-a-model-too-heavy/02-what-a-number-weighs/';
/** Folder of the built site. */
const dist = process.env['E2E_DIST'] ?? 'dist';

const dialog = (page: Page): Locator => page.getByRole('dialog', { name: 'Search the book' });
const field = (page: Page): Locator => dialog(page).getByRole('combobox');
const options = (page: Page): Locator => dialog(page).getByRole('option');
const status = (page: Page): Locator => dialog(page).getByRole('status');

const search = async (page: Page, query: string): Promise<void> => {
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await field(page).fill(query);
  await expect(status(page)).toContainText(/result|Nothing/);
};

test('a reader searches, chooses by keys, and arrives at the place', async ({ page }) => {
  const errors = watchErrors(page);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(section);
  await expect(page.locator('[data-opens="search"][data-ready]')).toBeVisible();
  // Nothing of the search is fetched before it is wanted.
  expect(asked.filter((url) => /search\.(?:json|client)/.test(url))).toEqual([]);

  await page.keyboard.press('/');
  await expect(field(page)).toBeFocused();
  await page.keyboard.type('half to eve');
  await expect(status(page)).toHaveText(/^\d+ results/);
  expect(asked.filter((url) => url.endsWith('/search.json'))).toHaveLength(1);
  const first = options(page).first();
  await expect(first).toContainText('1.2 half to even');
  await expect(first).toContainText('Glossary · What a Number Weighs');
  await expect(first.locator('mark').first()).toHaveText('half');

  await page.keyboard.press('ArrowDown');
  await expect(first).toHaveAttribute('aria-selected', 'true');
  await expect(field(page)).toHaveAttribute(
    'aria-activedescendant',
    (await first.getAttribute('id')) ?? 'none',
  );
  await page.keyboard.press('ArrowUp');
  await expect(first).toHaveAttribute('aria-selected', 'false');
  await page.keyboard.press('ArrowUp');
  await expect(options(page).last()).toHaveAttribute('aria-selected', 'true');
  await expect(field(page)).toBeFocused();

  // Enter goes to the chosen one, on this page without leaving it.
  await field(page).fill('thirty-two corks');
  await expect(options(page).first()).toContainText('Thirty-two corks');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#thirty-two-corks$/);
  await expect(dialog(page)).toBeHidden();
  await expect(page.getByRole('heading', { name: 'Thirty-two corks' })).toBeInViewport();

  // And to the first where none was chosen, on another page.
  await search(page, 'count the bytes');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/01-a-client-in-distress\/#exercise-count-the-bytes$/);
  await expect(page.locator('[data-exercise="count-the-bytes"]')).toBeInViewport();
  expect(errors).toEqual([]);
});

test('every address of the index leads to a place in the built pages', () => {
  const index = JSON.parse(readFileSync(join(dist, 'search.json'), 'utf8')) as {
    storedFields: Record<string, { path: string }>;
  };
  const paths = Object.values(index.storedFields).map(({ path }) => path);
  expect(paths.length).toBeGreaterThan(100);
  const pages = new Map<string, string>();
  const dead = paths.filter((path) => {
    const [folder = '', anchor] = path.split('#');
    const file = join(dist, folder, 'index.html');
    if (!pages.has(folder)) pages.set(folder, existsSync(file) ? readFileSync(file, 'utf8') : '');
    const html = pages.get(folder) ?? '';
    if (html === '') return true;
    return anchor !== undefined && html.split(`id="${anchor}"`).length !== 2;
  });
  expect(dead).toEqual([]);
});

test('the keys are the reader’s own in a field, in the editor and in another dialog', async ({
  page,
}) => {
  await page.goto(section);
  const cell = page.locator('[data-cell]').first();
  await typeCode(cell, 'const a = 4 ');
  await page.keyboard.type('/ 2;');
  await page.keyboard.press('ControlOrMeta+k');
  await expect(dialog(page)).toBeHidden();
  await expect(cell.locator('[data-editor]').first()).toContainText('4 / 2');

  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(cell.getByRole('button', { name: 'Run', exact: true })).toBeFocused();
  await page.keyboard.press('ControlOrMeta+k');
  await expect(dialog(page)).toBeVisible();
  await page.keyboard.type('a/b');
  await expect(field(page)).toHaveValue('a/b');
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toBeHidden();

  await page.getByRole('button', { name: 'Settings' }).click();
  await page.keyboard.press('/');
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
  await expect(dialog(page)).toBeHidden();
});

test('says when nothing matches, when only some words do, and how many are left out', async ({
  page,
}) => {
  await page.goto('contents/');
  await search(page, 'xylophone');
  await expect(status(page)).toHaveText('Nothing in the book matches “xylophone”.');
  await expect(options(page)).toHaveCount(0);
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toBeVisible();
  await field(page).fill('mantissa xylophone');
  await expect(status(page)).toHaveText(/^Nothing has all of these words; \d+ have some$/);
  await field(page).fill('weights');
  await expect(status(page)).toHaveText(/^\d+ results; the first 30 are shown$/);
  await expect(options(page)).toHaveCount(30);
  await field(page).fill('prunning');
  await expect(options(page).first()).toContainText('pruning');
  await field(page).fill('<img src=x onerror=document.title=1>');
  await expect(page).not.toHaveTitle('1');
  await field(page).fill('');
  await expect(status(page)).toBeEmpty();
  await expect(options(page)).toHaveCount(0);
});

test('an index that does not come is said, and asked for again', async ({ page }) => {
  let fail = true;
  await page.route('**/search.json', (route) => (fail ? route.abort() : route.continue()));
  await page.goto('contents/');
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await field(page).fill('scale');
  await expect(status(page)).toContainText('could not be fetched');
  fail = false;
  await dialog(page).getByRole('button', { name: 'Try again' }).click();
  await expect(options(page).first()).toContainText('scale');
  await expect(field(page)).toBeFocused();
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [390, 1440]) {
    test(`axe finds nothing in the search: ${colorScheme}, ${width} px`, async ({
      browser,
      baseURL,
    }) => {
      const context = await browser.newContext({
        baseURL: baseURL ?? '',
        colorScheme,
        viewport: { width, height: 844 },
        reducedMotion: 'reduce',
      });
      const page = await context.newPage();
      await page.goto(section);
      for (const query of ['scale', 'xylophone']) {
        await search(page, query);
        if (query === 'scale') await page.keyboard.press('ArrowDown');
        const { violations } = await new AxeBuilder({ page }).include('#search').analyze();
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
        const box = await dialog(page).boundingBox();
        expect((box?.x ?? -1) >= 0 && (box?.x ?? 0) + (box?.width ?? 9999) <= width).toBe(true);
        await page.keyboard.press('Escape');
      }
      await context.close();
    });
  }
}

test.describe('without a network', () => {
  const port = 4394;
  const base = `http://localhost:${port}/`;
  let server: ChildProcess;
  test.beforeAll(async () => {
    server = spawn(process.execPath, ['scripts/serve.mjs', '--port', String(port), '--dir', dist]);
    await expect
      .poll(() =>
        fetch(base).then(
          (answer) => answer.status,
          () => 0,
        ),
      )
      .toBe(200);
  });
  test.afterAll(() => server.kill());

  test('the search that was opened once works on', async ({ page }) => {
    await page.goto(base);
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.goto(`${base}contents/`);
    await search(page, 'scale');
    await expect
      .poll(() =>
        page.evaluate(async () => {
          const kept = await Promise.all(
            (await caches.keys()).map(async (name) => (await caches.open(name)).keys()),
          );
          const urls = kept.flat().map(({ url }) => url);
          return [/search\.json$/, /search\.client/].every((each) =>
            urls.some((url) => each.test(url)),
          );
        }),
      )
      .toBe(true);
    server.kill();
    await expect
      .poll(() =>
        fetch(base).then(
          () => 'up',
          () => 'down',
        ),
      )
      .toBe('down');
    await page.reload();
    await search(page, 'zero point');
    await expect(options(page).first()).toContainText('zero point');
  });
});
