import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import { type Chapter1Results, chapter1ResultsPath } from '../../src/build/chapter-1-results.ts';
import { loadModel } from '../../src/build/load-model.ts';
import type { MnistSet } from '../../src/build/mnist.ts';
import { modelFacts } from '../../src/build/model-facts.ts';
import { projectRoot } from '../../src/build/project-root.ts';
import {
  CHAPTER_1,
  ROUNDINGS,
  describeLayers,
  scoreFloat32,
  scoreFormat,
  scoreRounding,
  setUpBench,
} from './chapter-1.ts';
import { formatResults } from './format-results.ts';
import { stampOf } from './stamp.ts';

const MODEL = 'lenet-300-100';

/** Computes content/results/chapter-1.json. */
export async function writeChapter1(test: MnistSet): Promise<void> {
  const facts = modelFacts(MODEL);
  const bench = setUpBench(await loadModel(MODEL), facts, test);
  const results: Chapter1Results = {
    stamp: await stampOf({ ...CHAPTER_1, images: { test } }),
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
  await writeFile(chapter1ResultsPath, formatResults(results));
  console.log(`Written to ${relative(projectRoot, chapter1ResultsPath)}.`);
}
