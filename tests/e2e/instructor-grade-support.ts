import { readFileSync } from 'node:fs';
import { unzipSync, zipSync, type Zippable } from 'fflate';
import { expect, type Locator, type Page } from '@playwright/test';
import { writeAssignment } from '../../src/instructor/assignment-file.ts';
import { writeHandIn } from '../../src/instructor/hand-in-file.ts';
import type { Assignment } from '../../src/schemas/assignment.ts';
import { makeHandIn, type Course } from '../support/many-hand-ins.ts';

export interface FilePayload {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** The endless program is run twice before it is given up. */
export const LONG = { timeout: 120_000 };

export const part = (page: Page, name: string): Locator => page.locator(`[data-part="${name}"]`);
export const act = (page: Page, name: string): Locator => page.locator(`[data-act="${name}"]`);
export const row = (page: Page, name: string | RegExp): Locator =>
  part(page, 'rows').getByRole('row', { name });
/** The cells of a row by their columns: the name is no cell but a header. */
export const cell = (
  of: Locator,
  column: 'came' | 'claimed' | 'rerun' | 'attempts' | 'hints' | 'mark' | 'remarks',
): Locator =>
  of
    .locator('td')
    .nth(['came', 'claimed', 'rerun', 'attempts', 'hints', 'mark', 'remarks'].indexOf(column));

/** Opens the page with the ten samples in it, not graded yet. */
export async function openSamples(page: Page): Promise<void> {
  await page.goto('instructors/grade/');
  await act(page, 'samples').click();
  await expect(part(page, 'title')).toHaveText('Sample: the first case', LONG);
  await expect(part(page, 'read-status')).toContainText('9 hand-ins read', LONG);
}

/** A file of JSON as an input of the page takes it. */
export const json = (name: string, text: string): FilePayload => ({
  name,
  mimeType: 'application/json',
  buffer: Buffer.from(text),
});

/** The samples but for the program that never ends, which alone takes twenty seconds. */
export async function quickSamples(page: Page): Promise<FilePayload> {
  const zip = await (await page.request.get('samples/hand-ins.zip')).body();
  const files = Object.entries(unzipSync(new Uint8Array(zip)));
  const quick = files.filter(([name]) => !name.startsWith('sutherland'));
  if (quick.length !== files.length - 1) throw new Error('There is no endless sample.');
  const zipped = zipSync(Object.fromEntries(quick), { mtime: new Date('2026-10-02T10:00:00Z') });
  return { name: 'hand-ins.zip', mimeType: 'application/zip', buffer: Buffer.from(zipped) };
}

/** Opens the page with the quick samples in it, not graded yet. */
export async function openQuickSamples(page: Page): Promise<void> {
  await page.goto('instructors/grade/');
  const assignment = await (await page.request.get('samples/assignment.json')).text();
  await page.locator('[data-files="assignment"]').setInputFiles(json('a.json', assignment));
  await expect(part(page, 'title')).toHaveText('Sample: the first case', LONG);
  await page.locator('[data-files="hand-ins"]').setInputFiles(await quickSamples(page));
  await expect(part(page, 'read-status')).toContainText('8 hand-ins read', LONG);
}

/** Opens the page with a course in it. */
export async function openAssignment(page: Page, assignment: Assignment): Promise<void> {
  await page.goto('instructors/grade/');
  await page
    .locator('[data-files="assignment"]')
    .setInputFiles(json('course.json', writeAssignment(assignment)));
  await expect(part(page, 'title')).toHaveText(assignment.title, LONG);
}

/** Drops a file of text on a zone of the page, as by a hand. */
export async function drop(
  page: Page,
  zone: 'hand-ins' | 'gradebook',
  file: { name: string; type: string; text: string },
): Promise<void> {
  const dataTransfer = await page.evaluateHandle(({ name, type, text }) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], name, { type }));
    return transfer;
  }, file);
  await page.locator(`[data-drop="${zone}"]`).dispatchEvent('drop', { dataTransfer });
}

/** Grades what waits, to the end. */
export async function grade(page: Page): Promise<void> {
  await act(page, 'grade').click();
  await expect(part(page, 'run-status')).toContainText('graded', LONG);
  await expect(act(page, 'stop')).toBeHidden();
}

/** Opens a hand-in of the table. */
export async function openRow(page: Page, name: string): Promise<Locator> {
  await row(page, new RegExp(name)).getByRole('button').first().click();
  const detail = part(page, 'detail');
  await expect(detail.getByRole('heading', { level: 3 })).toContainText(name);
  return detail;
}

/** What pressing something saves. */
export async function saved(
  page: Page,
  press: () => Promise<void>,
): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download'), press()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

/** Many hand-ins in one zip. */
export async function zipOf(course: Course, count: number): Promise<Buffer> {
  const entries: Zippable = {};
  for (let student = 1; student <= count; student++) {
    const text = writeHandIn(await makeHandIn(student, course));
    entries[`student-${student}.json`] = [
      new TextEncoder().encode(text),
      { mtime: new Date('2026-11-11T10:05:00Z'), level: 1 },
    ];
  }
  return Buffer.from(zipSync(entries));
}
