import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../src/build/project-root.ts';
import { wilsonInterval } from '../../../src/engine/evaluation/wilson-interval.ts';
import type { Score } from './measure.ts';
import { METHODS } from './methods.ts';
import { QAT_BATCH, QAT_STEPS } from './train-quantized.ts';

/** By the model's name, then by the method's id. */
export interface QuantizationResults {
  testImages: number;
  models: Record<string, Record<string, Score>>;
}

const jsonPath = join(projectRoot, 'content/results/quantization.json');
export const markdownPath = join(projectRoot, 'docs/results.md');

export function readResults(): QuantizationResults {
  return JSON.parse(readFileSync(jsonPath, 'utf8')) as QuantizationResults;
}

/** Writes the numbers, and the table of them. */
export function writeResults(results: QuantizationResults): void {
  writeFileSync(jsonPath, `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(markdownPath, renderResults(results));
}

/** docs/results.md: nothing in it but what the numbers say. */
export function renderResults({ testImages, models }: QuantizationResults): string {
  const names = Object.keys(models);
  const row = (cells: string[]): string => `| ${cells.join(' | ')} |`;
  const cell = ({ correct, changed }: Score): string =>
    `${percent(correct, testImages)} (${changed})`;
  const floats = names.map((name) => {
    const { correct } = models[name]!['float32']!;
    const { low, high } = wilsonInterval(correct, testImages);
    return `${name}: ${percent(correct, testImages)}, 95 % interval ${percent(low, 1)} … ${percent(high, 1)}`;
  });
  return [
    '# Results',
    '',
    'Written by `npm run results` from `content/results/quantization.json`; do not edit.',
    '',
    `Accuracy in per cent on all ${testImages.toLocaleString('en')} test images of MNIST; in brackets, how many answers differ from`,
    "the float model's. Calibration, GPTQ, AdaRound, SmoothQuant and bias correction see the first 512 training images;",
    `training quantized takes ${QAT_STEPS} steps of ${QAT_BATCH} images from the float weights. The rows of int8 and int16, dynamic`,
    "range, float16 and trained quantized are run by the engine's integer kernels; those of int4 and int3 weights in float32",
    'with rounded weights.',
    '',
    row(['', ...names]),
    row(['---', ...names.map(() => '---:')]),
    ...METHODS.map(({ id, label }) =>
      row([label, ...names.map((name) => cell(models[name]![id]!))]),
    ),
    '',
    ...floats.map((line) => `- ${line}`),
    '',
  ].join('\n');
}

const percent = (part: number, whole: number): string => ((100 * part) / whole).toFixed(2);
