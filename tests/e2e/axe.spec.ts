import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { builtPages } from './support.ts';

/** Of the pages of single exercises and questions, which are many and alike, these speak for the rest. */
const embeds = ['embed/quantize-by-hand/', 'embed/meet-256-kb/', 'embed/why-the-first-layer/'];
const pages = builtPages().filter((path) => !path.startsWith('embed/') || embeds.includes(path));

test('the site has pages to look at', () => {
  expect(pages.length).toBeGreaterThan(7);
  expect(pages).toEqual(expect.arrayContaining(embeds));
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const viewport of [
    { width: 390, height: 844 },
    { width: 1440, height: 900 },
  ]) {
    test(`axe finds nothing: ${colorScheme}, ${viewport.width} px`, async ({
      browser,
      baseURL,
    }) => {
      // Some forty pages, several seconds each.
      test.setTimeout(600_000);
      const context = await browser.newContext({
        baseURL: baseURL ?? '',
        colorScheme,
        viewport,
        reducedMotion: 'reduce',
      });
      const page = await context.newPage();
      for (const path of pages) {
        await page.goto(path);
        const { violations } = await new AxeBuilder({ page }).exclude('iframe').analyze();
        const found = violations.map(
          ({ id, help, nodes }) =>
            `${path}: ${id}: ${help}: ${nodes
              .map((node) => node.target.join(' '))
              .slice(0, 5)
              .join(', ')}`,
        );
        expect.soft(found).toEqual([]);
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - innerWidth,
        );
        expect
          .soft(overflow, `${path} scrolls sideways at ${viewport.width} px`)
          .toBeLessThanOrEqual(0);
      }
      await context.close();
    });
  }
}
