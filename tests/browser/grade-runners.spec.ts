/** The pages in which the command line grades: what becomes of a check whose page or browser goes away under it. */
import { execFileSync } from 'node:child_process';
import { expect, test } from '@playwright/test';
import { ensureBrowser } from '../../scripts/ensure-browser.mjs';
import { BrowserRunners } from '../../scripts/grade/browser-runners.ts';
import { startGradingSite, type GradingSite } from '../../scripts/grade/site.ts';
import { browserLost } from '../../src/instructor/grade/graded.ts';
import type { CheckRequest } from '../../src/runtime/protocol.ts';

let site: GradingSite;
let runners: BrowserRunners;
test.beforeAll(async () => {
  site = await startGradingSite();
  runners = new BrowserRunners(site.url, ensureBrowser());
});
test.afterAll(async () => {
  await runners.close();
  await site.close();
});

const request = (code: string, limitMs = 20_000): CheckRequest => ({
  ...{ exercise: 'test', entry: ['answer'], code, mistakes: [], seed: 1, limitMs },
  checks: `import { check, defineChecks, expectEqual } from 'heavy-weights/checks';
export default defineChecks([check('one', 'It gives one', async ({ call }) => { expectEqual(await call('answer', []), 1); })]);`,
});
const right = request('export const answer = () => 1;');
const endless = request('export function answer() { for (;;) {} }', 6_000);

/** Ends the renderers of the browser that this process started. */
function killRenderers(): void {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid=,args='])
    .toString()
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .filter((row) => row !== null);
  const ours = new Set([String(process.pid)]);
  // Renderers are forked by a zygote, a process of the browser's.
  for (let depth = 0; depth < 6; depth++) {
    for (const [, pid, parent] of rows) if (ours.has(parent!)) ours.add(pid!);
  }
  for (const [, pid, , args] of rows) {
    if (ours.has(pid!) && args!.includes('--type=renderer')) process.kill(Number(pid), 'SIGKILL');
  }
}

test('a page that goes away is replaced, and the check run once more', async () => {
  expect((await runners.runnerOf(0)(right)).passed).toBe(true);
  const report = runners.runnerOf(0)(endless);
  setTimeout(killRenderers, 2_000);
  // By the second run: the program's own doing.
  expect((await report).error?.code).toBe('time-limit');
  expect((await runners.runnerOf(0)(right)).passed).toBe(true);
});

test('a page that goes away twice is said, and the next check works', async () => {
  const report = runners.runnerOf(0)(endless);
  const killing = setInterval(killRenderers, 2_500);
  expect((await report).error?.code).toBe(browserLost);
  clearInterval(killing);
  expect((await runners.runnerOf(0)(right)).passed).toBe(true);
});

test('what is given up ends, and the next check works', async () => {
  const stopping = new AbortController();
  const report = runners.runnerOf(1)(endless, stopping.signal);
  setTimeout(() => stopping.abort(), 2_000);
  await expect(report).rejects.toThrow();
  expect((await runners.runnerOf(1)(right)).passed).toBe(true);
});
