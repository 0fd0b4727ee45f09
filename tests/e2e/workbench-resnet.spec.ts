import { existsSync, writeFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { zipSync } from 'fflate';
import { longestTask } from './main-thread.ts';
import { act, npy, operatorsIn, part, run, RUN, save, step } from './workbench-support.ts';

// Snapshots of a trace would be work of the page's main thread, which is watched here.
test.use({ trace: 'off' });

test('ResNet-8 in Keras’s own file becomes int8 without the page ever waiting', async ({
  page,
  browser,
}, info) => {
  const h5 = '../shared/models/pretrainedResnet.h5';
  test.setTimeout(240_000);
  const isThere = existsSync(h5);
  if (!isThere) console.log(`ResNet-8 was not tried: ${h5} is not beside this repository.`);
  test.skip(!isThere, 'the file is not there');
  const count = 100;
  const pixels = Uint8Array.from({ length: count * 3072 }, (_, i) => (i * 2654435761) >>> 24);
  const npz = info.outputPath('images.npz');
  writeFileSync(npz, zipSync({ 'x.npy': npy('|u1', `(${count}, 32, 32, 3)`, pixels) }));
  await page.goto('workbench/');
  await expect(act(page, 'choose-model')).toBeEnabled();
  const longest = await longestTask(browser, page, async () => {
    await page.locator('[data-files="model"]').setInputFiles(h5);
    await expect(part(page, 'model-status')).toContainText('is open', RUN);
    await expect(step(page, 'inside')).toContainText('78,666');
    await page.locator('[name="inputRange"]').selectOption('byte');
    await page.locator('[data-files="calibration"]').setInputFiles(npz);
    await expect(part(page, 'own-calibration')).toContainText('100 examples', RUN);
    await run(page);
  });
  await step(page, 'result').getByText('How long each step took').click();
  const times = step(page, 'result').locator('table', { hasText: 'quantizing' });
  const quantizing = await times.getByRole('row', { name: 'quantizing' }).innerText();
  const status = await part(page, 'run-status').textContent();
  const { bytes } = await save(page, 'tflite');
  console.log(
    `ResNet-8, ${count} images, int8 and all measured: ${status} (${quantizing.replace(/\s+/, ' ')} s) ${bytes.length} bytes. The page's longest task: ${longest.cpuMs.toFixed(0)} ms of processor time, ${longest.wallMs.toFixed(0)} ms in all.`,
  );
  const operators = operatorsIn(bytes);
  expect(operators.filter((code) => code === 'CONV_2D')).toHaveLength(9);
  expect(operators.filter((code) => code === 'ADD')).toHaveLength(3);
  expect(bytes.length).toBeLessThan(120_000);
  // Processor time: on a machine that does other things too a task takes longer than its work.
  expect(longest.cpuMs).toBeLessThanOrEqual(100);
});
