import { spawn, type ChildProcess } from 'node:child_process';
import { expect, test } from '@playwright/test';
import { button } from './support.ts';
import { act, measureLittle, openBookModel, part, run, RUN } from './workbench-support.ts';

// The same book, built with BASE_PATH=/books/heavy/ into dist-subpath/ and served there by a plain static server.
const port = 4398;
const base = `http://localhost:${port}/books/heavy/`;
let server: ChildProcess;

// One worker for both: they share the server.
test.describe.configure({ mode: 'default' });

test.beforeAll(async () => {
  server = spawn(process.execPath, [
    'scripts/serve.mjs',
    '--port',
    String(port),
    '--dir',
    'dist-subpath',
    '--base',
    '/books/heavy/',
  ]);
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

test('under a sub-path the cover leads to a cell that runs, and nothing is asked for outside it', async ({
  page,
}) => {
  const outside: string[] = [];
  const missing: string[] = [];
  page.on('request', (request) => {
    const url = request.url();
    if (url.startsWith('http') && !url.startsWith(base)) outside.push(url);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) missing.push(`${response.status()} ${response.url()}`);
  });
  await page.goto(base);
  await page.getByRole('link', { name: /begin the case/i }).click();
  await expect(page).toHaveURL(/\/books\/heavy\/chapters\//);
  const first = page.locator('[data-cell]').first();
  await button(first, 'Run').click();
  await expect(first.locator('[data-output]')).toContainText(/\S/, { timeout: 30_000 });
  await expect(first).toHaveAttribute('data-state', /ran|finished/);
  await page.goto(`${base}contents/`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(outside).toEqual([]);
  expect(missing).toEqual([]);
});

test('under a sub-path the workbench makes a file, and LiteRT comes from there and runs it', async ({
  page,
}) => {
  test.setTimeout(240_000);
  const asked: string[] = [];
  const missing: string[] = [];
  page.context().on('request', (request) => {
    if (request.url().startsWith('http')) asked.push(request.url());
  });
  page.on('response', (response) => {
    if (response.status() >= 400) missing.push(`${response.status()} ${response.url()}`);
  });
  await openBookModel(page, 'bn-cnn', `${base}workbench/`);
  await measureLittle(page);
  await run(page);
  await act(page, 'litert').click();
  await expect(part(page, 'litert-status')).toContainText('LiteRT ran the file', RUN);
  expect(asked.filter((url) => !url.startsWith(base))).toEqual([]);
  expect(asked).toContain(`${base}litert/manifest.json`);
  expect(missing).toEqual([]);
});
