import { readFileSync } from 'node:fs';
import '@tensorflow/tfjs-backend-cpu';
import { expect, test, type Download, type Page } from '@playwright/test';
import { readMnist } from '../../src/build/mnist.ts';
import { loadModel } from '../../src/engine/keras/index.ts';
import { Interpreter } from '../../src/engine/tflite/interpreter.ts';
import { inspectModel, inspectTflite } from '../../src/workbench/inspect.ts';
import { watchErrors } from './support.ts';

/** Long work on a busy machine. */
const RUN = { timeout: 120_000 };

test.beforeEach(({ page }) => {
  test.setTimeout(240_000);
  page.setDefaultTimeout(60_000);
});

const part = (page: Page, name: string) => page.locator(`[data-part="${name}"]`);
const step = (page: Page, name: string) => page.locator(`[data-step="${name}"]`);
const act = (page: Page, name: string) => page.locator(`[data-act="${name}"]`);

/** Opens one of the book's models. */
async function openBookModel(page: Page, name: string): Promise<void> {
  await page.goto('workbench/');
  await page.locator(`[data-book-model="${name}"]`).click();
  await expect(part(page, 'model-status')).toContainText(`${name} is open`, RUN);
}

interface Upload {
  name: string;
  bytes: Uint8Array;
  mimeType?: string;
}

async function choose(page: Page, input: string, ...files: Upload[]): Promise<void> {
  await page.locator(`[data-files="${input}"]`).setInputFiles(
    files.map(({ name, bytes, mimeType = 'application/octet-stream' }) => ({
      name,
      mimeType,
      buffer: Buffer.from(bytes),
    })),
  );
}

/** Runs, and waits for the result. */
async function run(page: Page): Promise<void> {
  await act(page, 'run').click();
  await expect(part(page, 'run-status')).toContainText('Done in', RUN);
  await expect(step(page, 'result')).toBeVisible();
}

async function save(page: Page, format: string): Promise<{ name: string; bytes: Uint8Array }> {
  const [download] = await Promise.all([
    page.waitForEvent('download') as Promise<Download>,
    page.locator(`[data-save="${format}"]`).click(),
  ]);
  const bytes = new Uint8Array(readFileSync(await download.path()));
  return { name: download.suggestedFilename(), bytes };
}

/** The settings that make a run short. */
async function measureLittle(page: Page): Promise<void> {
  await page.locator('.workbench-more summary').click();
  await page.locator('[name="testExamples"]').fill('64');
  await page.locator('[name="calibrationExamples"]').fill('32');
}

/** How many of the first test images of MNIST a file answers rightly, in our interpreter. */
function rightOnMnist(tflite: Uint8Array, count: number): number {
  const interpreter = new Interpreter(tflite);
  interpreter.allocateTensors();
  const [input] = interpreter.getInputDetails();
  const [output] = interpreter.getOutputDetails();
  const { pixels, labels } = readMnist('test');
  let right = 0;
  for (let i = 0; i < count; i++) {
    const image = Float32Array.from(pixels.subarray(i * 784, (i + 1) * 784), (grey) => grey / 255);
    interpreter.setTensor(input!.index, image);
    interpreter.invoke();
    const scores = interpreter.getTensor(output!.index) as Float32Array;
    if (scores.indexOf(Math.max(...scores)) === labels[i]) right++;
  }
  return right;
}

const operatorsIn = (tflite: Uint8Array): string[] =>
  inspectTflite(tflite).operators.map(({ code }) => code);

test('a model of the book becomes an int8 file that our interpreter runs', async ({ page }) => {
  const errors = watchErrors(page);
  await openBookModel(page, 'bn-cnn');
  await expect(step(page, 'inside')).toContainText('19,706');
  await expect(step(page, 'inside').locator('tbody tr')).toHaveCount(13);
  await expect(part(page, 'histogram').locator('svg')).toBeVisible();
  await expect(page.locator('[name="mode"][value="int8"]')).toBeChecked();
  await expect(page.locator('[name="labelled"][value="mnist"]')).toBeChecked();
  await expect(part(page, 'plan')).toContainText(/Fetches images of MNIST, \d+ kB/);
  await run(page);

  await expect(part(page, 'headline')).toContainText(/80 kB → 2\d kB/);
  await expect(part(page, 'headline')).toContainText(/9[89]\.\d% → 9[89]\.\d%/);
  await expect(part(page, 'details')).toContainText('95% interval');
  await expect(part(page, 'device')).toContainText('It fits.');
  await page.locator('[data-device="ram"]').fill('1');
  await expect(part(page, 'device')).toContainText(/It does not fit\..*RAM: [\d,]+ too many/);

  const { name, bytes } = await save(page, 'tflite');
  expect(name).toBe('bn-cnn-small.tflite');
  expect(operatorsIn(bytes)).toEqual(
    `QUANTIZE CONV_2D CONV_2D CONV_2D MEAN FULLY_CONNECTED SOFTMAX DEQUANTIZE`.split(' '),
  );
  expect(rightOnMnist(bytes, 50)).toBeGreaterThanOrEqual(48);
  const report = new TextDecoder().decode((await save(page, 'report')).bytes);
  expect(report).toContain('bn-cnn');
  expect(report).toContain('256 KB flash, 1 KB RAM');
  for (const format of ['h5', 'keras']) {
    const saved = await save(page, format);
    const model = await loadModel(saved.bytes);
    expect(inspectModel(model).totals.parameters).toBe(19_706);
    model.dispose();
  }

  // The file that was made is looked into and measured, not compressed again.
  await choose(page, 'model', { name: 'made.tflite', bytes });
  await expect(part(page, 'model-status')).toContainText('made.tflite is open', RUN);
  await expect(part(page, 'measure-only')).toBeVisible();
  await expect(part(page, 'modes')).toBeHidden();
  await expect(step(page, 'inside')).toContainText('CONV_2D, version 3');
  await measureLittle(page);
  await run(page);
  await expect(part(page, 'headline')).toContainText(/Right\s*9\d\.\d%|Right\s*100\.0%/);
  await expect(page.locator('[data-save="h5"]')).toBeHidden();
  expect(errors).toEqual([]);
});

test('half of the weights pruned at once are zeros of the file', async ({ page }) => {
  await openBookModel(page, 'lenet-300-100');
  await page.locator('[name="mode"][value="float32"]').check();
  await page.locator('[name="prunePercent"]').fill('50');
  await expect(page.locator('[data-twin="prunePercent"]')).toHaveValue('50');
  await measureLittle(page);
  await run(page);
  await expect(part(page, 'warnings')).toContainText('zero');
  const { bytes } = await save(page, 'tflite');
  const { zeros, parameters } = inspectTflite(bytes).totals;
  const biases = 300 + 100 + 10;
  expect(zeros).toBeGreaterThanOrEqual(Math.floor(0.5 * (parameters - biases)) - 3);
  expect(zeros).toBeLessThan(0.51 * parameters);
  const model = await loadModel((await save(page, 'h5')).bytes);
  expect(inspectModel(model).totals.zeros).toBe(zeros);
});

test('Stop in the middle loses no choice, and the next run works', async ({ page }) => {
  await openBookModel(page, 'bn-cnn');
  await page.locator('[name="prunePercent"]').fill('60');
  await page.locator('[name="pruneMethod"][value="fine-tune"]').check();
  await page.locator('[name="epochs"]').fill('50');
  await act(page, 'run').click();
  await expect(act(page, 'stop')).toBeFocused();
  await expect(page.locator('[name="mode"][value="int8"]')).toBeDisabled();
  await expect(part(page, 'run-status')).toContainText('training', RUN);
  await expect
    .poll(() => part(page, 'progress').evaluate((bar: HTMLProgressElement) => bar.value), RUN)
    .toBeGreaterThan(2);
  await act(page, 'stop').click();
  await expect(part(page, 'run-status')).toContainText('Stopped. Nothing was made');
  await expect(step(page, 'result')).toBeHidden();
  await expect(part(page, 'progress')).toBeHidden();
  await expect(act(page, 'run')).toBeFocused();
  await expect(page.locator('[name="prunePercent"]')).toHaveValue('60');
  await expect(page.locator('[name="epochs"]')).toHaveValue('50');

  await page.locator('[name="pruneMethod"][value="one-shot"]').check();
  await page.locator('[name="mode"][value="float16"]').check();
  await measureLittle(page);
  await run(page);

  // A reload keeps the choices of this tab.
  await page.reload();
  await page.locator('[data-book-model="bn-cnn"]').click();
  await expect(page.locator('[name="mode"][value="float16"]')).toBeChecked(RUN);
  await expect(page.locator('[name="prunePercent"]')).toHaveValue('60');
});

test('files that are refused say why, and leave the model before on the bench', async ({
  page,
}) => {
  const errors = watchErrors(page);
  await openBookModel(page, 'bn-cnn');
  await page.locator('[name="mode"][value="float16"]').check();
  await measureLittle(page);
  await run(page);
  const { bytes } = await save(page, 'tflite');

  const text = (words: string): Uint8Array => new TextEncoder().encode(words);
  const refused: [Upload, RegExp][] = [
    [{ name: 'model.h5', bytes: text('<!doctype html><title>Not found</title>') }, /HTML|HDF5|h5/i],
    [{ name: 'cut.tflite', bytes: bytes.subarray(0, bytes.length >> 1) }, /tflite/i],
    [{ name: 'other.tflite', bytes: text('<!doctype html><title>Not found</title>') }, /tflite/i],
    [{ name: 'nothing.keras', bytes: new Uint8Array() }, /empty/],
    [{ name: 'model.json', bytes: text('{"format":"graph-model"}') }, /graph/],
    [{ name: 'table.csv', bytes: text('a,b\n1,2\n') }, /\w/],
  ];
  for (const [file, why] of refused) {
    await choose(page, 'model', file);
    await expect(part(page, 'model-status')).toContainText(`${file.name} was refused`, RUN);
    await expect(part(page, 'model-error')).toContainText(why);
    // A program's own words are for programmers.
    await expect(part(page, 'model-error')).not.toContainText(/undefined|TypeError|RangeError/);
    await expect(part(page, 'model-status')).toContainText('bn-cnn is still open');
  }
  // What was made is still there, and so is the model.
  await expect(step(page, 'result')).toBeVisible();
  expect((await save(page, 'tflite')).bytes).toEqual(bytes);
  await run(page);
  await expect(part(page, 'headline')).toContainText('80 kB → 4');
  expect(errors).toEqual([]);
});
