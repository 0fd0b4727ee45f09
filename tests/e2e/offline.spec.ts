import { spawn, type ChildProcess } from 'node:child_process';
import { expect, test } from '@playwright/test';
import { button, watchErrors } from './support.ts';

// A server of its own, which is really stopped: a browser told to be offline still reaches some things.
const port = 4396;
const base = `http://localhost:${port}/`;
let server: ChildProcess;

test.beforeAll(async () => {
  server = spawn(process.execPath, ['scripts/serve.mjs', '--port', String(port)]);
  await expect
    .poll(() =>
      fetch(base).then(
        (answer) => answer.status,
        () => 0,
      ),
    )
    .toBe(200);
});
test.afterAll(() => server.kill());

test('what was visited opens without a network, its cells run, and what was not says so', async ({
  page,
}) => {
  test.setTimeout(150_000);
  await page.goto(base);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.getByRole('link', { name: /begin the case/i }).click();
  const first = page.locator('[data-cell]').first();
  await button(first, 'Run').click();
  await expect(first).toHaveAttribute('data-state', 'ran', { timeout: 30_000 });
  // What the page and the run fetched is kept a moment after it was used.
  await expect
    .poll(() =>
      page.evaluate(async () => {
        const wanted = [/\/sandbox\/worker/, /\/sandbox\/tensorflow/, /01-a-client-in-distress\/$/];
        const caught = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
        const kept = (await Promise.all(caught.map((cache) => cache.keys()))).flat();
        return wanted.every((each) => kept.some(({ url }) => each.test(url)));
      }),
    )
    .toBe(true);

  server.kill();
  await expect
    .poll(() =>
      fetch(base).then(
        () => 'up',
        () => 'down',
      ),
    )
    .toBe('down');
  const errors = watchErrors(page);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('A Client in Distress');
  await button(first, 'Run').click();
  await expect(first).toHaveAttribute('data-state', 'ran', { timeout: 40_000 });
  await expect(first.locator('[data-output]')).toContainText(/\d/);
  expect(errors.filter((text) => text.startsWith('page error'))).toEqual([]);

  await page.goto(`${base}bibliography/`);
  await expect(page.locator('main')).toContainText(/offline|network/i);
});
