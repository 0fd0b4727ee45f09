import AxeBuilder from '@axe-core/playwright';
import { unzipSync } from 'fflate';
import { expect, test } from '@playwright/test';
import { writeAssignment } from '../../src/instructor/assignment-file.ts';
import { writeHandIn } from '../../src/instructor/hand-in-file.ts';
import { makeCourse, makeHandIn } from '../support/many-hand-ins.ts';
import {
  act,
  cell,
  grade,
  json,
  LONG,
  openQuickSamples,
  openRow,
  openSamples,
  part,
  quickSamples,
  row,
  saved,
  zipOf,
} from './instructor-grade-support.ts';
import { longestTask } from './main-thread.ts';
import { watchErrors } from './support.ts';

test('the walkthrough: ten samples are read, run again, shown for what they are, marked and saved', async ({
  page,
}) => {
  test.setTimeout(300_000);
  const errors = watchErrors(page);
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() !== 'GET' || /example\.test/.test(request.url())) sent.push(request.url());
  });
  await openSamples(page);
  await expect(part(page, 'run-plan')).toContainText('9 hand-ins to be run again');
  await expect(part(page, 'rows').locator('tr')).toHaveCount(10);
  await grade(page);
  await expect(part(page, 'run-status')).toHaveText('9 hand-ins graded.');
  await expect(page).toHaveTitle(/Grade hand-ins/);
  // What to do next stands where it is done.
  await expect(page.getByText(/^Walkthrough, \d of 6/)).toHaveCount(5);
  await expect(page.getByText('Walkthrough, 3 of 6')).toBeVisible();

  // Nobody has a name yet, not even in the remarks or in the names of files.
  for (const name of ['Hunter', 'Wilson', 'Hatherley', 'hunterviolet', 'stonerhelen']) {
    await expect(page.locator('hw-grade')).not.toContainText(name);
  }
  await act(page, 'reveal').click();
  await expect(row(page, /Violet Hunter/)).toBeVisible();

  const violet = row(page, /Violet Hunter/);
  await expect(cell(violet, 'claimed')).toHaveText('13');
  await expect(cell(violet, 'rerun')).toHaveText('13');
  await expect(cell(violet, 'mark')).toContainText('1 to mark');
  const forged = row(page, /Jabez Wilson/);
  await expect(cell(forged, 'claimed')).toHaveText('13');
  await expect(cell(forged, 'claimed')).toHaveAttribute('data-differs', '');
  await expect(cell(forged, 'rerun')).not.toHaveText('13');
  await expect(cell(forged, 'remarks')).toContainText('they do not');
  await expect(cell(row(page, /Helen Stoner/), 'came')).toContainText('× 0.8');
  await expect(cell(row(page, /Percy Phelps/), 'came')).toContainText('within the grace');
  await expect(row(page, /Mary Sutherland/)).toHaveAttribute('data-state', 'graded');
  await expect(cell(row(page, /Neville St Clair/), 'remarks')).toContainText('receipt');
  await expect(row(page, /hatherleyvictor/)).toHaveAttribute('data-state', 'refused');
  await expect(cell(row(page, /hatherleyvictor/), 'remarks')).toContainText('cut short');
  await expect(row(page, /=HYPERLINK.*<b>Openshaw<\/b>/)).toBeVisible();

  // Sorting and filtering.
  await page.getByRole('button', { name: 'Re-run', exact: true }).click();
  await page.getByRole('button', { name: 'Re-run', exact: true }).click();
  await expect(page.locator('th[aria-sort="descending"]')).toHaveText('Re-run');
  await expect(part(page, 'rows').locator('tr').first()).toContainText(
    /Hunter|Munro|Stoner|Pycroft/,
  );
  await page.locator('[name="filter"]').selectOption('differs');
  await expect(part(page, 'rows').locator('tr')).toHaveCount(1);
  await page.locator('[name="filter"]').selectOption('all');
  await page.locator('[name="search"]').fill('pycroft');
  await expect(part(page, 'rows').locator('tr')).toHaveCount(1);

  // One hand-in: the code beside its starter, the checks, the known slip, the rubric.
  const detail = await openRow(page, 'Hall Pycroft');
  const task = detail.locator('[data-item="exercise scale-and-zero-point"]');
  await expect(task.locator('[data-diff="added"]').first()).toBeVisible();
  await expect(task.locator('[data-diff="removed"]').first()).toBeVisible();
  await expect(task.locator('.hw-advice')).toContainText('256');
  await expect(task.locator('[data-check][data-status="failed"]').first()).toBeVisible();
  const quiz = detail.locator('[data-item^="quiz"]').first();
  await expect(quiz.locator('.grade-tried li')).toHaveCount(2);
  await expect(quiz.locator('.grade-tried li').last()).toContainText('Right');
  const written = detail.locator('[data-item="written no-harm-was-done"]');
  for (const [criterion, points] of [
    ['0', '1'],
    ['1', '0'],
    ['2', '0'],
    ['3', '0'],
  ] as const) {
    const field = written.locator(`[data-criterion="${criterion}"]`);
    await field.fill(points);
    await field.blur();
  }
  await expect(detail.locator('.grade-sum')).not.toContainText('to be marked');
  await written.locator('[data-comment]').fill('No mechanism is named.');
  await written.locator('[data-comment]').blur();
  const own = task.locator('[data-override]');
  await own.fill('99');
  await own.blur();
  await expect(own).toHaveValue('4');
  await expect(task.locator('.grade-item-mark')).toContainText('Yours: 4');
  await act(page, 'undo').click();
  await expect(task.locator('.grade-item-mark')).not.toContainText('Yours');
  await act(page, 'close').click();
  await expect(row(page, /Hall Pycroft/).getByRole('button')).toBeFocused();
  await page.locator('[name="search"]').fill('');

  // A stranger's text is text.
  const hostile = await openRow(page, '=HYPERLINK');
  await expect(hostile.locator('.grade-written')).toContainText('<img src=');
  await expect(page.locator('hw-grade img')).toHaveCount(0);
  await act(page, 'close').click();

  // The pair, side by side.
  const pairs = part(page, 'pairs').locator('li');
  await expect(pairs.first()).toContainText(
    /Violet Hunter and Grant Munro|Grant Munro and Violet Hunter/,
  );
  await pairs.first().getByRole('button').click();
  await expect(part(page, 'sides').locator('.grade-code')).toHaveCount(2);
  expect(await part(page, 'sides').locator('[data-alike]').count()).toBeGreaterThan(6);

  // The marks.
  const plain = await saved(page, () => page.locator('[data-export="plain"]').click());
  const lines = plain.bytes.toString('utf8').split('\r\n');
  expect(plain.name).toBe('sample-the-first-case-plain.csv');
  expect(lines).toHaveLength(11);
  const pycroft = lines.find((line) => line.startsWith('Hall Pycroft,'))!;
  expect(pycroft.split(',')[2]).toMatch(/^\d+(\.\d+)?$/);
  expect(lines.find((line) => line.includes('HYPERLINK'))).toMatch(/^"?'=HYPERLINK/);
  const feedback = await saved(page, () => act(page, 'feedback').click());
  const files = unzipSync(new Uint8Array(feedback.bytes));
  expect(Object.keys(files)).toHaveLength(9);
  expect(new TextDecoder().decode(files['pycrofthall_31002_91002_feedback.txt'])).toContain(
    'No mechanism is named.',
  );

  const gradebook = await (await page.request.get('samples/gradebook.csv')).text();
  await page
    .locator('[data-files="gradebook"]')
    .setInputFiles({ name: 'grades.csv', mimeType: 'text/csv', buffer: Buffer.from(gradebook) });
  await expect(part(page, 'matched')).toContainText('8 students matched, 1 not');
  await expect(part(page, 'unmatched')).toContainText('Percy Phelps: nobody like that');
  await expect(page.locator('[name="column"]')).toHaveValue('Sample: the first case (8801)');
  const canvas = await saved(page, () => page.locator('[data-export="canvas"]').click());
  const [titles, worth, ...students] = canvas.bytes.toString('utf8').split('\r\n');
  // Canvas puts the marks into the column of that number.
  expect(titles).toBe('Student,ID,SIS User ID,SIS Login ID,Section,Sample: the first case (8801)');
  expect(worth).toBe('"    Points Possible",,,,,23');
  expect(students.filter((line) => /^[-=+@\t]/.test(line))).toEqual([]);
  const moodle = await saved(page, () => page.locator('[data-export="moodle"]').click());
  expect(moodle.bytes.toString('utf8')).toMatch(/^Identifier,Full name,ID number,Email address,/);
  const filled = await saved(page, () => act(page, 'fill').click());
  const before = gradebook.split('\r\n');
  const after = filled.bytes.toString('utf8').split('\r\n');
  const differing = after.filter((line, index) => line !== before[index]);
  // Only Hall Pycroft is marked to the end, and Mary Sutherland, who wrote nothing.
  expect(differing.map((line) => line.split(',')[0]).sort()).toEqual([
    'Hall Pycroft',
    'Mary Sutherland',
  ]);
  expect(sent).toEqual([]);
  expect(errors).toEqual([]);
});

test('what was graded and decided is there after a reload; erased, it can be brought back', async ({
  page,
}) => {
  test.setTimeout(300_000);
  await openQuickSamples(page);
  await grade(page);
  await act(page, 'reveal').click();
  const detail = await openRow(page, 'Violet Hunter');
  const own = detail.locator('[data-item^="written"] [data-override]');
  await own.fill('9.5');
  await own.blur();
  await expect(cell(row(page, /Violet Hunter/), 'mark')).toContainText('22.5');

  await page.goto('about:blank');
  await page.goto('instructors/grade/');
  const works = part(page, 'works');
  await expect(works).toContainText('8 of 8 hand-ins graded');
  await works.getByRole('button').click();
  await expect(cell(row(page, /Violet Hunter/), 'mark')).toContainText('22.5');
  await expect(act(page, 'grade')).toBeDisabled();

  // The same files again change nothing.
  await page.locator('[data-files="hand-ins"]').setInputFiles(await quickSamples(page));
  await expect(part(page, 'read-status')).toContainText('8 hand-ins read');
  await expect(part(page, 'rows').locator('tr')).toHaveCount(9);
  await expect(cell(row(page, /Violet Hunter/), 'mark')).toContainText('22.5');

  await act(page, 'erase').click();
  await expect(part(page, 'works-box')).toBeHidden();
  await page.getByRole('button', { name: 'Bring it back' }).click();
  await expect(cell(row(page, /Violet Hunter/), 'mark')).toContainText('22.5');
});

test('own checks count besides the book’s; those that the solution fails are refused', async ({
  page,
}) => {
  test.setTimeout(300_000);
  const checks = (expected: number): string => `// exercise: count-the-bytes
import { check, defineChecks, expectEqual } from 'heavy-weights/checks';

export default defineChecks([
  check('mine', 'One layer of mine', async ({ call }) => {
    expectEqual(await call('denseBytes', [2, 2, 8, 8], 'number'), ${expected});
  }),
]);
`;
  await openQuickSamples(page);
  const load = (text: string): Promise<void> =>
    page
      .locator('[data-files="checks"]')
      .setInputFiles({ name: 'mine.ts', mimeType: 'text/plain', buffer: Buffer.from(text) });
  await load('export const nothing = 1;');
  await expect(part(page, 'checks-error')).toContainText('does not say for which exercise');
  await load(checks(999));
  await expect(part(page, 'own-checks')).toContainText('count-the-bytes');
  await act(page, 'grade').click();
  await expect(part(page, 'run-status')).toContainText('Nothing was graded', LONG);
  await load(checks(6));
  await expect(part(page, 'checks-status')).toContainText('Loaded');
  await grade(page);
  await act(page, 'reveal').click();
  const detail = await openRow(page, 'Violet Hunter');
  await expect(detail.getByRole('heading', { name: 'Your own checks' })).toBeVisible();
  await part(page, 'own-checks').getByRole('button', { name: 'Leave them out' }).click();
  await expect(part(page, 'run-plan')).toContainText('8 hand-ins to be run again');
});

test('what is no assignment, no hand-in or another’s is said, and nothing is lost', async ({
  page,
}) => {
  await page.goto('instructors/grade/');
  await expect(page.locator('hw-grade')).toHaveAttribute('data-state', 'ready');
  await page
    .locator('[data-files="assignment"]')
    .setInputFiles(json('a.json', '{"format":"other"}'));
  await expect(part(page, 'open-error')).toContainText('no assignment');
  await page.locator('[name="link"]').fill('https://example.test/#nothing');
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(part(page, 'open-error')).toContainText('no link to an assignment');

  const course = await makeCourse(['count-the-bytes']);
  await page
    .locator('[data-files="assignment"]')
    .setInputFiles(json('course.json', writeAssignment(course.assignment)));
  await expect(part(page, 'title')).toHaveText('Many hand-ins');
  const samples = await (await page.request.get('samples/hand-ins.zip')).body();
  await page.locator('[data-files="hand-ins"]').setInputFiles([
    { name: 'hand-ins.zip', mimeType: 'application/zip', buffer: samples },
    json('nothing.json', ''),
    {
      name: 'notes.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('Dear sir, here is my work.'),
    },
  ]);
  await expect(part(page, 'read-status')).toContainText('12 refused');
  await expect(part(page, 'rows')).toContainText('another assignment');
  await expect(part(page, 'rows')).toContainText('is empty');
  await expect(act(page, 'grade')).toBeDisabled();
  await page.locator('[name="filter"]').selectOption('problems');
  await expect(part(page, 'rows').locator('tr')).toHaveCount(12);

  // When they came: by the instructor's word.
  await page.getByLabel('All at one time, which I say:').check();
  await expect(page.locator('[name="arrived-at"]')).toBeEnabled();
  await expect(page.locator('[name="arrived-at"]')).toHaveValue(/^2026-11-2/);
});

test('what is said of a file’s own time goes once the instructor has said when all came', async ({
  page,
}) => {
  const course = await makeCourse(['count-the-bytes']);
  // Long past: the file's time, which is now, is after it.
  course.assignment.due = '2020-03-01T12:00:00Z';
  await page.goto('instructors/grade/');
  await page
    .locator('[data-files="assignment"]')
    .setInputFiles(json('course.json', writeAssignment(course.assignment)));
  await expect(part(page, 'title')).toHaveText('Many hand-ins');
  await page
    .locator('[data-files="hand-ins"]')
    .setInputFiles(json('one.json', writeHandIn(await makeHandIn(1, course))));
  const remark = 'Its time is the file’s on this disk';
  const remarks = cell(part(page, 'rows').locator('tr'), 'remarks');
  await expect(remarks).toContainText(remark);
  const detail = await openRow(page, 'Client 1');
  await expect(detail).toContainText(remark);
  await page.getByLabel('All at one time, which I say:').check();
  await expect(remarks).not.toContainText(remark);
  await expect(detail).not.toContainText(remark);
  await expect(detail).toContainText('on time');
  await page.getByLabel('By the times of the files').check();
  await expect(remarks).toContainText(remark);
  await expect(detail).toContainText(remark);
});

test('a thousand hand-ins are read, shown, sorted and begun without freezing the page', async ({
  page,
  browser,
}) => {
  test.setTimeout(300_000);
  const course = await makeCourse();
  const zip = await zipOf(course, 1_000);
  await page.goto('instructors/grade/');
  await page
    .locator('[data-files="assignment"]')
    .setInputFiles(json('course.json', writeAssignment(course.assignment)));
  await expect(part(page, 'title')).toHaveText('Many hand-ins');
  const { cpuMs } = await longestTask(browser, page, async () => {
    await page
      .locator('[data-files="hand-ins"]')
      .setInputFiles({ name: 'all.zip', mimeType: 'application/zip', buffer: zip });
    await expect(part(page, 'read-status')).toContainText('1,000 hand-ins read', LONG);
    await expect(part(page, 'page')).toHaveText('1 to 50 of 1,000 rows');
    await expect(part(page, 'rows').locator('tr')).toHaveCount(50);
    await act(page, 'page-on').click();
    await expect(part(page, 'page')).toHaveText('51 to 100 of 1,000 rows');
    await page.getByRole('button', { name: 'Attempts', exact: true }).click();
    await page.locator('[name="search"]').fill('Client 99');
    await expect(part(page, 'page')).toHaveText(/of 1[12] rows/);
    await page.locator('[name="search"]').fill('');
    await act(page, 'grade').click();
    await expect(part(page, 'run-status')).toContainText(/^[1-9]\d* of 1,000 hand-ins/, LONG);
    // Marking goes on meanwhile.
    await part(page, 'rows').getByRole('button').first().click();
    await expect(part(page, 'detail').getByRole('heading', { level: 3 })).toContainText('Client');
    await act(page, 'stop').click();
    await expect(part(page, 'run-status')).toContainText('Stopped: what is done is kept');
  });
  // Nobody notices a quarter of a second once in a thousand hand-ins.
  expect(cpuMs).toBeLessThan(250);
  await expect(act(page, 'grade')).toHaveText('Go on');
});

test('axe finds nothing in an open grading, light and dark, narrow and wide', async ({ page }) => {
  test.setTimeout(300_000);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openQuickSamples(page);
  await grade(page);
  await act(page, 'reveal').click();
  await openRow(page, 'Hall Pycroft');
  await part(page, 'pairs').getByRole('button').first().click();
  await expect(part(page, 'sides').locator('.grade-code')).toHaveCount(2);
  for (const [colorScheme, width] of [
    ['light', 390],
    ['light', 1440],
    ['dark', 390],
  ] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: 844 });
    const axe = new AxeBuilder({ page }).exclude('iframe');
    // In the dark nothing is another but the colours.
    if (colorScheme === 'dark') axe.withRules(['color-contrast']);
    const { violations } = await axe.analyze();
    const faults = violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
    expect(faults, `${colorScheme}, ${width} px`).toEqual([]);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(over, `${colorScheme}, ${width} px`).toBe(0);
  }
});
