import { spawn } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { assignmentHash, writeAssignment } from '../../src/instructor/assignment-file.ts';
import { assignmentLink } from '../../src/instructor/assignment-link.ts';
import { readHandIn, verifyReceipt } from '../../src/instructor/hand-in-file.ts';
import { readHandInText } from '../../src/instructor/hand-in-text.ts';
import { makeSealKeys } from '../../src/instructor/seal-key.ts';
import { readSealed, unseal } from '../../src/instructor/seal.ts';
import {
  answerQuiz,
  assignmentOf,
  begin,
  EXERCISE,
  handInBy,
  openLink,
  QUIZ,
  rowOf,
  solution,
} from './instructor-take-support.ts';
import { button, exercise, typeCode, watchErrors } from './support.ts';

const ran = { timeout: 30_000 };
const day = 24 * 3_600_000;
/** A time so far from now, in ms. */
const fromNow = (ms: number): string => new Date(Date.now() + ms).toISOString();

test('opened by its link, done, left, gone on with, handed in', async ({ page }) => {
  test.setTimeout(150_000);
  const errors = watchErrors(page);
  const sent: string[] = [];
  page.on('request', (request) => sent.push(request.url() + (request.postData() ?? '')));
  const assignment = await assignmentOf(page, { due: fromNow(2 * day + 3_600_000 + 60_000) });
  await openLink(page, assignment);
  await expect(page.getByRole('heading', { name: assignment.title })).toBeVisible();
  await expect(page.locator('[data-due]')).toContainText('2 days 1 hour left');
  await expect(page.locator('[data-instructions] strong')).toHaveText('1.1');
  await expect(page.locator('[data-rules]')).toContainText('as often as you like');
  await begin(page);

  // Nothing to hand in yet: what is missing is listed, and leads there.
  await expect(page.locator('[data-progress]')).toContainText('0 of 3 answered; 10 points');
  await page.getByRole('button', { name: 'Hand in', exact: true }).click();
  const gaps = page.locator('[data-gaps]');
  await expect(gaps.getByRole('heading', { name: 'Before you hand in' })).toBeFocused();
  await expect(gaps.getByRole('listitem')).toHaveCount(3);
  await expect(button(gaps, 'Hand in as it is')).toHaveCount(0);
  await gaps.getByRole('button').first().click();
  await expect(page.locator(`[data-item="exercise ${EXERCISE}"] .take-item-head`)).toBeFocused();

  const task = exercise(page, EXERCISE);
  await typeCode(task, solution);
  await expect(rowOf(page, `exercise ${EXERCISE}`)).toContainText('not checked yet');
  await button(task, 'Check').click();
  await expect(task).toHaveAttribute('data-state', 'passed', ran);
  await expect(rowOf(page, `exercise ${EXERCISE}`)).toContainText('✓ passed');
  await answerQuiz(page, 0);
  await expect(rowOf(page, `quiz ${QUIZ}`)).toContainText('not rightly');
  await answerQuiz(page, 1);
  await expect(rowOf(page, `quiz ${QUIZ}`)).toContainText('✓ right');
  await page.getByLabel('Your answer').fill('One for a unit.\n<script>alert(1)</script>');
  await expect(page.locator('[data-progress]')).toContainText('3 of 3 answered');
  await page.waitForTimeout(600);

  // Another visit, by the same link: everything is there, and the name is not asked again.
  await openLink(page, assignment);
  await expect(exercise(page, EXERCISE)).toHaveAttribute('data-state', 'passed');
  await expect(page.getByLabel('Your answer')).toHaveValue(/^One for a unit\./);
  await expect(page.locator('[data-who]')).toHaveText('Ada Lovelace (al1815)');
  await expect(page.locator('[data-progress]')).toContainText('3 of 3 answered');

  // Nothing is missing: one press gives the file.
  const { text, file } = await handInBy(page, 'Hand in');
  expect(file).toMatch(/^hand-in-week-1-bytes-biases-ada-lovelace-\d{8}-\d{4}\.json$/);
  expect(text.indexOf('readMe')).toBeLessThan(10);
  const handIn = readHandIn(text);
  expect(await verifyReceipt(handIn)).toBe(true);
  expect(handIn.assignment.hash).toBe(await assignmentHash(assignment));
  expect(handIn.student).toEqual({ name: 'Ada Lovelace', id: 'al1815' });
  expect(handIn.answers).toMatchObject([
    { kind: 'exercise', id: EXERCISE, attempts: 1, hintsShown: 0, claimed: { passed: true } },
    { kind: 'quiz', id: QUIZ, tried: [0, 1] },
    { kind: 'written', text: 'One for a unit.\n<script>alert(1)</script>' },
  ]);
  const [first] = handIn.answers;
  const bare = (code: string): string => code.replace(/\s/g, '');
  expect(first?.kind === 'exercise' && bare(first.code)).toBe(bare(solution));

  const made = page.locator('[data-made]');
  await expect(made.getByRole('heading', { name: 'Your hand-in is ready' })).toBeFocused();
  await expect(made.locator('.take-receipt')).toHaveText(handIn.receipt.match(/.{4}/g)!.join(' '));
  const paste = await made.locator('textarea').inputValue();
  expect(readHandInText(paste)).toBe(text);
  await expect(page.locator('[data-receipts] li')).toHaveCount(1);

  // What changes afterwards is not handed in by itself, and the page says so; the receipt stays.
  await page.getByLabel('Your answer').fill('One for each unit.');
  await expect(page.locator('[data-since]')).toContainText('hand in again');
  const again = readHandIn((await handInBy(page, 'Hand in')).text);
  expect(again.receipt).not.toBe(handIn.receipt);
  await expect(page.locator('[data-since]')).toBeEmpty();
  await page.goto('assignment/');
  await expect(page.locator('[data-begun] li')).toContainText(/Week 1.*handed in/);
  await page.getByRole('button', { name: assignment.title, exact: true }).click();
  await expect(page.locator('[data-receipts] li')).toHaveCount(2);

  // No server saw the assignment or the answers.
  expect(sent.filter((each) => /#a=|[?&]a=|One for|Lovelace/.test(each))).toEqual([]);
  expect(errors).toEqual([]);
});

test('an assignment leaves the book’s own work alone, and can bring it over', async ({ page }) => {
  test.setTimeout(120_000);
  const chapter = 'chapters/01-a-model-too-heavy/01-a-client-in-distress/';
  await page.goto(chapter);
  await typeCode(exercise(page, EXERCISE), '// mine, of the book');
  await page.waitForTimeout(600);

  await openLink(page, await assignmentOf(page));
  await begin(page);
  const task = exercise(page, EXERCISE);
  await expect(task).toHaveAttribute('data-state', 'untouched');
  await button(
    page.locator(`[data-item="exercise ${EXERCISE}"]`),
    'Bring my text from the book',
  ).click();
  await expect(task).toContainText('// mine, of the book');
  await typeCode(task, solution);
  await button(task, 'Check').click();
  await expect(task).toHaveAttribute('data-state', 'passed', ran);
  await page.waitForTimeout(600);

  await page.goto(chapter);
  // In a chapter an exercise comes to life when it is near.
  await exercise(page, EXERCISE).scrollIntoViewIfNeeded();
  await expect(exercise(page, EXERCISE)).toContainText('// mine, of the book');
  await expect(exercise(page, EXERCISE)).not.toHaveAttribute('data-state', 'passed');
});

test('hints, solution, Checks and answers go by the assignment’s rules', async ({ page }) => {
  test.setTimeout(120_000);
  const policy = { hints: 'cost', hintCost: 20, solution: 'after-pass', attempts: 2 } as const;
  await openLink(page, await assignmentOf(page, { policy }));
  await begin(page);
  const task = exercise(page, EXERCISE);
  await expect(button(task, 'Share')).toBeHidden();
  await expect(task.locator('[data-checks-left]')).toHaveText('2 of 2 Checks left.');

  // A hint that costs says so first, and is shown at the second press only.
  const hint = task.locator('[data-act="hint"]');
  await expect(hint).toHaveText('Hint (−20%)');
  await hint.click();
  await expect(page.locator('.hw-announce')).toContainText('costs 20%');
  await expect(task.locator('[data-hints] > *')).toHaveCount(0);
  await hint.click();
  await expect(task.locator('[data-hints] > *')).toHaveCount(1);
  await expect(hint).toHaveText('Hint (−20%)');

  await button(task, 'Solution').click();
  await expect(page.locator('.hw-announce')).toContainText('opens when your code passes');
  await expect(task.locator('[data-solution]')).toBeEmpty();

  for (const left of ['1 of 2 Checks left.', 'No Checks left of 2.']) {
    await button(task, 'Check').click();
    await expect(task.locator('[data-checks-left]')).toHaveText(left, ran);
  }
  // The button is there and says why it does nothing; a test must not wait for it to be enabled.
  await button(task, 'Check').dispatchEvent('click');
  await expect(page.locator('.hw-announce')).toContainText('No Checks are left');
  await page.reload();
  await expect(task.locator('[data-checks-left]')).toHaveText('No Checks left of 2.');
  await expect(task.locator('[data-hints] > *')).toHaveCount(1);

  // Two different answers, and then no third.
  await answerQuiz(page, 0);
  await answerQuiz(page, 2);
  const quiz = page.locator(`[data-quiz="${QUIZ}"]`);
  await expect(quiz.locator('.hw-status')).toContainText('last answer allowed');
  await answerQuiz(page, 1);
  await expect(quiz.locator('.hw-status')).toContainText('No more answers');
  await typeCode(task, solution);
  await page.getByRole('button', { name: 'Hand in', exact: true }).click();
  const gaps = page.locator('[data-gaps]');
  await expect(gaps).toContainText('changed since its last Check');
  const { text } = await handInBy(page, 'Hand in as it is');
  expect(readHandIn(text).answers).toMatchObject([
    { attempts: 2, hintsShown: 1, solutionShown: false, claimed: { passed: false, checks: 0 } },
    { tried: [0, 2] },
  ]);
});

test('without hints and with closed solutions there are no buttons for them', async ({ page }) => {
  const policy = { hints: 'none', hintCost: 0, solution: 'never', attempts: 0 } as const;
  await openLink(page, await assignmentOf(page, { policy }));
  await begin(page);
  const task = exercise(page, EXERCISE);
  await expect(button(task, 'Check')).toBeVisible();
  await expect(task.locator('[data-act="hint"]')).toBeHidden();
  await expect(button(task, 'Solution')).toBeHidden();
  // The right answer, and only its own reason.
  await answerQuiz(page, 1);
  await expect(page.locator(`[data-quiz="${QUIZ}"] .hw-option[data-shown]`)).toHaveCount(1);
});

test('before it opens it cannot be begun; after the due time it says what work counts', async ({
  page,
}) => {
  await openLink(page, await assignmentOf(page, { opens: fromNow(day) }));
  await expect(page.locator('[data-due]')).toContainText(/Opens on .+: in 2[34] hours/);
  await expect(page.getByRole('button', { name: 'Begin', exact: true })).toBeDisabled();

  const late = { kind: 'deduct', percentPerDay: 10, mostDays: 5 } as const;
  await openLink(page, await assignmentOf(page, { due: fromNow(-1.5 * day), late }));
  await expect(page.locator('[data-due]')).toContainText('it counts for 80%');
  await openLink(page, await assignmentOf(page, { due: fromNow(-day), late: { kind: 'refuse' } }));
  await expect(page.locator('[data-due]')).toContainText('does not count');
  await expect(page.getByRole('button', { name: 'Begin', exact: true })).toBeEnabled();
});

test('a sealed assignment gives what only its key opens', async ({ page }) => {
  const keys = await makeSealKeys('atakentests');
  await openLink(page, await assignmentOf(page, { sealKey: keys.public }));
  await begin(page);
  await page.getByLabel('Your answer').fill('A secret.');
  await page.getByRole('button', { name: 'Hand in', exact: true }).click();
  const { text } = await handInBy(page, 'Hand in as it is');
  expect(text).not.toContain('Lovelace');
  const handIn = readHandIn(await unseal(readSealed(text), keys.private.key));
  expect(handIn.answers).toMatchObject([{ kind: 'written', text: 'A secret.' }]);
});

test('a changed assignment says what changed, keeps the work, and can be undone', async ({
  page,
}) => {
  const assignment = await assignmentOf(page, { due: fromNow(day) });
  await openLink(page, assignment);
  await begin(page);
  await page.getByLabel('Your answer').fill('Mine.');
  await page.waitForTimeout(600);
  await openLink(page, { ...assignment, due: fromNow(5 * day) });
  const notice = page.locator('[data-notice]');
  await expect(notice).toContainText('has changed since you opened it before: its times');
  await expect(page.locator('[data-due]')).toContainText(/4 days|5 days/);
  await expect(page.getByLabel('Your answer')).toHaveValue('Mine.');
  await notice.getByRole('button', { name: 'Back to the one before' }).click();
  await expect(page.locator('[data-due]')).toContainText(/23 hours|1 day/);
  await expect(page.getByLabel('Your answer')).toHaveValue('Mine.');
  await expect(notice).toBeEmpty();
});

test('a file opens as a link does, and an assignment can be removed and brought back', async ({
  page,
}) => {
  const assignment = await assignmentOf(page);
  await page.goto('assignment/');
  await expect(page.locator('hw-take')).toHaveAttribute('data-ready', '');
  await page.locator('[data-files="assignment"]').setInputFiles({
    name: 'week-1.json',
    mimeType: 'application/json',
    buffer: Buffer.from(writeAssignment(assignment)),
  });
  await begin(page);
  await page.getByLabel('Your answer').fill('Mine.');
  await page.getByRole('button', { name: 'Other assignments' }).click();
  const begun = page.locator('[data-begun]');
  await expect(begun).toContainText(assignment.title);
  await button(begun, `Remove ${assignment.title}`).click();
  await button(begun, 'Undo').click();
  await button(begun, assignment.title).click();
  await expect(page.getByLabel('Your answer')).toHaveValue('Mine.');
});

for (const [what, fragment, words] of [
  ['a lost end', assignmentLink, 'damaged'],
  ['another version', () => 'a=zAAAA', 'version “z”'],
  ['no text', () => 'a=', 'damaged'],
  ['a huge text', () => `a=a${'A'.repeat(300_000)}`, 'makes no such links'],
] as const) {
  test(`a link with ${what} says so, and what was open stays open`, async ({ page }) => {
    const errors = watchErrors(page);
    const assignment = await assignmentOf(page);
    await openLink(page, assignment);
    await begin(page);
    const broken = fragment(assignment).slice(0, what === 'a lost end' ? -5 : undefined);
    await page.evaluate((hash) => {
      location.hash = hash;
    }, broken);
    await expect(page.locator('[data-notice]')).toContainText(words);
    await expect(page.getByLabel('Your answer')).toBeVisible();
    // And where nothing was open, there is the way to open something.
    await page.goto('about:blank');
    await page.goto(`assignment/#${broken}`);
    await expect(page.locator('[data-notice]')).toContainText(words);
    await expect(page.getByRole('button', { name: 'Choose the file' })).toBeEnabled();
    expect(errors).toEqual([]);
  });
}

test('what a hostile assignment says is text, and an item that is not there says so', async ({
  page,
}) => {
  const errors = watchErrors(page);
  const assignment = await assignmentOf(page, {
    title: '<img src=x onerror=document.title=1>\u202e',
    instructions:
      '<img src=x onerror="document.title=1">\n\n[a](javascript:document.title=1) ![b](https://spy.test/p.png)',
  });
  const [first, ...rest] = assignment.items;
  const items = [{ ...first!, id: 'no-such-exercise' }, ...rest];
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await openLink(page, { ...assignment, items });
  const title = await page.title();
  await expect(page.locator('[data-title]')).toContainText('<img src=x');
  await expect(page.locator('hw-take img')).toHaveCount(0);
  await expect(page.locator('[data-instructions] a[href^="javascript"]')).toHaveCount(0);
  await page.getByLabel('Your name').fill('<b>Eve</b>');
  await page.getByRole('button', { name: 'Begin', exact: true }).click();
  await expect(page.locator('[data-who]')).toHaveText('<b>Eve</b>');
  await expect(page.locator('[data-item="exercise no-such-exercise"]')).toContainText(
    'has no exercise “no-such-exercise”',
  );
  // The rest can be done and handed in.
  await page.getByLabel('Your answer').fill('All the same.');
  await page.getByRole('button', { name: 'Hand in', exact: true }).click();
  const { text } = await handInBy(page, 'Hand in as it is');
  expect(readHandIn(text).answers).toHaveLength(1);
  expect(await page.title()).toBe(title);
  expect(asked.filter((url) => url.includes('spy.test'))).toEqual([]);
  // The one missing page is an answer of 404, which browsers log.
  expect(errors.filter((text_) => !/404/.test(text_))).toEqual([]);
});

test('it goes on without a network: the Check, the writing, the hand-in', async ({ page }) => {
  test.setTimeout(180_000);
  // A server of its own, which is really stopped.
  const port = 4395;
  const base = `http://localhost:${port}/`;
  const server = spawn(process.execPath, ['scripts/serve.mjs', '--port', String(port)]);
  const status = (): Promise<number> =>
    fetch(base).then(
      (answer) => answer.status,
      () => 0,
    );
  try {
    await expect.poll(status).toBe(200);
    const assignment = await assignmentOf(page);
    await page.goto(`${base}assignment/#${assignmentLink(assignment)}`);
    await begin(page);
    await expect(page.locator('[data-offline]')).toHaveAttribute('data-state', 'kept', {
      timeout: 60_000,
    });
    server.kill();
    await expect.poll(status).toBe(0);

    await page.reload();
    const task = exercise(page, EXERCISE);
    await expect(task).toBeVisible({ timeout: 30_000 });
    await typeCode(task, solution);
    await button(task, 'Check').click();
    await expect(task).toHaveAttribute('data-state', 'passed', { timeout: 60_000 });
    await answerQuiz(page, 1);
    await page.getByLabel('Your answer').fill('On a train.');
    const { text } = await handInBy(page, 'Hand in');
    expect(readHandIn(text).answers).toHaveLength(3);
  } finally {
    server.kill();
  }
});

/** A page of another site (127.0.0.1, where the book is at localhost) with a frame that follows the height it is told. */
const siteWithFrame = (address: string): Promise<Server> =>
  new Promise((resolve) => {
    const host = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html');
      response.end(`<!doctype html><title>Another site</title>
<iframe src="${address}" title="An exercise" style="width: 800px; height: 300px; border: 0"></iframe>
<script>
  const heard = [];
  addEventListener('message', ({ data, source }) => {
    const frame = document.querySelector('iframe');
    if (source !== frame.contentWindow) return;
    heard.push(data);
    frame.style.height = data.height + 'px';
  });
</script>`);
    });
    host.listen(0, '127.0.0.1', () => {
      resolve(host);
    });
  });

test('a single exercise stands in the frame of another site, runs there, and tells its height', async ({
  page,
  baseURL,
}) => {
  const errors = watchErrors(page);
  const host = await siteWithFrame(`${baseURL ?? ''}embed/${EXERCISE}/`);
  try {
    await page.goto(`http://127.0.0.1:${(host.address() as AddressInfo).port}/`);
    const frame = page.frameLocator('iframe');
    const task = frame.locator(`[data-exercise="${EXERCISE}"]`);
    await expect(task).toBeVisible();
    await expect(frame.locator('.site-header, .site-footer')).toHaveCount(0);
    const heard = (): Promise<unknown> => page.evaluate('heard.at(-1)');
    await expect
      .poll(heard)
      .toMatchObject({ type: 'heavy-weights:height', id: EXERCISE, height: expect.any(Number) });
    // The frame that follows it scrolls nothing, before the Check and with what it says.
    const hidden = (): Promise<number> =>
      frame.locator('html').evaluate((html) => html.scrollHeight - html.clientHeight);
    await expect.poll(hidden).toBe(0);
    const before = (await heard()) as { height: number };
    await task.getByRole('button', { name: 'Check', exact: true }).click();
    await expect(task).toHaveAttribute('data-state', 'failed', ran);
    await expect
      .poll(async () => ((await heard()) as { height: number }).height)
      .toBeGreaterThan(before.height);
    await expect.poll(hidden).toBe(0);
    await expect(frame.getByRole('link', { name: /section 1\.1/ })).toHaveAttribute(
      'href',
      new RegExp(`#exercise-${EXERCISE}$`),
    );
    expect(errors).toEqual([]);
  } finally {
    host.close();
  }
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [390, 1440]) {
    test(`axe finds nothing in an assignment at work: ${colorScheme}, ${width} px`, async ({
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
      const overflow = (): Promise<number> =>
        page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      const policy = { hints: 'cost', hintCost: 10, solution: 'always', attempts: 3 } as const;
      await openLink(page, await assignmentOf(page, { policy, due: fromNow(-day) }));
      expect(await faults()).toEqual([]);
      expect(await overflow()).toBeLessThanOrEqual(0);
      await begin(page);
      await page.getByLabel('Your answer').fill('w'.repeat(200));
      await page.getByRole('button', { name: 'Hand in', exact: true }).click();
      expect(await faults()).toEqual([]);
      await handInBy(page, 'Hand in as it is');
      await page.getByText('The same as text, where').click();
      expect(await faults()).toEqual([]);
      expect(await overflow()).toBeLessThanOrEqual(0);
      await context.close();
    });
  }
}
