/**
 * Computes what the book tells but cannot compute while it is read or built, and writes it to
 * content/results/ and docs/results.md. Run with `npm run results` after a change to the engine or a model; with
 * `-- --chapter-1` or `-- --quantization` only one of the two, and after the latter ids of methods for their rows only.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import { type Chapter1Results, chapter1ResultsPath } from '../../src/build/chapter-1-results.ts';
import { loadModel } from '../../src/build/load-model.ts';
import { readMnist } from '../../src/build/mnist.ts';
import { modelFacts } from '../../src/build/model-facts.ts';
import { startTensorFlow } from '../../src/build/node-tensorflow.ts';
import { projectRoot } from '../../src/build/project-root.ts';
import {
  ROUNDINGS,
  describeLayers,
  scoreFloat32,
  scoreFormat,
  scoreRounding,
  setUpBench,
} from './chapter-1.ts';
import { quantizationResults } from './quantization/index.ts';
import { chapter1Stamp } from './stamp.ts';

const MODEL = 'lenet-300-100';

const [only, ...ids] = process.argv.slice(2);
await startTensorFlow();
const test = readMnist('test');
if (only !== '--quantization') await chapter1();
if (only !== '--chapter-1') await quantizationResults(readMnist('train'), test, ids);

async function chapter1(): Promise<void> {
  const facts = modelFacts(MODEL);
  const bench = setUpBench(await loadModel(MODEL), facts, test);
  const results: Chapter1Results = {
    stamp: await chapter1Stamp(test),
    model: MODEL,
    testImages: test.count,
    float32: scoreFloat32(bench),
    float16: scoreFormat(bench, 'float16'),
    bfloat16: scoreFormat(bench, 'bfloat16'),
    rounded: ROUNDINGS.map((rounding) => {
      const result = scoreRounding(bench, rounding);
      console.log(
        `${rounding.numBits} bits ${rounding.granularity}: ${result.correct} of ${test.count}`,
      );
      return result;
    }),
    layers: describeLayers(facts),
  };

  await mkdir(dirname(chapter1ResultsPath), { recursive: true });
  await writeFile(chapter1ResultsPath, format(results));
  console.log(`Written to ${relative(projectRoot, chapter1ResultsPath)}.`);
}

/** JSON with two spaces, lists of numbers on one line. */
function format(value: object): string {
  const text = JSON.stringify(value, null, 2);
  return `${text.replace(/\[\s+(-?[\d.e+-]+(?:,\s+-?[\d.e+-]+)*)\s+\]/g, (_, list: string) => `[${list.replace(/\s+/g, ' ')}]`)}\n`;
}
