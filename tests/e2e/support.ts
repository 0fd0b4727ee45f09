import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';

/** Every page of a built site as a path below its base: `chapters/…/`, `404.html`. */
export function builtPages(dir = 'dist'): string[] {
  const found: string[] = [];
  const walk = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) walk(path);
      else if (entry.name.endsWith('.html') && entry.name !== 'sandbox.html') {
        found.push(
          relative(dir, path)
            .split(sep)
            .join('/')
            .replace(/(^|\/)index\.html$/, '$1'),
        );
      }
    }
  };
  walk(dir);
  return found.sort();
}

export const exercise = (page: Page, id: string): Locator =>
  page.locator(`[data-exercise="${id}"]`);
export const button = (within: Locator, name: string): Locator =>
  within.getByRole('button', { name, exact: true });

/** Puts `code` into the editor of a cell or an exercise as a reader would: focus, select all, type over. */
export async function typeCode(section: Locator, code: string): Promise<void> {
  const page = section.page();
  await section.scrollIntoViewIfNeeded();
  const editor = section.locator('[data-editor]').first();
  await editor.click();
  const input = editor.locator('textarea, .native-edit-context, [role="textbox"]').first();
  await expect(input).toBeAttached({ timeout: 20_000 });
  await input.focus();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(code);
}

/** Console errors and page errors seen so far: a test ends by expecting none. */
export function watchErrors(page: Page): string[] {
  const seen: string[] = [];
  page.on('pageerror', (error) => seen.push(`page error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') seen.push(`console: ${message.text()}`);
  });
  return seen;
}
