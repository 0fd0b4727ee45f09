import { expect, test, type Page } from '@playwright/test';
import { sectionSources } from '../../src/build/section-sources.ts';
import { watchErrors } from './support.ts';

/** Where the focus is. */
interface Place {
  name: string;
  role: 'next' | 'run' | 'option' | 'submit' | 'editor' | 'other';
  /** The prediction or question, or the cell, that it belongs to. */
  part: string;
}

const place = (page: Page): Promise<Place> =>
  page.evaluate(() => {
    const node = document.activeElement;
    const part =
      node
        ?.closest('[data-prediction], [data-quiz], [data-cell], [data-exercise]')
        ?.getAttribute('id') ?? '';
    const name = (node?.getAttribute('aria-label') ?? node?.textContent ?? '').trim();
    const role = node?.matches('a[rel="next"], .section-nav a:last-child')
      ? 'next'
      : node?.matches('[data-cell] [data-act="run"]')
        ? 'run'
        : node?.matches('input[type="radio"]')
          ? 'option'
          : node?.matches('[data-act="commit"], [data-act="answer"]')
            ? 'submit'
            : node?.matches('.hw-editor *')
              ? 'editor'
              : 'other';
    return { name, role, part };
  });

/**
 * Goes through a page as somebody without a mouse does, from its top to the link to the next: answers the first
 * prediction and the first question on the way, and runs the first cell.
 */
async function readThrough(page: Page): Promise<void> {
  const done = new Set<string>();
  for (let presses = 0; presses < 600; presses += 1) {
    await page.keyboard.press('Tab');
    const { role, part } = await place(page);
    const kind = part.split('-')[0]!;
    if (role === 'next') return;
    // An editor keeps Tab for itself until told otherwise, as its label says.
    if (role === 'editor') await page.keyboard.press('Control+m');
    if (role === 'option' && !done.has(`${kind} chosen`)) {
      await page.keyboard.press('Space');
      done.add(`${kind} chosen`);
    } else if (role === 'submit' && done.has(`${kind} chosen`) && !done.has(`${kind} sent`)) {
      await page.keyboard.press('Enter');
      await expect(page.locator(`#${part}`)).not.toHaveAttribute('data-state', 'untouched');
      done.add(`${kind} sent`);
    } else if (role === 'run' && !done.has('ran')) {
      await page.keyboard.press('Enter');
      await expect(page.locator(`#${part}`)).toHaveAttribute('data-state', 'ran', {
        timeout: 60_000,
      });
      done.add('ran');
    }
  }
  throw new Error(`Tab never came to the next page from ${page.url()}`);
}

/** From the top of a page back over its end to the link to the next. */
async function skipThrough(page: Page): Promise<void> {
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press('Shift+Tab');
    if ((await place(page)).role === 'next') return;
  }
  throw new Error(`Shift+Tab never came to the next page from ${page.url()}`);
}

test('the book is read from its cover to its closing by keyboard alone', async ({ page }) => {
  test.setTimeout(900_000);
  const errors = watchErrors(page);
  await page.goto('./');
  for (let presses = 0; ; presses += 1) {
    expect(presses, 'Tab reaches the way in').toBeLessThan(30);
    await page.keyboard.press('Tab');
    if (/begin the case/i.test((await place(page)).name)) break;
  }
  await page.keyboard.press('Enter');

  const sections = sectionSources();
  for (const [index, { chapter, slug }] of sections.entries()) {
    await test.step(slug, async () => {
      await expect(page).toHaveURL(new RegExp(`${chapter}/${slug}/$`));
      // Before the whole page is there, its end is somewhere else.
      await page.waitForLoadState('load');
      // Every stop of a page that opens a chapter; of the others, that they can be left.
      const opens = sections.findIndex((section) => section.chapter === chapter) === index;
      await (opens ? readThrough(page) : skipThrough(page));
      await page.keyboard.press('Enter');
    });
  }
  // After the last page comes the case-book, and it knows the way that was gone.
  await expect(page).toHaveURL(/case-book\/$/);
  await expect(page.getByRole('main')).toContainText(/predict/i);
  expect(errors).toEqual([]);
});
