import { expect, test } from '@playwright/test';

test('the portrait is quantized as the slider moves, by code that comes only then', async ({
  page,
}) => {
  const scripts: string[] = [];
  page.on('request', (request) => {
    if (request.resourceType() === 'script' || request.url().endsWith('8.png'))
      scripts.push(request.url());
  });
  await page.goto('./');
  await page.waitForLoadState('networkidle');
  expect(scripts.filter((url) => /portrait\.client|numerics|8\.png/.test(url))).toEqual([]);

  const figure = (name: string) => page.locator(`[data-figure="${name}"]`);
  const shown = await figure('sqnr').textContent();
  const slider = page.getByRole('slider', { name: /bits a pixel/i });
  await slider.focus();
  await page.keyboard.press('End');
  await expect(figure('bits')).toHaveText('8 bits, 256 greys');
  await expect(figure('mse')).toHaveText('0.0');
  await page.getByLabel('Dither').uncheck();
  await expect(figure('sqnr')).toHaveText('no noise');

  /** Greys on the canvas, the commonest first. */
  const greys = () =>
    page.locator('hw-portrait canvas').evaluate((node) => {
      const canvas = node as HTMLCanvasElement;
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      return new Set(data.filter((_, at) => at % 4 === 0)).size;
    });
  expect(await greys()).toBeGreaterThan(200);
  await page.keyboard.press('Tab');
  await slider.focus();
  await page.keyboard.press('Home');
  await expect(figure('bits')).toHaveText('1 bit, 2 greys');
  expect(await greys()).toBe(2);

  // Back where the page was built: the browser's engine agrees with the build's to the printed digit.
  await page.keyboard.press('ArrowRight');
  await page.getByLabel('Dither').check();
  await expect(figure('sqnr')).toHaveText(shown ?? '');
});
