// npm run budgets: measures the built site in Chromium against docs/experience.md and fails over budget.
// `--sizes` leaves the times out: they need a quiet machine, and sizes do not.
// A time over budget is measured once more, since a shared machine has bad moments; sizes are not.
import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { sectionSources } from '../../src/build/section-sources.ts';
import { ensureBrowser, QUIET_FLAGS } from '../ensure-browser.mjs';
import { holds, type Measure } from './limits.ts';
import { lighthouseRun } from './lighthouse-run.ts';
import { pageWeight } from './page-weight.ts';
import { runTimes } from './run-times.ts';

const PORT = 4397;
const CHAPTER = 'chapters/01-a-model-too-heavy';
const args = ['--no-sandbox', ...QUIET_FLAGS];
const executablePath = ensureBrowser();
const at = (path: string): string => `http://localhost:${PORT}/${path}`;

const server = spawn(process.execPath, ['scripts/serve.mjs', '--port', String(PORT)], {
  stdio: 'ignore',
});
process.on('exit', () => server.kill());
for (let tries = 0; ; tries += 1) {
  if (
    await fetch(at('')).then(
      (answer) => answer.ok,
      () => false,
    )
  )
    break;
  if (tries > 50) throw new Error('dist/ is not being served: run npm run build first.');
  await sleep(100);
}

async function withRetry(measure: () => Promise<Measure[]>): Promise<Measure[]> {
  const first = await measure();
  if (first.every(holds)) return first;
  console.log(
    `  over budget, measured again: ${first
      .filter((one) => !holds(one))
      .map((one) => `${one.name} ${one.value.toFixed(1)}`)
      .join('; ')}`,
  );
  return measure();
}

const sizesOnly = process.argv.includes('--sizes');
const measures: Measure[] = [];
const browser = await chromium.launch({ executablePath, args });
try {
  for (const { chapter, slug } of sectionSources())
    measures.push(...(await pageWeight(browser, at(`chapters/${chapter}/${slug}/`))));
  if (!sizesOnly)
    measures.push(
      ...(await withRetry(() => runTimes(browser, at(`${CHAPTER}/03-the-first-weight/`)))),
    );
} finally {
  await browser.close();
}
for (const path of sizesOnly ? [] : ['', `${CHAPTER}/03-the-first-weight/`]) {
  measures.push(...(await withRetry(() => lighthouseRun(executablePath, args, at(path)))));
}

let over = 0;
for (const one of measures) {
  const good = holds(one);
  if (!good) over += 1;
  const value = one.value.toFixed(one.limit < 1 ? 4 : 1);
  console.log(
    `${good ? 'ok  ' : 'OVER'}  ${one.name.padEnd(74)} ${value.padStart(8)} ${one.kind === 'min' ? '≥' : '≤'} ${one.limit} ${one.unit}`,
  );
}
console.log(`\n${measures.length} measures, ${over} over budget.`);
process.exit(over === 0 ? 0 : 1);
