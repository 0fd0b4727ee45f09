import { expect, test } from '@playwright/test';
import { sampleZip } from '../../src/components/Instructor/Grade/samples/sample-zip.ts';
import { writeHandIn } from '../../src/instructor/hand-in-file.ts';
import { makeCourse, makeHandIn } from '../support/many-hand-ins.ts';
import {
  act,
  cell,
  grade,
  openAssignment,
  openRow,
  part,
  row,
} from './instructor-grade-support.ts';

test('who has an exception is on time until their own due time; others, and they after it, are late by the rule', async ({
  page,
}) => {
  const course = await makeCourse(['count-the-bytes']);
  // Due on the 20th at 18:00.
  course.assignment.late = { kind: 'deduct', percentPerDay: 10, mostDays: 5 };
  course.assignment.exceptions = [
    { student: 's3', due: '2026-11-23T18:00:00Z' },
    { student: 'Student 9', extraMinutes: 24 * 60 },
  ];
  const files = await Promise.all(
    [
      { student: 3, name: 'student3_103_203', at: '2026-11-22T12:00:00Z' },
      { student: 6, name: 'student6_106_206', at: '2026-11-22T12:00:00Z' },
      { student: 9, name: 'student9_109_209', at: '2026-11-22T12:00:00Z' },
    ].map(async ({ student, name, at }) => ({
      name: `${name}_hand-in.json`,
      text: writeHandIn(await makeHandIn(student, course)),
      at: new Date(at),
    })),
  );
  await openAssignment(page, course.assignment);
  // The walkthrough goes with the samples only.
  await expect(page.getByText('Walkthrough, 3 of 6')).toBeHidden();
  await page.locator('[data-files="hand-ins"]').setInputFiles({
    name: 'all.zip',
    mimeType: 'application/zip',
    buffer: Buffer.from(sampleZip(files)),
  });
  await expect(part(page, 'read-status')).toContainText('3 hand-ins read');
  await grade(page);
  // Before the names are revealed no exception names anybody.
  await expect(part(page, 'rows').getByText('on time, by an exception')).toHaveCount(1);
  await act(page, 'reveal').click();
  for (const [name, came, mark] of [
    ['Student 3', 'on time, by the exception for “s3”', '5 of 5'],
    ['Student 6', '42 h late: × 0.8', '4 of 5'],
    ['Student 9', '18 h late: × 0.9, by the exception for “Student 9”', '4.5 of 5'],
  ] as const) {
    const of = row(page, new RegExp(name));
    await expect(cell(of, 'rerun')).toHaveText('5');
    await expect(cell(of, 'came')).toContainText(came);
    await expect(cell(of, 'mark')).toHaveText(mark);
  }
  // And where the mark is decided.
  await expect((await openRow(page, 'Student 3')).locator('.grade-sum')).toContainText('5 of 5');
});
