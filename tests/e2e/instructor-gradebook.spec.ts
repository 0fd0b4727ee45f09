import { expect, test, type Page } from '@playwright/test';
import { unzipSync, zipSync } from 'fflate';
import {
  act,
  drop,
  grade,
  json,
  LONG,
  openRow,
  part,
  quickSamples,
  saved,
} from './instructor-grade-support.ts';

/** The course's own gradebook there and back: one column is filled, every other byte stays as it was. */

const TITLE = 'Sample: the first case';

/** As Canvas exports it: a mark before it, two rows before the students, quotation marks, the Test Student. */
const canvas = `\uFEFFStudent,ID,SIS User ID,SIS Login ID,Section,Week 0 (8800),${TITLE} (8801),Final Score
,,,,,Manual Posting,,
    Points Possible,,,,,10.00,23.00,(read only)
"Adler, Irene",31011,s20011,adlerirene,Baker Street,10.00,,100.0
"Hunter, Violet",31001,s20001,hunterviolet,"Baker Street, ""A""",7.50,,75.0
"Pycroft, Hall",31002,s20002,pycrofthall,Baker Street,,3.00,
"Stoner, Helen",31004,s20004,stonerhelen,Baker Street,"8.00","1.00",80.0
"Wilson, Jabez",31003,s20003,wilsonjabez,Baker Street,,,
"Student, Test",31999,,7f3c2a,Baker Street,,,
`;

/** As Moodle exports it where decimals have commas. One student has no number there, and two have one name. */
const MOODLE_COLUMN = `Assignment: ${TITLE} (Real)`;
const moodle = `"First name";"Last name";"ID number";Institution;Department;"Email address";"Quiz: Week 0 (Real)";"${MOODLE_COLUMN}";"Course total (Real)";"Last downloaded from this course"
Irene;Adler;s20011;;;irene@example.org;10,00;-;10,00;1790000000
Violet;Hunter;s20001;;"Letters; Zoölogy";violet@example.org;7,50;-;7,50;1790000000
Hall;Pycroft;s20002;;;hall@example.org;-;3,00;3,00;1790000000
Helen;Stoner;;;;helen@example.org;8,00;"1,00";9,00;1790000000
Jabez;Wilson;s30001;;;jabez@example.org;-;-;-;1790000000
Jabez;Wilson;s30002;;;wilson@example.org;-;-;-;1790000000
`;

/** Five samples graded, of which two are marked to the end: Violet Hunter has 22.5, Helen Stoner 17.25. */
async function openMarked(page: Page): Promise<void> {
  await page.goto('instructors/grade/');
  const assignment = await (await page.request.get('samples/assignment.json')).text();
  await page.locator('[data-files="assignment"]').setInputFiles(json('a.json', assignment));
  await expect(part(page, 'title')).toHaveText(TITLE, LONG);
  const samples = await quickSamples(page);
  const files = Object.entries(unzipSync(new Uint8Array(samples.buffer)));
  const some = files.filter(([name]) => /^(hunter|pycroft|stoner|wilson|phelps)/.test(name));
  const mtime = new Date('2026-10-02T10:00:00Z');
  await page.locator('[data-files="hand-ins"]').setInputFiles({
    ...samples,
    buffer: Buffer.from(zipSync(Object.fromEntries(some), { mtime })),
  });
  await expect(part(page, 'read-status')).toContainText('5 hand-ins read', LONG);
  await grade(page);
  await act(page, 'reveal').click();
  for (const [name, points, sum] of [
    ['Violet Hunter', '9.5', '22.5'],
    ['Helen Stoner', '4.25', '17.25'],
  ] as const) {
    const detail = await openRow(page, name);
    const own = detail.locator('[data-item^="written"] [data-override]');
    await own.fill(points);
    await own.blur();
    await expect(detail.locator('.grade-sum')).toContainText(sum);
    await act(page, 'close').click();
  }
}

test('a gradebook of Canvas comes back with one column filled and every other byte as it was', async ({
  page,
}) => {
  test.setTimeout(180_000);
  await openMarked(page);
  await drop(page, 'gradebook', { name: 'Grades-HW.csv', type: 'text/csv', text: canvas });
  await expect(part(page, 'matched')).toHaveText(
    'Grades-HW.csv: 4 students matched, 1 not; 2 of the gradebook have no hand-in that was read and matched.',
  );
  await expect(part(page, 'unmatched').locator('li')).toHaveText([
    'Percy Phelps: nobody like that in the gradebook',
  ]);
  await expect(page.locator('[name="column"]')).toHaveValue(`${TITLE} (8801)`);
  const filled = await saved(page, () => act(page, 'fill').click());
  expect(filled.name).toBe('Grades-HW.csv');
  // Hall Pycroft waits to be marked, and keeps what he had.
  expect(filled.bytes.toString('utf8')).toBe(
    canvas.replace(',7.50,,75.0', ',7.50,22.5,75.0').replace('"1.00"', '"17.25"'),
  );
  await expect(part(page, 'export-status')).toContainText('2 cells of');
});

test('a gradebook of Moodle comes back with the chosen column filled and every other byte as it was', async ({
  page,
}) => {
  test.setTimeout(180_000);
  await openMarked(page);
  await drop(page, 'gradebook', { name: 'HW Grades.csv', type: 'text/csv', text: moodle });
  await expect(part(page, 'matched')).toHaveText(
    'HW Grades.csv: 3 students matched, 2 not; 3 of the gradebook have no hand-in that was read and matched.',
  );
  // In the order of the table, which the grading seed shuffles.
  const unmatched = await part(page, 'unmatched').locator('li').allInnerTexts();
  expect(unmatched.sort()).toEqual([
    'Jabez Wilson: several in the gradebook could be meant (Jabez Wilson, Jabez Wilson)',
    'Percy Phelps: nobody like that in the gradebook',
  ]);
  await expect(page.locator(`#grade-columns option[value="${MOODLE_COLUMN}"]`)).toHaveCount(1);
  await page.locator('[name="column"]').fill(MOODLE_COLUMN);
  const filled = await saved(page, () => act(page, 'fill').click());
  expect(filled.name).toBe('HW Grades.csv');
  expect(filled.bytes.toString('utf8')).toBe(
    moodle.replace(';7,50;-;7,50', ';7,50;22,5;7,50').replace('"1,00"', '"17,25"'),
  );
  await expect(part(page, 'export-status')).toContainText('2 cells of');
});
