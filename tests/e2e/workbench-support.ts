import { readFileSync } from 'node:fs';
import { expect, type Download, type Page } from '@playwright/test';
import { inspectTflite } from '../../src/workbench/inspect.ts';

/** Long work on a busy machine. */
export const RUN = { timeout: 120_000 };

export const part = (page: Page, name: string) => page.locator(`[data-part="${name}"]`);
export const step = (page: Page, name: string) => page.locator(`[data-step="${name}"]`);
export const act = (page: Page, name: string) => page.locator(`[data-act="${name}"]`);

/** Opens one of the book's models. */
export async function openBookModel(
  page: Page,
  name: string,
  address = 'workbench/',
): Promise<void> {
  await page.goto(address);
  await page.locator(`[data-book-model="${name}"]`).click();
  await expect(part(page, 'model-status')).toContainText(`${name} is open`, RUN);
}

export interface Upload {
  name: string;
  bytes: Uint8Array;
  mimeType?: string;
}

export async function choose(page: Page, input: string, ...files: Upload[]): Promise<void> {
  await page.locator(`[data-files="${input}"]`).setInputFiles(
    files.map(({ name, bytes, mimeType = 'application/octet-stream' }) => ({
      name,
      mimeType,
      buffer: Buffer.from(bytes),
    })),
  );
}

/** Runs, and waits for the result. */
export async function run(page: Page): Promise<void> {
  await act(page, 'run').click();
  await expect(part(page, 'run-status')).toContainText('Done in', RUN);
  await expect(step(page, 'result')).toBeVisible();
}

export async function save(
  page: Page,
  format: string,
): Promise<{ name: string; bytes: Uint8Array }> {
  const [download] = await Promise.all([
    page.waitForEvent('download') as Promise<Download>,
    page.locator(`[data-save="${format}"]`).click(),
  ]);
  const bytes = new Uint8Array(readFileSync(await download.path()));
  return { name: download.suggestedFilename(), bytes };
}

/** The settings that make a run short. */
export async function measureLittle(page: Page): Promise<void> {
  await page.locator('.workbench-more summary').click();
  await page.locator('[name="testExamples"]').fill('64');
  await page.locator('[name="calibrationExamples"]').fill('32');
}

/** The operators of a file, in order. */
export const operatorsIn = (tflite: Uint8Array): string[] =>
  inspectTflite(tflite).operators.map(({ code }) => code);

/** A .npy file of version 1, as numpy writes it. */
export function npy(descr: string, shape: string, data: Uint8Array): Uint8Array {
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }`;
  const header = `${text.padEnd(117, ' ')}\n`;
  return Buffer.concat([
    Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, 118, 0]),
    Buffer.from(header),
    data,
  ]);
}
