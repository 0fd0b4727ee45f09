// npm run agreement: runs the engine's files in the official runtime, in a browser, and writes docs/agreement.md.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { startTensorFlow } from '../../src/build/node-tensorflow.ts';
import { projectRoot } from '../../src/build/project-root.ts';
import { ensureBrowser } from '../ensure-browser.mjs';
import {
  collectNetwork,
  collectOperators,
  collectReferences,
  collectRefused,
  collectResnet,
  type NetworkRow,
} from './collect.ts';
import { collectReferenceRuns } from './reference-runs.ts';
import { renderAgreement } from './render.ts';
import { startLiteRtSite } from './site.ts';
import { NETWORKS } from './written-files.ts';

await startTensorFlow();
const site = await startLiteRtSite();
const browser = await chromium.launch({
  executablePath: ensureBrowser(),
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
});
try {
  const page = await browser.newPage();
  await page.goto(site.url);
  const networks: NetworkRow[] = [];
  for (const network of NETWORKS) {
    console.log(network);
    networks.push(...(await collectNetwork(page, site, network)));
  }
  console.log('ResNet-8');
  const resnet = await collectResnet(page, site);
  console.log('operators');
  const operators = await collectOperators(page, site);
  const references = await collectReferences(page, site);
  if (references.length === 0) console.log('skipped: files of the official converter, not here');
  const document = renderAgreement({
    liteRt: await page.evaluate(async () => (await window.agreement.liteRt()).info.version),
    browser: `Chromium ${browser.version()} on ${process.arch}`,
    networks,
    operators,
    references,
    runs: await collectReferenceRuns(page, site),
    resnet,
    refused: await collectRefused(page, site),
  });
  writeFileSync(join(projectRoot, 'docs/agreement.md'), document);
  console.log('docs/agreement.md is written.');
} finally {
  await browser.close();
  await site.close();
}
