/** The SCORM package in a real SCORM 1.2 runtime: what it keeps, resumes, scores, and does when the system fails. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Frame, type FrameLocator, type Page } from '@playwright/test';
import { startScormSite, type ScormSite } from './scorm-site.ts';

let site: ScormSite;
test.beforeAll(async () => {
  site = await startScormSite();
});
test.afterAll(() => site.close());

interface Kept {
  suspend_data: string;
  core: {
    lesson_status: string;
    exit: string;
    session_time: string;
    score: { raw: string; min: string; max: string };
  };
}

type Sco = Page | Frame | FrameLocator;
const inFrame = (page: Page): FrameLocator => page.frameLocator('iframe');
const question = (sco: Sco, index: number) => sco.locator(`[data-question="${index}"]`);
const status = (sco: Sco) => sco.locator('[data-part="status"]');
const score = (sco: Sco) => sco.locator('[data-part="score"]');
const calls = (page: Page): Promise<string[]> => page.evaluate(() => window.calls);
const refused = (page: Page): Promise<string[]> => page.evaluate(() => window.refused);
const kept = (page: Page): Promise<Kept> =>
  page.evaluate(() => JSON.parse(localStorage.getItem('lms') ?? 'null') as never);

const right = (index: number): number =>
  site.course.questions[index]!.options.findIndex(({ correct }) => correct);
const wrong = (index: number): number => (right(index) === 0 ? 1 : 0);

async function answer(sco: Sco, index: number, option: number): Promise<void> {
  await question(sco, index).locator(`input[value="${option}"]`).check();
  await question(sco, index).getByRole('button', { name: 'Answer' }).click();
}

test('a student answers, closes, comes back and finishes: the system has it all', async ({
  page,
}) => {
  await page.goto(site.url);
  const sco = inFrame(page);
  await expect(status(sco)).toHaveText('Your answers are kept in your course.');
  await expect(sco.getByRole('heading', { level: 1 })).toHaveText(site.course.title);
  expect((await kept(page)).core.lesson_status).toBe('incomplete');

  await answer(sco, 0, right(0));
  await expect(question(sco, 0).locator('.answer')).toHaveText('Right.');
  await answer(sco, 1, wrong(1));
  await expect(question(sco, 1).locator('.answer')).toContainText('try again');
  // Two of six points: over all questions, not over those answered.
  await expect(score(sco)).toContainText('Score: 33.33 of 100');
  expect((await kept(page)).core.score).toMatchObject({ raw: '33.33', min: '0', max: '100' });

  await sco.getByRole('button', { name: 'Save and close' }).click();
  await expect(status(sco)).toContainText('You can close this window');
  await expect(question(sco, 1).getByRole('button')).toBeDisabled();
  const closed = await kept(page);
  expect(closed.core).toMatchObject({ exit: 'suspend', lesson_status: 'incomplete' });
  expect(closed.core.session_time).toMatch(/^\d{2,4}:\d\d:\d\d\.\d\d$/);
  expect(closed.suspend_data.length).toBeLessThan(3_800);

  await page.reload();
  await expect(question(sco, 0).locator('.answer')).toHaveText('Right.');
  await expect(question(sco, 1).locator('.answer')).toContainText('try again');
  await answer(sco, 1, right(1));
  await answer(sco, 2, right(2));
  await expect(score(sco)).toContainText('3 of 3');
  expect((await kept(page)).core.lesson_status).toBe('completed');
  expect(await refused(page)).toEqual([]);
});

test('closes with the system once, when its page goes away', async ({ page }) => {
  await page.goto(site.url);
  const sco = inFrame(page);
  await answer(sco, 0, right(0));
  await page.locator('iframe').evaluate((frame: HTMLIFrameElement) => {
    frame.src = 'about:blank';
  });
  await expect.poll(() => calls(page)).toContain('LMSFinish');
  expect((await calls(page)).filter((name) => name === 'LMSFinish')).toHaveLength(1);
  expect((await calls(page)).filter((name) => name === 'LMSInitialize')).toHaveLength(1);
  expect((await kept(page)).core.score.raw).toBe('33.33');
  expect(await refused(page)).toEqual([]);
});

test('finds the system ten frames up', async ({ page }) => {
  await page.goto(`${site.url}?levels=10`);
  await expect.poll(() => calls(page)).toContain('LMSInitialize');
  const sco = page.frames().find((frame) => frame.url().includes('course/index.html'))!;
  await answer(sco, 0, right(0));
  expect((await kept(page)).core.score.raw).toBe('33.33');
});

test('finds the system from a window of its own', async ({ page }) => {
  await page.goto(`${site.url}?window`);
  const [sco] = await Promise.all([
    page.waitForEvent('popup'),
    page.getByRole('button', { name: 'Open the package' }).click(),
  ]);
  await answer(sco, 0, right(0));
  await expect(status(sco)).toHaveText('Your answers are kept in your course.');
  expect((await kept(page)).core.score.raw).toBe('33.33');
});

test('a system that refuses is named, and nothing is lost', async ({ page }) => {
  await page.goto(site.url);
  const sco = inFrame(page);
  await expect(status(sco)).toHaveText('Your answers are kept in your course.');
  await page.evaluate(() => localStorage.setItem('refuse', ''));
  await answer(sco, 0, right(0));
  await expect(status(sco)).toContainText('did not keep the answers');
  await expect(status(sco)).toContainText('kept in this browser');
  // Later the system takes answers again, and knows nothing: the browser's copy goes back to it.
  await page.goto(site.url.replace('lms.html', 'course/sco.css'));
  await page.evaluate(() => {
    localStorage.removeItem('refuse');
    localStorage.removeItem('lms');
  });
  await page.goto(site.url);
  await expect(question(sco, 0).locator('.answer')).toHaveText('Right.');
  await expect.poll(async () => (await kept(page)).core.score.raw).toBe('33.33');
});

test('works without a system, in this browser only, and says so', async ({ page }) => {
  const alone = site.url.replace('lms.html', 'course/index.html');
  await page.goto(alone);
  await expect(status(page)).toContainText('in this browser only');
  await answer(page, 0, right(0));
  await page.reload();
  await expect(question(page, 0).locator('.answer')).toHaveText('Right.');
  await expect(page.getByRole('button', { name: 'Save and close' })).toBeDisabled();
});

test('fits a phone, passes axe, shows its maths, and says what its score is worth', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(site.url.replace('lms.html', 'course/index.html'));
  await answer(page, 0, right(0));
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
  await expect(page.locator('math').first()).toBeVisible();
  await page.getByText('What counts here').click();
  await expect(page.getByText('The score is a claim')).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
});
