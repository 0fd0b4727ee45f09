/** The official runtime takes the files that the converter writes, and agrees with the engine's interpreter on them. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import {
  agreed,
  collectNetwork,
  collectOperators,
  collectReferences,
  collectRefused,
} from '../../scripts/agreement/collect.ts';
import { knownDifference } from '../../scripts/agreement/known-differences.ts';
import { startLiteRtSite, type LiteRtSite } from '../../scripts/agreement/site.ts';
import { modeNames, NETWORKS } from '../../scripts/agreement/written-files.ts';
import { startTensorFlow } from '../../src/build/node-tensorflow.ts';

test.describe.configure({ timeout: 240_000 });

const FLOAT_LIMIT = 1e-4;
/** A share of the elements of an output. */
const share = (part: number, { elements }: { elements: number }): number => part / elements;

let site: LiteRtSite;

test.beforeAll(async () => {
  await startTensorFlow();
  site = await startLiteRtSite();
});
test.afterAll(() => site.close());
test.beforeEach(async ({ page }) => {
  await page.goto(site.url);
});

for (const network of NETWORKS) {
  test(`${network} in every mode`, async ({ page }) => {
    const rows = await collectNetwork(page, site, network);
    expect(rows.map(({ mode }) => mode)).toEqual(modeNames);
    for (const { mode, outcome, logits, alone } of rows) {
      const output = agreed(outcome);
      const before = agreed(logits);
      expect(output.elements, mode).toBe(200);
      expect(output.sameClass, `${mode}: same class`).toBe(20);
      if (mode.startsWith('int8') || mode === 'int16x8') {
        const close = share(output.exact + output.offByOne, output);
        expect(close, `${mode}: within a step`).toBeGreaterThanOrEqual(0.99);
        expect(output.step).toBe(mode === 'int16x8' ? 1 / 32768 : 1 / 256);
        expect(before.worst, `${mode}: logits`).toBeLessThanOrEqual(3);
        const closeBefore = share(before.exact + before.offByOne, before);
        expect(closeBefore, `${mode}: logits within a step`).toBeGreaterThan(0.8);
      } else {
        // A 1×1 convolution of dynamic range: see the known differences.
        const isPointwise = network === 'depthwise-net' && mode === 'dynamic';
        expect(output.worst, mode).toBeLessThan(isPointwise ? 1e-2 : FLOAT_LIMIT);
        expect(before.worst, `${mode}: logits`).toBeLessThan(isPointwise ? 0.5 : FLOAT_LIMIT);
        expect(output.step).toBe(0);
      }
      expect(alone !== undefined, `${mode}: operators alone`).toBe(mode === 'int8');
      if (!alone) continue;
      expect(alone.elements).toBeGreaterThan(1_000);
      expect(alone.worst, `${mode}: operators alone`).toBeLessThanOrEqual(1);
      expect(share(alone.exact, alone)).toBeGreaterThan(0.995);
    }
  });
}

test('every operator alone, in every way', async ({ page }) => {
  const rows = await collectOperators(page, site);
  expect(rows.length).toBeGreaterThan(80);
  for (const { title, way, outcome } of rows) {
    const said = `${title}, ${way}`;
    const output = agreed(outcome);
    const known = knownDifference(title, way);
    const limit = known?.most ?? (output.step > 0 ? 1 : FLOAT_LIMIT);
    expect(output.worst, said).toBeLessThanOrEqual(limit);
    if (known) {
      // If LiteRT comes to agree, the list is to be shortened.
      expect(output.worst, `${said}: known difference`).toBeGreaterThan(
        output.step > 0 ? 1 : FLOAT_LIMIT,
      );
    } else if (output.step > 0) {
      expect(share(output.exact, output), `${said}: exact`).toBeGreaterThan(0.5);
    }
  }
});

test('files of the official converter', async ({ page }) => {
  const rows = await collectReferences(page, site);
  test.skip(rows.length === 0, 'skipped: they do not stand beside the repository');
  for (const { title, isTaken, refusal, outcome, alone } of rows) {
    expect(refusal?.code, title).toBe(isTaken ? undefined : 'litert-refused');
    const output = agreed(outcome);
    if (output.step === 0) {
      expect(output.worst, title).toBeLessThan(FLOAT_LIMIT);
    } else {
      const close = share(output.exact + output.offByOne, output);
      expect(close, `${title}: within a step`).toBeGreaterThan(0.75);
      expect(alone!.worst, `${title}: operators alone`).toBeLessThanOrEqual(1);
      expect(share(alone!.exact, alone!), title).toBeGreaterThan(0.98);
    }
    if (output.elements > 20) expect(output.sameClass, title).toBeGreaterThanOrEqual(18);
  }
});

test('what LiteRT refuses, and in which words', async ({ page }) => {
  const rows = await collectRefused(page, site);
  const said = rows.map(({ refusal }) => [
    refusal?.code,
    `${refusal?.explain} ${refusal?.elaborate ?? ''}`,
  ]);
  expect(said).toEqual([
    ['litert-refused', expect.stringContaining('no int8 in the browser')],
    ['litert-refused', expect.stringContaining('no int16 in the browser')],
    ['litert-refused', expect.stringContaining('open: [-1, 4]')],
    ['litert-refused', expect.stringContaining("opcode 'FULLY_CONNECTED' version '99'")],
    ['litert-refused', expect.stringContaining('Failed to load model')],
  ]);
  for (const { rewritten } of rows.slice(0, 3)) {
    const output = agreed(rewritten!);
    expect(output.exact).toBe(output.elements);
  }
});

test('docs/agreement.md has every file and every operator', () => {
  const document = readFileSync('docs/agreement.md', 'utf8');
  for (const network of NETWORKS) {
    for (const mode of modeNames) expect(document).toContain(`| ${network} | ${mode} |`);
  }
  expect(document).toContain('| LEAKY_RELU |');
  expect(document).not.toContain('refused: litert');
});
