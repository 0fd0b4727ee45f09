/** The two longest things that a reader does: the recipe run to its end, and the accusation. */
import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { agreed } from '../../scripts/agreement/collect.ts';
import { measure } from '../../scripts/agreement/measure.ts';
import { startLiteRtSite } from '../../scripts/agreement/site.ts';
import { testImages } from '../../scripts/agreement/written-files.ts';
import { drawDeed } from '../../src/crime/draw-deed.ts';
import { SUSPECTS } from '../../src/crime/suspects.ts';
import { button, typeCode, watchErrors } from './support.ts';

const CHAPTER = 'chapters/06-the-final-problem';
const cell = (page: Page, id: string) => page.locator(`[data-cell="${id}"]`);
const number = (text: string): number => Number(text.replaceAll(/[^\d.]/g, ''));

test('the recipe runs to its end, and the official runtime reads its file as the engine does', async ({
  page,
  context,
}) => {
  test.setTimeout(900_000);
  const errors = watchErrors(page);
  await page.goto(`${CHAPTER}/01-the-recipe/`);
  const recipe = cell(page, 'the-recipe');
  const begun = Date.now();
  await button(recipe, 'Run').click();
  await expect(recipe.locator('progress')).toBeVisible({ timeout: 60_000 });
  await expect(recipe).toHaveAttribute('data-state', 'ran', { timeout: 800_000 });
  const seconds = (Date.now() - begun) / 1000;

  const rows = await recipe
    .locator('table')
    .first()
    .locator('tbody tr')
    .evaluateAll((all) => all.map((row) => [...row.children].map((one) => one.textContent)));
  const after = (what: string): number =>
    number(rows.find(([name]) => name?.includes(what))?.[2] ?? '');
  const before = (what: string): number =>
    number(rows.find(([name]) => name?.includes(what))?.[1] ?? '');
  console.log(`The recipe took ${seconds.toFixed(0)} s.`, JSON.stringify(rows));
  expect(before('in float')).toBe(9945);
  expect(after('in float')).toBeGreaterThan(9850);
  expect(after('gzip')).toBeLessThan(before('gzip') / 4);
  expect(after('bytes of the .tflite')).toBe(before('bytes of the .tflite'));

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    recipe.getByRole('button', { name: /Save final_model\.tflite/ }).click(),
  ]);
  const bytes = new Uint8Array(readFileSync(await download.path()));
  expect(bytes.length).toBe(after('bytes of the .tflite'));
  const site = await startLiteRtSite();
  try {
    const other = await context.newPage();
    await other.goto(site.url);
    const outcome = await measure(other, site, { bytes, examples: testImages(50) });
    const output = agreed(outcome);
    console.log('LiteRT:', JSON.stringify(output));
    expect(output.sameClass).toBe(50);
    expect(output.worst).toBeLessThanOrEqual(3);
  } finally {
    await site.close();
  }
  expect(errors).toEqual([]);
});

test('a wrong accusation is not proven, the right one convicts, and the envelope is opened', async ({
  page,
}) => {
  test.setTimeout(600_000);
  const errors = watchErrors(page);
  const caseNumber = 1895;
  const deed = drawDeed(caseNumber);
  const { name } = SUSPECTS[deed.sabotage];
  await page.goto('case-book/');
  await expect(page.getByRole('button', { name: 'Take this case' })).toBeEnabled();
  await page.getByLabel('Your case is No.').fill(String(caseNumber));
  await page.getByLabel('Your case is No.').press('Enter');
  await expect(page.locator('[data-report]')).toContainText(`No. ${caseNumber}`);

  await page.goto(`${CHAPTER}/03-the-accusation/`);
  for (const id of ['the-dossier', 'mend-the-file']) {
    await button(cell(page, id), 'Run').click();
    await expect(cell(page, id)).toHaveAttribute('data-state', 'ran', { timeout: 120_000 });
  }
  const accusation = cell(page, 'the-accusation');
  const accuse = async (what: object): Promise<void> => {
    await typeCode(
      accusation,
      `import { accuse } from 'heavy-weights/book';\nawait accuse(${JSON.stringify(what)}, mended);`,
    );
    await button(accusation, 'Run').click();
    await expect(button(accusation, 'Stop')).toBeHidden({ timeout: 240_000 });
  };
  const wrong = ['stale-mask', 'bias-scale'].find((sabotage) => sabotage !== deed.sabotage)!;
  await accuse({ sabotage: wrong, layer: 'conv_3_pointwise' });
  await expect(accusation.locator('[data-output]')).toContainText('NOT PROVEN');
  await expect(accusation.locator('[data-output]')).not.toContainText(name);

  // A seal is not broken by a slip of the hand.
  const envelope = page.locator(`.envelope[data-of="${deed.sabotage}"]`);
  await envelope.locator('summary').click();
  await page.getByRole('button', { name: 'Leave it sealed' }).click();
  await expect(envelope).not.toHaveAttribute('open');

  const { sabotage, layer, specimen } = deed;
  await accuse({ sabotage, ...(layer ? { layer } : { specimen }) });
  await expect(accusation.locator('[data-output]')).toContainText(`CONVICTED: ${name}`);
  await expect(page.locator('hw-envelopes')).toContainText(`The engine has convicted ${name}`);
  await envelope.locator('summary').click();
  await expect(envelope).toHaveAttribute('open');
  await expect(envelope.locator('.envelope-letter')).toContainText('forty sovereigns');

  await page.goto('case-book/');
  await expect(page.locator('[data-won]')).toContainText(name);
  expect(errors).toEqual([]);
});
