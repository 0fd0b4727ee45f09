import '@tensorflow/tfjs-backend-cpu';
import { expect, test } from '@playwright/test';
import { zipSync } from 'fflate';
import { encodeGreyPng } from '../../src/build/grey-png.ts';
import { readMnist } from '../../src/build/mnist.ts';
import { loadModel } from '../../src/engine/keras/index.ts';
import { Interpreter } from '../../src/engine/tflite/interpreter.ts';
import { inspectModel, inspectTflite } from '../../src/workbench/inspect.ts';
import { watchErrors } from './support.ts';
import {
  act,
  choose,
  measureLittle,
  npy,
  openBookModel,
  operatorsIn,
  part,
  run,
  RUN,
  save,
  step,
  type Upload,
} from './workbench-support.ts';

test.beforeEach(({ page }) => {
  test.setTimeout(240_000);
  page.setDefaultTimeout(60_000);
});

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
    [
      { name: 'model.h5', bytes: text('<!doctype html><title>Not found</title>') },
      /HTML|web page/i,
    ],
    [
      {
        name: 'pointer.keras',
        bytes: text(
          `version https://git-lfs.github.com/spec/v1\noid sha256:${'4'.repeat(64)}\nsize 323584\n`,
        ),
      },
      /git-lfs|Git LFS/i,
    ],
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

test('data of the reader’s own calibrate and measure', async ({ page }) => {
  await openBookModel(page, 'bn-cnn');
  await measureLittle(page);
  const { pixels, labels } = readMnist('test');
  const images = (shape: string, count: number): Uint8Array =>
    npy('|u1', `(${count}, ${shape})`, pixels.subarray(0, count * 784));
  const answers = npy('|u1', '(80,)', labels.subarray(0, 80));

  await choose(page, 'labelled', {
    name: 'wrong.npz',
    bytes: zipSync({ 'x.npy': npy('|u1', '(16, 7, 7)', pixels.subarray(0, 784)) }),
  });
  await expect(part(page, 'labelled-error')).toContainText(/7, 7.*28, 28/s, RUN);
  await expect(page.locator('[name="labelled"][value="mnist"]')).toBeChecked();

  await choose(page, 'labelled', {
    name: 'digits.npz',
    bytes: zipSync({ 'x.npy': images('28, 28', 80), 'y.npy': answers }),
  });
  await expect(page.locator('[name="labelled"][value="own"]')).toBeChecked(RUN);
  await expect(part(page, 'labelled-error')).toBeEmpty();
  await expect(part(page, 'own-labelled')).toContainText('80 examples');
  await page.locator('[name="calibration"][value="labelled"]').check();

  await choose(
    page,
    'calibration',
    ...[0, 1, 2].map((i) => ({
      name: `digit-${i}.png`,
      bytes: encodeGreyPng(pixels.subarray(i * 784, (i + 1) * 784), 28, 28, 8),
      mimeType: 'image/png',
    })),
  );
  await expect(part(page, 'own-calibration')).toContainText('3 examples of 3 images', RUN);
  await expect(page.locator('[name="calibration"][value="own"]')).toBeChecked();
  await run(page);
  await expect(part(page, 'details')).toContainText('Right answers on x');
  await expect(part(page, 'details')).toContainText(/6\d of 64/);
  await expect(part(page, 'warnings')).toContainText('3 examples only');
});

test('noise instead of data comes with a warning, before and after', async ({ page }) => {
  await openBookModel(page, 'lenet-300-100');
  await measureLittle(page);
  await expect(part(page, 'generated-warning')).toBeHidden();
  await page.locator('[name="labelled"][value="none"]').check();
  await page.locator('[name="calibration"][value="generated"]').check();
  await expect(part(page, 'generated-warning')).toBeVisible();
  await expect(part(page, 'plan')).not.toContainText('Fetches');
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(request.url()));
  await run(page);
  expect(fetched.filter((url) => url.includes('/data/'))).toEqual([]);
  await expect(page.locator('[data-code="calibration-generated"]')).toBeVisible();
  await expect(part(page, 'headline')).toContainText('Same answer');
});

test('the official runtime agrees with ours', async ({ page }) => {
  await openBookModel(page, 'depthwise-net');
  await measureLittle(page);
  await run(page);
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(request.url()));
  await act(page, 'litert').click();
  await expect(part(page, 'litert-status')).toContainText('LiteRT ran the file', RUN);
  await expect(part(page, 'litert')).toContainText('8 of 8');
  await expect(part(page, 'litert')).toContainText(/[\d.]+ (µs|ms) an inference/);
  const origin = new URL(page.url()).origin;
  expect(fetched.filter((url) => !url.startsWith(origin))).toEqual([]);
});
