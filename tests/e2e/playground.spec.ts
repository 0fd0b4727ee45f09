import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { shareFragment } from '../../src/components/Share/share-code.ts';
import { button, typeCode, watchErrors } from './support.ts';

const cellOf = (page: Page): Locator => page.locator('[data-cell="playground"]');
const editor = (page: Page): Locator => cellOf(page).locator('[data-editor]');
const notice = (page: Page): Locator => page.locator('[data-link]');
const output = (page: Page): Locator => cellOf(page).locator('[data-output]');
const start = (page: Page, name: string): Locator =>
  page.getByRole('button', { name, exact: true });

/** The address of the playground that carries some code. */
const linkOf = (code: string): string => `playground/#${shareFragment(code)}`;

/** Opens an address afresh: another fragment alone would not load the page. */
const open = async (page: Page, address: string): Promise<void> => {
  await page.goto('about:blank');
  await page.goto(address);
  await expect(page.locator('[data-start="prune"]')).toBeEnabled();
};

/** The text of the cell: what a link would carry. */
const shownCode = async (page: Page): Promise<string> =>
  (await editor(page)
    .locator('pre, textarea')
    .first()
    .evaluate((element) =>
      element instanceof HTMLTextAreaElement ? element.value : element.textContent,
    )) ?? '';

const grantClipboard = (page: Page): Promise<void> =>
  page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
const clipboard = (page: Page): Promise<string> =>
  page.evaluate(() => navigator.clipboard.readText());

test('an empty cell that runs, stops, resets, and is kept', async ({ page }) => {
  const errors = watchErrors(page);
  await open(page, 'playground/');
  await expect(editor(page)).toBeVisible();
  await expect.poll(() => shownCode(page)).toBe('');
  await typeCode(cellOf(page), 'console.log(6 * 7);');
  await button(cellOf(page), 'Run').click();
  await expect(output(page)).toContainText('42', { timeout: 30_000 });

  await typeCode(cellOf(page), 'for (;;) {}');
  await button(cellOf(page), 'Run').click();
  await button(cellOf(page), 'Stop').click();
  await expect(cellOf(page)).toHaveAttribute('data-state', 'stopped');

  // The reader's own case, as in every cell; and what is kept comes back.
  const trial =
    "import { openTrial } from 'heavy-weights/book';\nconsole.log((await openTrial()).file.length > 9000);";
  await typeCode(cellOf(page), trial);
  await button(cellOf(page), 'Run').click();
  await expect(output(page)).toContainText('true', { timeout: 60_000 });
  await page.waitForTimeout(600);
  await open(page, 'playground/');
  await expect.poll(() => shownCode(page)).toBe(trial);
  await button(cellOf(page), 'Reset').click();
  await expect.poll(() => shownCode(page)).toBe('');
  await button(cellOf(page), 'Undo reset').click();
  await expect.poll(() => shownCode(page)).toBe(trial);

  await page.goto('case-book/');
  const row = page.locator('[data-record="cells:playground/playground"]');
  await expect(row).toContainText(/run \d+ times/);
  await expect(page.locator('[data-others]')).toBeHidden();
  await expect(page.locator('[data-tally="cells"]')).toHaveText('0');
  expect(errors).toEqual([]);
});

test('a text to begin with fills the cell, and asks before the reader’s own goes', async ({
  page,
}) => {
  await open(page, 'playground/');
  await start(page, 'Quantize a layer').click();
  const book = readFileSync('content/playground/quantize-a-layer.ts', 'utf8').trimEnd();
  await expect.poll(() => shownCode(page)).toBe(book);
  await button(cellOf(page), 'Run').click();
  await expect(output(page).getByRole('table').first()).toContainText('SQNR', { timeout: 30_000 });
  // Unchanged it is the book's: nothing to ask about.
  await start(page, 'Open a model').click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect.poll(() => shownCode(page)).toContain('Test image');

  await typeCode(cellOf(page), 'const mine = 1;');
  await page.waitForTimeout(600);
  await open(page, 'playground/');
  await start(page, 'Prune').click();
  const dialog = page.getByRole('dialog', { name: 'Replace your text?' });
  await expect(dialog.getByRole('button', { name: 'Keep mine' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect.poll(() => shownCode(page)).toBe('const mine = 1;');
  await start(page, 'Prune').click();
  await dialog.getByRole('button', { name: 'Replace it' }).click();
  await expect.poll(() => shownCode(page)).toContain('magnitudePrune');
  await button(cellOf(page), 'Undo').click();
  await expect.poll(() => shownCode(page)).toBe('const mine = 1;');
});

test('Share copies a link; whoever opens it sees the code, and nothing runs until they say so', async ({
  page,
  browser,
  baseURL,
}) => {
  await grantClipboard(page);
  await open(page, 'playground/');
  await button(cellOf(page), 'Share').click();
  await expect(page.locator('.hw-announce')).toHaveText('There is no code to share yet.');
  const code = "document.title = 'run';\nconsole.log('α, 𝒳: shared');";
  await typeCode(cellOf(page), code);
  await button(cellOf(page), 'Share').click();
  await expect(page.locator('.hw-announce')).toContainText('Link copied');
  const url = await clipboard(page);
  expect(url).toMatch(/\/playground\/#code=a[\w-]+$/);
  // What does not compress: 20,000 characters of a hundred different ones.
  let state = 7;
  const noise = Array.from({ length: 200 }, () =>
    Array.from({ length: 100 }, () => {
      state = Math.imul(state, 48271) & 0x7fffffff;
      return String.fromCharCode(0x100 + (state % 100));
    }).join(''),
  );
  // Left as a draft, which is read back: typed, so much takes an editor minutes.
  await page.waitForTimeout(600);
  await page.evaluate((long) => {
    localStorage.setItem(
      'heavy-weights:draft:playground/playground',
      JSON.stringify({ code: long, updatedAt: Date.now() }),
    );
  }, noise.join('\n'));
  await open(page, 'playground/');
  await expect.poll(async () => (await shownCode(page)).length).toBeGreaterThan(20_000);
  await button(cellOf(page), 'Share').click();
  await expect(page.locator('.hw-announce')).toContainText('too much for a link');

  const context = await browser.newContext({ baseURL: baseURL ?? '' });
  const other = await context.newPage();
  const sent: string[] = [];
  other.on('request', (request) => sent.push(request.url()));
  await open(other, url);
  await expect(notice(other)).toContainText('This code comes from a link. Nothing of it has run');
  await expect.poll(() => shownCode(other)).toBe(code);
  await expect(cellOf(other)).toHaveAttribute('data-state', 'untouched');
  await expect(output(other)).toHaveText('');
  // No server sees it.
  expect(sent.filter((each) => each.includes('code='))).toEqual([]);
  await button(cellOf(other), 'Run').click();
  await expect(output(other)).toContainText(/α, 𝒳: shared|document is not defined/, {
    timeout: 30_000,
  });
  // Run is not keep: the link's code is the reader's own when they edit it or say so.
  await open(other, 'playground/');
  expect(await shownCode(other)).toBe('');
  await open(other, url);
  await notice(other).getByRole('button', { name: 'Keep it' }).click();
  await expect(notice(other)).toBeEmpty();
  await expect(other).toHaveURL(/\/playground\/$/);
  await other.waitForTimeout(600);
  await open(other, 'playground/');
  await expect.poll(() => shownCode(other)).toBe(code);
  await context.close();
});

test('a link never replaces the reader’s own text unless they say so', async ({ page }) => {
  await open(page, 'playground/');
  await typeCode(cellOf(page), 'const mine = 1;');
  await page.waitForTimeout(600);
  await open(page, linkOf('const theirs = 2;'));
  await expect(notice(page)).toContainText('Your own text is safe');
  await expect.poll(() => shownCode(page)).toBe('const theirs = 2;');
  // It can be read and run, and not typed over.
  await editor(page).click();
  await expect(editor(page)).toHaveAttribute('data-editor', /monaco|plain/, { timeout: 20_000 });
  await page.keyboard.type('xyz');
  await button(cellOf(page), 'Run').click();
  await expect(cellOf(page)).toHaveAttribute('data-state', 'ran', { timeout: 30_000 });
  await page.waitForTimeout(600);
  await open(page, 'playground/');
  await expect.poll(() => shownCode(page)).toBe('const mine = 1;');

  await open(page, linkOf('const theirs = 2;'));
  await notice(page).getByRole('button', { name: 'Back to my own text' }).click();
  await expect.poll(() => shownCode(page)).toBe('const mine = 1;');
  await expect(page).toHaveURL(/\/playground\/$/);

  // A link pasted into the page that is open already.
  await page.evaluate(
    (hash) => {
      location.hash = hash;
    },
    linkOf('const theirs = 3;').split('#')[1] ?? '',
  );
  await expect(notice(page)).toContainText('comes from a link');
  await notice(page).getByRole('button', { name: 'Take it in place of mine' }).click();
  await expect.poll(() => shownCode(page)).toBe('const theirs = 3;');
  await button(cellOf(page), 'Undo').click();
  await expect.poll(() => shownCode(page)).toBe('const mine = 1;');
});

test('without own text a link can be edited, and is the reader’s own from then on', async ({
  page,
}) => {
  await open(page, linkOf('const theirs = 2;'));
  await typeCode(cellOf(page), 'const edited = 3;');
  await expect(notice(page)).toBeEmpty();
  await expect(page).toHaveURL(/\/playground\/$/);
  await page.waitForTimeout(600);
  await open(page, 'playground/');
  await expect.poll(() => shownCode(page)).toBe('const edited = 3;');
});

for (const [what, hash, words] of [
  ['bad base64', 'code=a<b>&&', 'damaged'],
  ['a lost end', shareFragment('const theirs = 2;').slice(0, -4), 'damaged'],
  ['another version', 'code=zAAAAAAAA', 'version “z”'],
  ['a huge text', `code=a${'A'.repeat(300_000)}`, 'none longer than'],
] as const) {
  test(`a link with ${what} says so, and nothing is lost`, async ({ page }) => {
    const errors = watchErrors(page);
    await open(page, 'playground/');
    await typeCode(cellOf(page), 'const mine = 1;');
    await page.waitForTimeout(600);
    await open(page, `playground/#${hash}`);
    await expect(notice(page)).toContainText(words);
    await expect(notice(page)).toContainText('Your own text is as it was.');
    await expect.poll(() => shownCode(page)).toBe('const mine = 1;');
    await expect(page).toHaveURL(/\/playground\/$/);
    await notice(page).getByRole('button', { name: 'Close' }).click();
    await expect(notice(page)).toBeEmpty();
    expect(errors).toEqual([]);
  });
}

test('invisible characters in a link are pointed out, and its text is never HTML', async ({
  page,
}) => {
  await open(page, linkOf("const a = 'x\u202Ey'; // <img src=x onerror=document.title=1>"));
  await expect(notice(page)).toContainText('invisible characters');
  await expect.poll(() => shownCode(page)).toContain('<img');
  await expect(editor(page).locator('img')).toHaveCount(0);
});

test('a cell of the book is shared with what it needs, by the system’s own sheet where there is one', async ({
  page,
}) => {
  await page.addInitScript(() => {
    const store = globalThis as unknown as { given: ShareData[] };
    store.given = [];
    navigator.share = (data) => {
      store.given.push(data ?? {});
      return store.given.length === 1
        ? Promise.resolve()
        : Promise.reject(new DOMException('no', 'AbortError'));
    };
  });
  await page.goto('chapters/01-a-model-too-heavy/03-the-first-weight/');
  const cell = page.locator('[data-cell="a-whole-layer"]');
  await cell.scrollIntoViewIfNeeded();
  await button(cell, 'Share').click();
  const given = () => page.evaluate(() => (globalThis as unknown as { given: ShareData[] }).given);
  await expect.poll(async () => (await given()).length).toBe(1);
  const [data] = await given();
  expect(data?.title).toMatch(/\S/);
  // The reader thought better of it: no error.
  await button(cell, 'Share').click();
  await expect.poll(async () => (await given()).length).toBe(2);
  await expect(page.locator('.hw-announce')).toHaveCount(0);

  await open(page, data?.url ?? '');
  await expect.poll(() => shownCode(page)).toMatch(/weightsOf = |function weightsOf/);
  await button(cellOf(page), 'Run').click();
  await expect(cellOf(page)).toHaveAttribute('data-state', 'ran', { timeout: 30_000 });
});

test('an exercise shares its task and not the reader’s answer; without a clipboard the link is shown', async ({
  page,
}) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'clipboard', { value: undefined });
  });
  await page.goto('chapters/01-a-model-too-heavy/01-a-client-in-distress/');
  const exercise = page.locator('[data-exercise="count-the-bytes"]');
  await exercise.scrollIntoViewIfNeeded();
  await button(exercise, 'Share').click();
  const link = exercise.getByLabel('The link, to be copied:');
  await expect(link).toBeFocused();
  await expect(link).toHaveValue(/01-a-client-in-distress\/#exercise-count-the-bytes$/);
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [390, 1440]) {
    test(`axe finds nothing in the playground: ${colorScheme}, ${width} px`, async ({
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
      const faults = async (): Promise<string[]> => {
        const { violations } = await new AxeBuilder({ page }).exclude('iframe').analyze();
        return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
      };
      await open(page, linkOf("import { tf } from 'heavy-weights';\nconst theirs = tf.scalar(2);"));
      await expect(notice(page)).toContainText('comes from a link');
      await page.getByText('What there is to open').click();
      expect(await faults()).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
      await notice(page).getByRole('button', { name: 'Keep it' }).click();
      await start(page, 'Prune').click();
      await expect(page.getByRole('dialog')).toBeVisible();
      expect(await faults()).toEqual([]);
      await context.close();
    });
  }
}
