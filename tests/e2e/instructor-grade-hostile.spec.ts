import { mkdir, truncate, writeFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { deflateSync } from 'fflate';
import { BookOnDisk } from '../../scripts/grade/book-on-disk.ts';
import { crc32 } from '../../src/engine/compression/crc32.ts';
import { buildHandIn, writeHandIn } from '../../src/instructor/hand-in-file.ts';
import { itemVersion } from '../../src/instructor/item-version.ts';
import { makeSealKeys, writeSealKey } from '../../src/instructor/seal-key.ts';
import { seal, writeSealed } from '../../src/instructor/seal.ts';
import type { Assignment, PinnedQuestion } from '../../src/schemas/assignment.ts';
import { makeCourse, makeHandIn } from '../support/many-hand-ins.ts';
import { rawZip } from '../unit/instructor/batch/zip-maker.ts';
import {
  act,
  cell,
  drop,
  grade,
  json,
  openAssignment,
  openRow,
  part,
  row,
} from './instructor-grade-support.ts';

/** What the Grade page makes of files that nobody should hand in, and of exercises that the book has changed since. */

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

test('bombs, slips, giants, copies and sealed files are said to be what they are; the rest is graded', async ({
  page,
}, testInfo) => {
  test.setTimeout(180_000);
  const course = await makeCourse(['count-the-bytes']);
  const keys = await makeSealKeys(course.assignment.id);
  course.assignment.sealKey = keys.public;
  const textOf = async (student: number): Promise<string> =>
    writeHandIn(await makeHandIn(student, course));
  const [first, second, third] = await Promise.all([3, 6, 9].map(textOf));
  const sealed = writeSealed(await seal(await textOf(12), course.assignment.id, keys.public));
  const zeros = new Uint8Array(15_000_000);
  const stored = (name: string, text: string, day: number) => ({
    name,
    data: encode(text),
    // 12:00 of a day in November 2026, as MS-DOS wrote it.
    time: (((2026 - 1980) << 9) | (11 << 5) | day) * 65_536 + (12 << 11),
  });
  const zip = rawZip([
    stored('oneann_101_201_hand-in.json', first!, 10),
    stored('oneann_101_202_hand-in-1.json', first!.replace('"attempts": 4', '"attempts": 2'), 11),
    stored('twoben_102_203_hand-in.json', second!, 12),
    stored('../threecy_103_204_hand-in.json', third!, 12),
    stored('fourdee_104_205_hand-in.json', third!.slice(0, 700), 12),
    stored('fiveed_105_206_hand-in.json', sealed, 12),
    {
      name: 'sixflo_106_207_hand-in.json',
      method: 8,
      data: deflateSync(zeros),
      size: zeros.length,
      crc: crc32(zeros),
    },
  ]);
  const giant = testInfo.outputPath('sevengus_107_208_hand-in.json');
  await writeFile(giant, '{');
  await truncate(giant, 200_000_000);
  const archive = testInfo.outputPath('export.zip');
  await writeFile(archive, zip);

  await openAssignment(page, course.assignment);
  await page.locator('[data-files="hand-ins"]').setInputFiles([archive, giant]);
  const status = part(page, 'read-status');
  await expect(status).toContainText('2 hand-ins read; 1 older ones of the same students; 5 ref');
  await act(page, 'reveal').click();
  for (const [file, why] of [
    ['threecy', 'leads out'],
    ['fourdee', 'cut short'],
    ['fiveed', 'sealed'],
    ['sixflo', 'bomb'],
    ['sevengus', '200,000,000 bytes'],
  ] as const) {
    await expect(row(page, new RegExp(file))).toHaveAttribute('data-state', 'refused');
    await expect(cell(row(page, new RegExp(file)), 'remarks')).toContainText(why);
  }

  // The key opens what was sealed.
  await page
    .locator('[data-files="key"]')
    .setInputFiles(json('key.json', writeSealKey(keys.private)));
  await expect(part(page, 'key-status')).toContainText('loaded');
  await page.locator('[data-files="hand-ins"]').setInputFiles([archive, giant]);
  await expect(status).toContainText('3 hand-ins read; 1 older ones of the same students; 4 ref');
  await expect(row(page, /Student 12/)).toBeVisible();

  await grade(page);
  await expect(part(page, 'run-status')).toHaveText('3 hand-ins graded.');
  for (const name of ['Student 3', 'Student 6', 'Student 12']) {
    await expect(cell(row(page, new RegExp(name)), 'mark')).toHaveText('5 of 5');
  }
  // Of a student's two, the newer counts until the instructor says otherwise.
  const ann = row(page, /Student 3/);
  await expect(cell(ann, 'attempts')).toHaveText('2');
  await expect(cell(ann, 'remarks')).toContainText('receipt');
  const detail = await openRow(page, 'Student 3');
  await detail.getByRole('button', { name: 'Count this one instead' }).click();
  await expect(cell(ann, 'attempts')).toHaveText('4');
  await expect(part(page, 'run-plan')).toContainText('1 hand-in to be run again');
});

test('a folder as Moodle exports it is read under Moodle’s names', async ({ page }, testInfo) => {
  const course = await makeCourse(['count-the-bytes']);
  const folder = testInfo.outputPath('Week 3');
  for (const [student, name] of [
    [3, 'Ann Zoë One_40001_assignsubmission_file_'],
    [6, 'Ben Two_40002_assignsubmission_file_'],
  ] as const) {
    await mkdir(`${folder}/${name}`, { recursive: true });
    const text = writeHandIn(await makeHandIn(student, course));
    await writeFile(`${folder}/${name}/hand-in.json`, text);
  }
  await openAssignment(page, course.assignment);
  await page.locator('[data-files="hand-ins-folder"]').setInputFiles(folder);
  await expect(part(page, 'read-status')).toContainText('2 hand-ins read');
  // The file says “Student 3”, Moodle says otherwise: nobody is named before the names are revealed.
  await expect(part(page, 'rows')).toContainText('somebody else than the file says');
  await expect(page.locator('hw-grade')).not.toContainText(/Ann|Student 3/);
  await act(page, 'reveal').click();
  await expect(part(page, 'rows')).toContainText('Ann Zoë One');
});

test('of an exercise and a question that the book has changed, both versions’ marks are shown, and the kept one counts', async ({
  page,
}) => {
  const course = await makeCourse(['count-the-bytes']);
  const { data, starter } = course.exercises[0]!;
  const { id, entry, seed } = data;
  const old = {
    checks: `import { check, defineChecks, expectEqual } from 'heavy-weights/checks';

export default defineChecks([
  check('small', 'a small layer', async ({ call }) => {
    expectEqual(await call('denseBytes', [2, 2, 8, 8], 'number'), 6);
  }),
]);
`,
    entry,
    seed,
    limitMs: data.limits.ms,
  };
  const version = await itemVersion({ kind: 'exercise', ...old });
  const question = await changedQuestion('biases-or-weights');
  const assignment: Assignment = {
    ...course.assignment,
    items: [
      { kind: 'exercise', id, points: 5, partial: 'all-or-nothing', version },
      { kind: 'quiz', id: 'biases-or-weights', points: 3, version: question.version },
    ],
    pinned: { [id]: { ...old, version, starter } },
    pinnedQuestions: { 'biases-or-weights': question },
  };
  const handIn = await buildHandIn({
    assignment,
    student: { name: 'Ann One', id: 's1' },
    book: '0.1.0',
    startedAt: '2026-11-10T08:00:00Z',
    handedInAt: '2026-11-11T10:00:00Z',
    answers: [
      {
        kind: 'exercise',
        id,
        version,
        code: 'export const denseBytes = (): number => 6;\nexport const networkBytes = denseBytes;\n',
        claimed: { passed: true, checks: 1, of: 1 },
        attempts: 1,
        hintsShown: 0,
        solutionShown: false,
      },
      { kind: 'quiz', id: 'biases-or-weights', version: question.version, tried: [3, 1] },
    ],
  });
  await openAssignment(page, assignment);
  await drop(page, 'hand-ins', {
    name: 'one.json',
    type: 'application/json',
    text: writeHandIn(handIn),
  });
  await expect(part(page, 'read-status')).toContainText('1 hand-in read');
  await grade(page);
  const client = row(page, /Client 1/);
  await expect(cell(client, 'mark')).toHaveText('7 of 8');
  await expect(cell(client, 'remarks')).toContainText('has changed since the assignment');
  const detail = await openRow(page, 'Client 1');
  for (const [kind, byBook] of [
    ['exercise', '0 of 5'],
    ['quiz', '3 of 3'],
  ]) {
    const shown = detail.locator(`[data-item^="${kind} "]`);
    await expect(
      shown.getByRole('heading', { name: 'By the assignment’s version, which gives the mark' }),
    ).toBeVisible();
    await expect(
      shown.getByRole('heading', { name: `By the book’s version of today: ${byBook}` }),
    ).toBeVisible();
  }
  await expect(detail.locator('[data-item^="quiz "] .grade-notes')).toContainText(
    'have changed in the book since',
  );
  // What is right today was wrong then, and the other way round.
  const lists = detail.locator('[data-item^="quiz "] .grade-tried');
  await expect(lists.first().locator('li')).toHaveText([/^✗ Wrong: It saves almost/, /^✓ Right: /]);
  await expect(lists.last().locator('li')).toHaveText([/^✓ Right: It saves almost/, /^✗ Wrong: /]);
});

/** A question of the book as it may have been: its options in another order, and another of them right. */
async function changedQuestion(id: string): Promise<PinnedQuestion> {
  const today = (await new BookOnDisk().quiz(id))!;
  const texts = [...today.options].reverse();
  const options = texts.map((text, index) => ({ text, correct: index === 1 }));
  const version = await itemVersion({ kind: 'quiz', options });
  return { version, question: 'What do you tell her?', options };
}
