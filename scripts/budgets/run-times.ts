import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { median, RUN_LIMITS, type Measure } from './limits.ts';

const EXERCISE = 'quantize-by-hand';
const solution = readFileSync(`content/exercises/${EXERCISE}/solution.ts`, 'utf8');

/** Milliseconds, by the page's own clock, from a click on `button` until `selector` matches. */
function clickUntil(page: Page, button: string, selector: string): Promise<number> {
  return page.evaluate(
    ([name, target]) =>
      new Promise<number>((resolve, reject) => {
        const scope = document.querySelector(name?.split(' >> ')[0] ?? '');
        const wanted = name?.split(' >> ')[1];
        const found = [...(scope?.querySelectorAll('button') ?? [])].find(
          (node) => node.textContent?.trim() === wanted,
        );
        if (!found) return reject(new Error(`no button ${name ?? ''}`));
        const started = performance.now();
        const done = (): boolean => {
          if (!document.querySelector(target ?? '')) return false;
          resolve(performance.now() - started);
          return true;
        };
        const observer = new MutationObserver(() => {
          if (done()) observer.disconnect();
        });
        found.click();
        observer.observe(document.body, { subtree: true, childList: true, attributes: true });
        setTimeout(() => reject(new Error(`${target ?? ''} did not come within 30 s`)), 30_000);
      }),
    [button, selector],
  );
}

/** Milliseconds from a click on the code until a key pressed then shows in the editor. */
async function openEditor(page: Page, scope: string): Promise<number> {
  const code = page.locator(`${scope} [data-editor]`).first();
  await code.scrollIntoViewIfNeeded();
  const started = Date.now();
  await code.click({ position: { x: 80, y: 12 } });
  await page
    .locator(`${scope} [data-editor] :is(textarea, .native-edit-context):focus`)
    .first()
    .waitFor({ state: 'attached' });
  await page.keyboard.insertText('§');
  await code.locator('.view-lines', { hasText: '§' }).waitFor();
  return Date.now() - started;
}

async function typeInto(page: Page, scope: string, code: string): Promise<void> {
  await page.locator(`${scope} [data-editor]`).first().click();
  const input = page
    .locator(`${scope} [data-editor]`)
    .locator('textarea, .native-edit-context')
    .first();
  await input.waitFor({ state: 'attached' });
  await input.focus();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(code);
}

interface Visit {
  cold: number;
  warm: number[];
  afterLoop: number;
  editor: number;
}

/** One reader's first visit to a section, in a browser that has cached nothing. */
async function visit(browser: Browser, url: string): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(url, { waitUntil: 'networkidle' });
  const scope = `[data-exercise="${EXERCISE}"]`;

  // Cold: Check pressed on the untouched starter, which fails; nothing was warmed by typing.
  const cold = await clickUntil(page, `${scope} >> Check`, `${scope}[data-state="failed"]`);

  const editor = await openEditor(page, scope);
  await typeInto(page, scope, solution);
  await clickUntil(page, `${scope} >> Check`, `${scope}[data-state="passed"]`);
  const warm: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    // A reader's pace: the next pair of workers has had time to start.
    await page.waitForTimeout(1000);
    await page.evaluate(
      (name) => document.querySelector(name)?.setAttribute('data-state', 'edited'),
      scope,
    );
    warm.push(await clickUntil(page, `${scope} >> Check`, `${scope}[data-state="passed"]`));
  }

  const loop = '[data-cell]';
  await typeInto(page, loop, 'while (true) {}');
  await page.locator(loop).first().getByRole('button', { name: 'Run', exact: true }).click();
  await page.waitForSelector(`${loop}[data-state="running"]`);
  await page.waitForSelector(`${loop}[data-state="failed"]`, { timeout: 60_000 });
  await page.locator(loop).first().getByRole('button', { name: 'Reset', exact: true }).click();
  await typeInto(page, loop, 'console.log(6 * 7);');
  const afterLoop = await clickUntil(page, `${loop} >> Run`, `${loop}[data-state="ran"]`);
  await context.close();
  return { cold, warm, afterLoop, editor };
}

export async function runTimes(browser: Browser, url: string, visits = 3): Promise<Measure[]> {
  const all: Visit[] = [];
  for (let count = 0; count < visits; count += 1) all.push(await visit(browser, url));
  const of = (pick: (one: Visit) => number): number => median(all.map(pick));
  return [
    {
      name: 'first checked answer, cold',
      value: of((v) => v.cold),
      limit: RUN_LIMITS.coldCheckMs,
      unit: 'ms',
    },
    {
      name: 'checked answer, warm',
      value: of((v) => median(v.warm)),
      limit: RUN_LIMITS.warmCheckMs,
      unit: 'ms',
    },
    {
      name: 'next cell after an endless loop',
      value: of((v) => v.afterLoop),
      limit: RUN_LIMITS.afterLoopMs,
      unit: 'ms',
    },
    {
      name: 'editor ready after focus',
      value: of((v) => v.editor),
      limit: RUN_LIMITS.editorMs,
      unit: 'ms',
    },
  ];
}
