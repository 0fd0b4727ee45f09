import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { PAGE_LIMITS, SIZE_LIMITS, type Measure } from './limits.ts';

type Kind = 'html' | 'css' | 'js' | 'font' | 'other';

function kindOf(type: string, url: string): Kind {
  if (type === 'document') return 'html';
  if (type === 'stylesheet') return 'css';
  if (type === 'font' || url.endsWith('.woff2')) return 'font';
  return type === 'script' ? 'js' : 'other';
}

/**
 * What a first visit to a page fetches before anything on it is touched, and how much it shifts. The service
 * worker is kept out: what it stores comes after the page, on idle time.
 */
export async function pageWeight(browser: Browser, url: string): Promise<Measure[]> {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    isMobile: true,
    hasTouch: true,
    serviceWorkers: 'block',
  });
  const page = await context.newPage();
  const bytes: Record<Kind, number> = { html: 0, css: 0, js: 0, font: 0, other: 0 };
  const pending: Promise<void>[] = [];
  page.on('response', (response) => {
    const kind = kindOf(response.request().resourceType(), response.url());
    pending.push(
      response.body().then(
        (body) => {
          bytes[kind] += kind === 'font' ? body.length : gzipSync(body, { level: 9 }).length;
        },
        () => undefined,
      ),
    );
  });
  await page.addInitScript(() => {
    const store = globalThis as unknown as { shift: number };
    store.shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const shift = entry as PerformanceEntry & { value: number; hadRecentInput: boolean };
        if (!shift.hadRecentInput) store.shift += shift.value;
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto(url, { waitUntil: 'networkidle' });
  // Before any interaction: scrolling is one, and brings in the parts near view.
  await Promise.all(pending);
  const atRest = { ...bytes };
  // Lazy parts arrive near view: a reader scrolls, and nothing may jump. Each step is drawn before the next, or
  // a busy machine would join several to one leap, farther than the browser lays out ahead.
  await page.evaluate(async () => {
    const drawn = () =>
      new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    for (let y = 0; y < document.body.scrollHeight; y += 500) {
      scrollTo(0, y);
      await drawn();
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  });
  await page.waitForTimeout(500);
  const shift = await page.evaluate(() => (globalThis as unknown as { shift: number }).shift);
  await Promise.all(pending);
  await context.close();
  const path = new URL(url).pathname;
  const kb = (kind: Kind): number => atRest[kind] / 1000;
  const sizes = (['html', 'css', 'js', 'font'] as const).map((kind) => ({
    name: `${path} ${kind}`,
    value: kb(kind),
    limit: SIZE_LIMITS[kind],
    unit: 'kB gzip',
  }));
  const total = Object.values(atRest).reduce((sum, value) => sum + value, 0) / 1000;
  return [
    ...sizes,
    { name: `${path} together`, value: total, limit: SIZE_LIMITS.total, unit: 'kB gzip' },
    {
      name: `${path} layout shift, scrolled through`,
      value: shift,
      limit: PAGE_LIMITS.layoutShift,
      unit: '',
    },
  ];
}
