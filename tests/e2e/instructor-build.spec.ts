import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { readAssignment } from '../../src/instructor/assignment-file.ts';
import { readAssignmentLink } from '../../src/instructor/assignment-link.ts';
import { itemVersion } from '../../src/instructor/item-version.ts';
import type { Assignment } from '../../src/schemas/assignment.ts';
import { watchErrors } from './support.ts';

const address = 'instructors/build/';
const field = (page: Page, name: string): Locator => page.locator(`[data-field="${name}"]`);
const act = (page: Page, name: string): Locator => page.locator(`button[data-act="${name}"]`);
const listed = (page: Page, key: string): Locator =>
  page.locator(`[data-catalogue] > [data-item="${key}"]`);
const chosen = (page: Page): Locator => page.locator('[data-chosen] > li');
const order = (page: Page): Promise<(string | undefined)[]> =>
  chosen(page).evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset['chosen']));

const EXERCISE = 'exercise scale-and-zero-point';
const QUIZ = 'quiz zero-point-of-a-relu';

const begin = async (page: Page): Promise<void> => {
  await page.goto(address);
  await expect(act(page, 'new')).toBeEnabled();
  await act(page, 'new').click();
  await expect(field(page, 'title')).toBeFocused();
};
const add = async (page: Page, ...keys: string[]): Promise<void> => {
  for (const key of keys) await listed(page, key).getByRole('button', { name: /^Add:/ }).click();
};
const kept = (page: Page): Promise<void> =>
  expect(page.locator('[data-saved]')).toHaveText('Kept in this browser.');

/** The assignment that the link which the page shows carries. */
const linked = async (page: Page): Promise<Assignment> => {
  await act(page, 'make-link').click();
  const link = page.locator('[data-link] input');
  await expect(link).toBeVisible();
  return readAssignmentLink(new URL(await link.inputValue()).hash);
};
const saved = async (page: Page, name: string): Promise<{ name: string; text: string }> => {
  const waiting = page.waitForEvent('download');
  await act(page, name).click();
  const download = await waiting;
  return {
    name: download.suggestedFilename(),
    text: await readFile(await download.path(), 'utf8'),
  };
};

test('an assignment is chosen, ordered by keys, kept over a reload, and given out by link and file', async ({
  page,
}) => {
  const errors = watchErrors(page);
  await begin(page);
  await field(page, 'title').fill('Eight bits');
  await add(page, EXERCISE, QUIZ);
  await expect(chosen(page)).toHaveCount(2);
  await expect(page.locator('[data-total]')).toHaveText('2 items, 5 points, about 12 min');

  // By keys: the row and the focus go together.
  const handle = chosen(page).nth(1).locator('.build-handle');
  await handle.focus();
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => order(page)).toEqual([QUIZ, EXERCISE]);
  await expect(chosen(page).nth(0).locator('.build-handle')).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => order(page)).toEqual([QUIZ, EXERCISE]);
  await page.keyboard.press('End');
  await expect.poll(() => order(page)).toEqual([EXERCISE, QUIZ]);
  await act(page, 'undo').click();
  await expect.poll(() => order(page)).toEqual([QUIZ, EXERCISE]);
  await act(page, 'redo').click();
  await expect.poll(() => order(page)).toEqual([EXERCISE, QUIZ]);

  await chosen(page).nth(0).locator('input[type="number"]').fill('7');
  await chosen(page).nth(0).locator('select').selectOption('all-or-nothing');
  await field(page, 'due').fill('2031-05-06T23:59');
  await field(page, 'late').selectOption('deduct');
  await field(page, 'percentPerDay').fill('20');
  await field(page, 'hints').selectOption('cost');
  await act(page, 'add-exception').click();
  await page.locator('[data-exceptions] input').first().fill('Dr Watson');
  await kept(page);
  await page.reload();
  await expect(field(page, 'title')).toHaveValue('Eight bits');
  await expect(chosen(page).nth(0).locator('input[type="number"]')).toHaveValue('7');
  await expect(page.locator('[data-exceptions] input').first()).toHaveValue('Dr Watson');

  const given = await linked(page);
  expect(given).toMatchObject({
    title: 'Eight bits',
    late: { kind: 'deduct', percentPerDay: 20 },
    policy: { hints: 'cost' },
    // Whose time is another is nobody else's business.
    exceptions: [],
  });
  expect(given.pinned).toBeUndefined();
  expect(given.items[0]).toMatchObject({ points: 7, partial: 'all-or-nothing' });
  expect(new Date(given.due!).getTime()).toBe(
    await page.evaluate(() => new Date('2031-05-06T23:59').getTime()),
  );

  const file = await saved(page, 'save-file');
  expect(file.name).toBe(`assignment-eight-bits-${given.id}.json`);
  const whole = readAssignment(file.text);
  expect(whole.exceptions).toEqual([{ student: 'Dr Watson', extraMinutes: 60 }]);
  expect(whole.pinned?.['scale-and-zero-point']).toMatchObject({
    version: (given.items[0] as { version: string }).version,
    entry: ['chooseScaleAndZeroPoint'],
    seed: 1303,
  });
  expect(whole.pinned?.['scale-and-zero-point']?.checks).toContain('defineChecks');

  const question = whole.pinnedQuestions?.['zero-point-of-a-relu'];
  expect(question).toMatchObject({ version: (given.items[1] as { version: string }).version });
  // The version is of these options, and of which is right.
  expect(await itemVersion({ kind: 'quiz', options: question!.options })).toBe(question!.version);

  const forStudents = await saved(page, 'save-student-file');
  expect(forStudents.name).toBe(`assignment-eight-bits-${given.id}-for-students.json`);
  expect(readAssignment(forStudents.text)).toEqual({
    ...whole,
    exceptions: [],
    pinnedQuestions: undefined,
  });
  expect(forStudents.text).not.toContain('"correct"');

  // What students have is no longer what stands here.
  await expect(page.locator('[data-changed]')).toBeHidden();
  await field(page, 'title').fill('Eight bits, second edition');
  await expect(page.locator('[data-changed]')).toBeVisible();
  await expect(page.locator('[data-link] input')).toHaveCount(0);
  expect(errors).toEqual([]);
});

test('a row is dragged by its handle, and Escape brings it back', async ({ page }) => {
  await begin(page);
  await add(page, EXERCISE, QUIZ);
  await act(page, 'add-written').click();
  await expect(chosen(page)).toHaveCount(3);
  const handle = chosen(page).nth(0).locator('.build-handle');
  await handle.evaluate((element) => {
    element.scrollIntoView({ block: 'center' });
  });
  const from = (await handle.boundingBox())!;
  const to = (await chosen(page).nth(1).boundingBox())!;
  await page.mouse.move(from.x + 10, from.y + 10);
  await page.mouse.down();
  await page.mouse.move(from.x + 10, to.y + to.height - 2, { steps: 8 });
  await expect(page.locator('[data-dragged]')).toHaveCount(1);
  await page.mouse.up();
  await expect.poll(() => order(page)).toEqual([QUIZ, EXERCISE, 'written written-1']);
  await expect(page.locator('[data-dragged]')).toHaveCount(0);
  await act(page, 'undo').click();
  await expect.poll(() => order(page)).toEqual([EXERCISE, QUIZ, 'written written-1']);

  // Cancelled: nothing to undo, and the rows stand as they stood.
  await page.mouse.move(from.x + 10, from.y + 10);
  await page.mouse.down();
  await page.mouse.move(from.x + 10, to.y + to.height - 2, { steps: 8 });
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await expect.poll(() => order(page)).toEqual([EXERCISE, QUIZ, 'written written-1']);
});

test('the list is sifted, and an item is previewed with its solution before it is added', async ({
  page,
}) => {
  await begin(page);
  const filter = page.locator('[data-filter]');
  const shown = page.locator('[data-catalogue] > li:visible');
  const all = await shown.count();
  expect(all).toBeGreaterThan(150);
  await filter.getByLabel('Chapter').selectOption('1');
  await filter.getByLabel('Kind').selectOption('exercise');
  await filter.getByLabel('Concept').selectOption('zero point');
  await expect(listed(page, EXERCISE)).toBeVisible();
  expect(await shown.count()).toBeLessThan(6);
  await filter.getByLabel('Concept').selectOption('');
  await filter.getByLabel('Task').selectOption({ label: 'implement: a function' });
  await expect(listed(page, EXERCISE)).toContainText('implement');
  await filter.getByLabel('Task').selectOption({ label: 'fill in: an expression' });
  await expect(listed(page, EXERCISE)).toBeHidden();
  await filter.getByLabel('Words').fill('nobody ever wrote this');
  await expect(shown).toHaveCount(0);
  await page.getByRole('button', { name: 'Show everything' }).click();
  await expect(shown).toHaveCount(all);

  await listed(page, EXERCISE)
    .getByRole('button', { name: /^Preview/ })
    .click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.locator('.build-statement')).toContainText(/\w{4}/);
  await dialog.getByText('The solution', { exact: true }).click();
  await expect(dialog.locator('[aria-label="The solution"]')).toContainText(
    'chooseScaleAndZeroPoint',
  );
  await act(page, 'add-previewed').click();
  await expect(dialog).toBeHidden();
  await expect.poll(() => order(page)).toEqual([EXERCISE]);

  await listed(page, QUIZ)
    .getByRole('button', { name: /^Preview/ })
    .click();
  await expect(dialog.locator('[data-correct="true"]')).toHaveCount(1);
  await expect(dialog.locator('[data-correct="true"]')).toContainText('128');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect.poll(() => order(page)).toEqual([EXERCISE]);
});

test('several assignments: duplicated, deleted, brought back; a file opens as the same one', async ({
  page,
}) => {
  await begin(page);
  await field(page, 'title').fill('First');
  await add(page, EXERCISE);
  await kept(page);
  const { text } = await saved(page, 'save-file');
  const first = readAssignment(text).id;
  const rows = page.locator('[data-shelf] > li');

  await rows
    .first()
    .getByRole('button', { name: /^Duplicate/ })
    .click();
  await expect(field(page, 'title')).toHaveValue('First (copy)');
  await expect(rows).toHaveCount(2);
  expect((await linked(page)).id).not.toBe(first);

  await page
    .locator(`[data-record="${first}"]`)
    .getByRole('button', { name: /^Delete/ })
    .click();
  await expect(rows).toHaveCount(1);
  await page.getByRole('button', { name: 'Bring it back' }).click();
  await expect(rows).toHaveCount(2);
  await expect(field(page, 'title')).toHaveValue('First');

  await page
    .locator(`[data-record="${first}"]`)
    .getByRole('button', { name: /^Delete/ })
    .click();
  await expect(page.locator('[data-desk]')).toBeHidden();
  await page.reload();
  await expect(rows).toHaveCount(1);
  const file = { name: 'x.json', mimeType: 'application/json', buffer: Buffer.from(text) };
  await page.locator('[data-file]').setInputFiles(file);
  await expect(field(page, 'title')).toHaveValue('First');
  expect((await linked(page)).id).toBe(first);

  // What is no assignment is refused in words, and nothing is lost.
  for (const [content, code] of [
    [text.slice(0, 200), 'assignment-not-json'],
    ['{"format":"marks"}', 'assignment-wrong-format'],
    [text.replace('"version": 1', '"version": 99'), 'assignment-newer'],
  ] as const) {
    await page.locator('[data-file]').setInputFiles({ ...file, buffer: Buffer.from(content) });
    await expect(page.locator(`[data-report] [data-code="${code}"]`)).toBeVisible();
  }
  await expect(rows).toHaveCount(2);
});

test('what is missing is listed and keeps it from being given out', async ({ page }) => {
  await begin(page);
  await act(page, 'make-link').click();
  await expect(
    page.locator('[data-give-status] [data-code="assignment-unfinished"]'),
  ).toBeVisible();
  await expect(page.locator('[data-link] input')).toHaveCount(0);
  const faults = page.locator('[data-faults] > li[data-warning="false"]');
  await expect(faults).toHaveCount(2);
  await faults.first().getByRole('button').click();
  await expect(page.locator('[data-part="title"]')).toBeFocused();
  await field(page, 'title').fill('Now it has one');
  await expect(faults).toHaveCount(1);
  await act(page, 'add-written').click();
  await expect(page.locator('.build-written textarea').first()).toBeFocused();
  await page.locator('.build-written textarea').first().fill('Why is **zero** exact?');
  await page.locator('.build-rubric textarea').first().fill('A reason');
  await expect(faults).toHaveCount(0);
  await expect(page.locator('[data-complete]')).toBeVisible();
  expect((await linked(page)).items).toEqual([
    {
      kind: 'written',
      id: 'written-1',
      points: 5,
      prompt: 'Why is **zero** exact?',
      rubric: [{ criterion: 'A reason', points: 5 }],
    },
  ]);
});

test('Markdown of anybody is shown as text and marks, and nothing in it runs', async ({ page }) => {
  const errors = watchErrors(page);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await begin(page);
  await field(page, 'instructions').fill(
    [
      '# Read *this*',
      '<img src="https://evil.example/a.png" onerror="document.title=1"><script>document.title=1</script>',
      '![seen](https://evil.example/b.png) [click](javascript:document.title=1) [home](https://good.example/)',
      '> '.repeat(3000),
      '1. `code` \u202e turned',
    ].join('\n\n'),
  );
  await page.locator('[data-instructions] summary').click();
  const shown = page.locator('[data-instructions] [data-markdown]');
  await expect(shown.locator('h4 em')).toHaveText('this');
  await expect(shown).toContainText('<script>');
  await expect(shown).toContainText('\\u{202e}');
  await expect(shown.locator('img, script')).toHaveCount(0);
  await expect(shown.locator('a')).toHaveCount(2);
  await expect(page).toHaveTitle(/^Build an assignment/);
  expect(asked.filter((url) => url.includes('evil.example'))).toEqual([]);
  expect(errors).toEqual([]);
});

test('a ready-made assignment is taken, sealed, and its key saved', async ({ page }) => {
  await page.goto(address);
  await page.locator('[data-ready-made]').nth(1).click();
  await expect(chosen(page)).not.toHaveCount(0);
  await expect(page.locator('[data-faults] > li[data-warning="false"]')).toHaveCount(0);
  const count = await chosen(page).count();
  await page.locator('[data-seal]').check();
  await expect(act(page, 'save-key')).toBeVisible();
  const given = await linked(page);
  expect(given.items).toHaveLength(count);
  const key = JSON.parse((await saved(page, 'save-key')).text) as {
    assignment: string;
    key: { n: string; d: string };
  };
  expect(key.assignment).toBe(given.id);
  expect(key.key.n).toBe(given.sealKey?.n);
  expect(JSON.stringify(given)).not.toContain(key.key.d);
  await kept(page);
  await page.reload();
  await expect(page.locator('[data-no-key]')).toBeHidden();
  await page.locator('[data-seal]').uncheck();
  await expect(act(page, 'save-key')).toBeHidden();
  expect((await linked(page)).sealKey).toBeUndefined();
});

test('on paper there is the assignment and nothing of the desk', async ({ page }) => {
  await page.addInitScript(() => {
    globalThis.print = () => undefined;
  });
  await begin(page);
  await field(page, 'title').fill('On paper');
  await add(page, EXERCISE, QUIZ);
  await act(page, 'print').click();
  const sheet = page.locator('[data-sheet]');
  await expect(sheet.locator('.build-sheet-item')).toHaveCount(2);
  await expect(sheet).toBeHidden();
  await page.emulateMedia({ media: 'print' });
  await expect(sheet).toBeVisible();
  await expect(sheet).toContainText('1. Scale and zero point (4 points)');
  // No answers: neither the solution nor which option is right.
  await expect(sheet.locator('.build-why, [data-correct]')).toHaveCount(0);
  await expect(field(page, 'title')).toBeHidden();
  await expect(page.locator('h1')).toBeHidden();
});

test('the list that cannot be fetched says so, and a second try works', async ({ page }) => {
  await page.route('**/exercises/index.json', (route) => route.abort());
  await page.goto(address);
  await expect(page.locator('[data-load-failed]')).toBeVisible();
  await expect(act(page, 'new')).toBeDisabled();
  await page.unroute('**/exercises/index.json');
  await act(page, 'retry').click();
  await expect(act(page, 'new')).toBeEnabled();
  await expect(page.locator('[data-load-failed]')).toBeHidden();
});

test('two tabs on one assignment: the later edit shows in both', async ({ page, context }) => {
  await begin(page);
  await field(page, 'title').fill('Mine');
  await kept(page);
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(field(other, 'title')).toHaveValue('Mine');
  await field(other, 'title').fill('Theirs');
  await kept(other);
  await field(page, 'title').blur();
  await expect(field(page, 'title')).toHaveValue('Theirs');
  await act(page, 'undo').click();
  await expect(field(page, 'title')).toHaveValue('Mine');
});

for (const width of [390, 1440]) {
  test(`axe finds nothing on a full desk, and nothing scrolls sideways: ${width} px`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height: 844 });
    await page.goto(address);
    await page.locator('[data-ready-made]').first().click();
    await expect(chosen(page)).not.toHaveCount(0);
    await act(page, 'add-exception').click();
    await field(page, 'hints').selectOption('cost');
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(
      violations.map(
        ({ id, nodes }) =>
          `${id}: ${nodes
            .map((node) => node.target.join(' '))
            .slice(0, 4)
            .join(', ')}`,
      ),
    ).toEqual([]);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });
}
