import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { builtPages } from './support.ts';

const pages = builtPages();

test('the site has pages to look at', () => {
  expect(pages.length).toBeGreaterThan(7);
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
