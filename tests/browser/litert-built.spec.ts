/** LiteRT in the built book: there, started under the book's own policy, and never fetched unasked. */
import { expect, test } from '@playwright/test';
import { readLiteRtManifest } from '../../src/litert/litert-manifest.ts';

test('every file of the list is there, of its size', async ({ request }) => {
  const manifest = readLiteRtManifest(await (await request.get('litert/manifest.json')).json());
  const { worker, relaxedSimd, plain } = manifest;
  const sizes = new Map([
    [relaxedSimd.wasm, relaxedSimd.bytes],
    [plain.wasm, plain.bytes],
  ]);
  for (const path of [worker, ...[relaxedSimd, plain].flatMap((b) => [b.loader, b.wasm])]) {
    const response = await request.get(path);
    expect(response.status(), path).toBe(200);
    expect(response.headers()['content-type'], path).toMatch(
      path.endsWith('.wasm') ? /application\/wasm/ : /javascript/,
    );
    const body = await response.body();
    expect(body.length, path).toBe(sizes.get(path) ?? body.length);
  }
});

test('a page of the book may start it', async ({ page, baseURL }) => {
  const refused: string[] = [];
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) refused.push(message.text());
  });
  await page.goto('contents/');
  const said = await page.evaluate(async (base) => {
    const manifest = await (await fetch(`${base}litert/manifest.json`)).json();
    const build = (name: string) => ({
      loader: base + manifest[name].loader,
      wasm: base + manifest[name].wasm,
      bytes: manifest[name].bytes,
    });
    const worker = new Worker(base + manifest.worker);
    worker.postMessage({
      type: 'start',
      relaxedSimd: build('relaxedSimd'),
      plain: build('plain'),
    });
    return new Promise((resolve) => {
      worker.addEventListener('error', () => resolve('error'));
      worker.addEventListener('message', ({ data }) => {
        if (data.type === 'progress') return;
        worker.terminate();
        resolve(data);
      });
    });
  }, baseURL!);
  expect(said).toEqual({ type: 'ready', relaxedSimd: true });
  expect(refused).toEqual([]);
});

test('nobody gets it who has not asked for it', async ({ page, request }) => {
  const asked: string[] = [];
  page.context().on('request', (each) => {
    if (each.url().includes('/litert/')) asked.push(each.url());
  });
  await page.goto('contents/');
  await page.waitForLoadState('networkidle');
  expect(asked).toEqual([]);
  const serviceWorker = await (await request.get('service-worker.js')).text();
  expect(serviceWorker).toContain('offline/');
  expect(serviceWorker).not.toContain('litert/');
});
