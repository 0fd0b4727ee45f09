import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../src/build/project-root.ts';
import { wilsonInterval } from '../../../src/engine/evaluation/wilson-interval.ts';
import { percent, table } from '../markdown.ts';
import type { Score } from './measure.ts';
import { METHODS } from './methods.ts';
import { QAT_BATCH, QAT_STEPS } from './train-quantized.ts';

/** The networks of the table. */
export const SUBJECTS = ['lenet-5', 'bn-cnn', 'depthwise-net'] as const;

/** By the model's name, then by the method's id. */
export interface QuantizationResults {
  testImages: number;
  models: Record<string, Record<string, Score>>;
}

const jsonPath = join(projectRoot, 'content/results/quantization.json');

export function readResults(): QuantizationResults {
  return JSON.parse(readFileSync(jsonPath, 'utf8')) as QuantizationResults;
}

export function writeResults(results: QuantizationResults): void {
  writeFileSync(jsonPath, `${JSON.stringify(results, null, 2)}\n`);
}

/** The section of docs/results.md: nothing in it but what the numbers say. */
export function renderQuantization({ testImages, models }: QuantizationResults): string[] {
  const names = Object.keys(models);
  const cell = ({ correct, changed }: Score): string =>
    `${percent(correct, testImages)} (${changed})`;
  const floats = names.map((name) => {
    const { correct } = models[name]!['float32']!;
    const { low, high } = wilsonInterval(correct, testImages);
    return `${name}: ${percent(correct, testImages)}, 95 % interval ${percent(low, 1)} … ${percent(high, 1)}`;
  });
  return [
    '## Quantization',
    '',
    `Accuracy in per cent on all ${testImages.toLocaleString('en')} test images of MNIST; in brackets, how many answers differ from`,
    "the float model's. Calibration, GPTQ, AdaRound, SmoothQuant and bias correction see the first 512 training images;",
    `training quantized takes ${QAT_STEPS} steps of ${QAT_BATCH} images from the float weights. The rows of int8 and int16, dynamic`,
    "range, float16 and trained quantized are run by the engine's integer kernels; those of int4 and int3 weights in float32",
    'with rounded weights.',
    '',
    ...table(
      ['', ...names],
      METHODS.map(({ id, label }) => [label, ...names.map((name) => cell(models[name]![id]!))]),
    ),
    '',
    ...floats.map((line) => `- ${line}`),
    '',
  ];
}
