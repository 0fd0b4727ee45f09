import { expect, test } from '@playwright/test';

const paper = () => getComputedStyle(document.documentElement).backgroundColor;

test('a chosen theme holds over pages and is there before the first paint', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('contents/');
  const light = await page.evaluate(paper);
  await page.getByRole('button', { name: 'Settings' }).click();
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  await dialog.getByLabel('Lamplight (dark)').check();
  const dark = await page.evaluate(paper);
  expect(dark).not.toBe(light);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('button', { name: 'Settings' })).toBeFocused();

  // Scripts are held back: only what stands in the page itself may set the theme now.
  await page.route('**/_astro/*.js', (route) => route.abort());
  await page.goto('case-book/', { waitUntil: 'domcontentloaded' });
  expect(await page.evaluate(paper)).toBe(dark);
  await page.unroute('**/_astro/*.js');

  await page.goto('contents/');
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(dialog.getByLabel('Lamplight (dark)')).toBeChecked();
  await dialog.getByLabel('As the system has it').check();
  expect(await page.evaluate(paper)).toBe(light);
});

test('the editor that was chosen is still chosen after a reload', async ({ page }) => {
  await page.goto('contents/');
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('radio', { name: /plain text/i }).check();
  await page.getByRole('button', { name: 'Done' }).click();
  await page.reload();
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(page.getByRole('radio', { name: /plain text/i })).toBeChecked();
});

test('the policy of the site refuses a script that is not its own', async ({ page }) => {
  await page.goto('contents/');
  const ran = await page.evaluate(async () => {
    const violation = new Promise((resolve) => {
      document.addEventListener('securitypolicyviolation', (event) => {
        resolve(event.effectiveDirective);
      });
    });
    const script = document.createElement('script');
    script.textContent = 'globalThis.canary = true';
    document.body.append(script);
    return { directive: await violation, canary: 'canary' in globalThis };
  });
  expect(ran).toEqual({ directive: 'script-src-elem', canary: false });
});
