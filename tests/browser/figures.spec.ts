import { expect, test, type Locator, type Page } from '@playwright/test';
import { sectionSources } from '../../src/build/section-sources.ts';

const chapter = 'chapters/01-a-model-too-heavy';

async function openFigure(page: Page, section: string, name: string): Promise<Locator> {
  await page.goto(`${chapter}/${section}/`);
  const figure = page.locator(`#figure-${name}`);
  await figure.scrollIntoViewIfNeeded();
  await expect(figure.locator('hw-figure[data-ready]')).toBeVisible();
  return figure;
}

const part = (figure: Locator, name: string): Locator => figure.locator(`[data-part="${name}"]`);

/** Every figure of the book, with the page that shows it. */
const figures = sectionSources().flatMap(({ chapter: folder, slug, uses }) =>
  uses.flatMap(({ tag, attributes }) =>
    tag === 'Figure' ? [[`chapters/${folder}/${slug}/`, attributes['name'] ?? ''] as const] : [],
  ),
);

test('there are figures', () => {
  expect(figures.length).toBeGreaterThanOrEqual(14);
});

/** One step of the first slider or menu, by keyboard; where there is none, the first button. */
async function takeOneStep(page: Page, inside: Locator): Promise<void> {
  const control = inside.locator('input[type="range"], select').first();
  if ((await control.count()) === 0) {
    await inside.locator('button:enabled').first().focus();
    await page.keyboard.press('Enter');
    return;
  }
  await control.focus();
  const value = await control.inputValue();
  await page.keyboard.press('ArrowRight');
  if ((await control.inputValue()) === value) await page.keyboard.press('ArrowLeft');
  if ((await control.inputValue()) === value) await page.keyboard.press('ArrowDown');
  expect(await control.inputValue()).not.toBe(value);
}

for (const [address, name] of figures) {
  test(`${name}: the controller starts from the very drawing that the server made, and moves`, async ({
    page,
    browser,
    baseURL,
  }) => {
    const still = await browser.newPage({
      javaScriptEnabled: false,
      ...(baseURL === undefined ? {} : { baseURL }),
    });
    await still.goto(address);
    const drawn = await still.locator(`#figure-${name} hw-figure`).innerHTML();
    await still.close();
    await page.goto(address);
    const figure = page.locator(`#figure-${name}`);
    await figure.scrollIntoViewIfNeeded();
    const inside = figure.locator('hw-figure');
    await expect(figure.locator('hw-figure[data-ready]')).toBeVisible();
    expect(await inside.innerHTML()).toBe(drawn);
    await takeOneStep(page, inside);
    await expect.poll(() => inside.innerHTML()).not.toBe(drawn);
  });
}

test('number-formats: a typed number is shown in every format, and nonsense is refused kindly', async ({
  page,
}) => {
  const figure = await openFigure(page, '02-what-a-number-weighs', 'number-formats');
  await part(figure, 'number').fill('1.005');
  await expect(part(part(figure, 'bfloat16'), 'value')).toHaveText('1.0078125');
  await expect(part(part(figure, 'int8'), 'error')).toContainText('held at the end of its range');
  await part(figure, 'number').fill('twelve');
  await expect(part(figure, 'message')).toContainText('Type a number');
  await expect(part(figure, 'number')).toHaveAttribute('aria-invalid', 'true');
  await part(figure, 'number').fill('0.25');
  await figure.getByRole('button', { name: 'Double' }).click();
  await figure.getByRole('button', { name: 'Change sign' }).click();
  await expect(part(figure, 'number')).toHaveValue('-0.5');
  await expect(part(part(figure, 'float32'), 'sign')).toHaveText('1');
});

test('number-line: by keyboard the weight goes off the end, and by dragging it comes back', async ({
  page,
}) => {
  const figure = await openFigure(page, '03-the-first-weight', 'number-line');
  await expect(part(figure, 'verdict')).toHaveText(/^Inside/);
  await part(figure, 'weight-control').focus();
  await page.keyboard.press('End');
  await expect(part(figure, 'verdict')).toHaveText(/^Saturated/);
  await expect(part(figure, 'code')).toHaveText('127');
  const rule = part(figure, 'rule');
  await rule.scrollIntoViewIfNeeded();
  const box = (await rule.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  await page.mouse.move(box.x + box.width * 0.9, box.y + 30);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, box.y + 30, { steps: 4 });
  await page.mouse.up();
  await expect(part(figure, 'code')).toHaveText(/^−?[01]$/);
  await expect(part(figure, 'verdict')).toHaveText(/^Inside/);
});

test('weight-histogram: bits and layer change the drawing, the readings and the table', async ({
  page,
}) => {
  const figure = await openFigure(page, '04-the-price-of-a-byte', 'weight-histogram');
  const teeth = await part(figure, 'teeth').getAttribute('d');
  await part(figure, 'bits-control').focus();
  await page.keyboard.press('End');
  await expect(part(figure, 'bits')).toHaveText('8');
  await expect(part(figure, 'sqnr')).toHaveText('34.94 dB');
  expect(await part(figure, 'teeth').getAttribute('d')).not.toBe(teeth);
  await part(figure, 'layer').selectOption({ index: 2 });
  await expect(part(figure, 'sqnr')).toHaveText('42.85 dB');
  await expect(part(figure, 'rows').locator('tr').last().locator('td').nth(1)).toHaveText(
    '42.85 dB',
  );
});

test('bytes-budget: int8 does not fit, and another choice does', async ({ page }) => {
  const figure = await openFigure(page, '04-the-price-of-a-byte', 'bytes-budget');
  await expect(part(figure, 'verdict')).toHaveText('It is 5,708 bytes too many.');
  await part(figure, 'format-1').selectOption('int4');
  await expect(part(figure, 'verdict')).toHaveText('It fits, with 9,292 bytes to spare.');
  await expect(part(figure, 'bytes-1')).toHaveText('15,404');
});
