import { expect, test } from '@playwright/test';

const section = 'chapters/01-a-model-too-heavy/01-a-client-in-distress/';

test('the stand-in fonts set a section in nearly the height of the real ones', async ({
  browser,
  baseURL,
}) => {
  const heights: Record<string, number> = {};
  for (const fonts of ['real', 'stand-in']) {
    const page = await browser.newPage({
      baseURL: baseURL ?? '',
      viewport: { width: 412, height: 900 },
    });
    if (fonts === 'stand-in') await page.route('**/*.woff2', (route) => route.abort());
    await page.goto(section);
    await page.evaluate(() => document.fonts.ready);
    heights[fonts] = await page.evaluate(() =>
      [...document.querySelectorAll('.section-text > p, .scene > p')].reduce(
        (sum, p) => sum + p.getBoundingClientRect().height,
        0,
      ),
    );
    const families = await page.evaluate(
      () => [...document.fonts].filter(({ status }) => status === 'loaded').length,
    );
    if (fonts === 'real') expect(families).toBeGreaterThan(3);
    await page.close();
  }
  const { real = 0, 'stand-in': standIn = 0 } = heights;
  expect(real).toBeGreaterThan(1000);
  expect(Math.abs(standIn - real) / real).toBeLessThan(0.05);
});

test('a section fetches at most 120 kB of fonts and no rarely used part', async ({ page }) => {
  const fetched: [name: string, size: number][] = [];
  page.on('response', async (response) => {
    if (!response.url().endsWith('.woff2')) return;
    fetched.push([response.url().split('/').at(-1) ?? '', (await response.body()).length]);
  });
  await page.goto(section);
  await page.evaluate(() => document.fonts.ready);
  await expect.poll(() => fetched.length).toBeGreaterThan(4);
  expect(fetched.filter(([name]) => name.includes('-rest.'))).toEqual([]);
  expect(fetched.reduce((sum, [, size]) => sum + size, 0)).toBeLessThanOrEqual(120_000);
});
