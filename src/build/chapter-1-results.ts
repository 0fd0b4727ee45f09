import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './project-root.ts';

/** How a model did on the test images. */
export interface TestScore {
  /** Images answered rightly. */
  correct: number;
  /** Wilson's 95 % interval for the accuracy on images of the same kind. */
  interval: { low: number; high: number };
  /** Images that the float32 model answers otherwise. */
  changed: number;
}

/** Bits for each weight, and whether a kernel has one scale or each of its output units has its own. */
export interface Rounding {
  numBits: number;
  granularity: 'per-tensor' | 'per-channel';
}

export interface RoundedResult extends Rounding, TestScore {
  /** Signal to quantization noise of each layer's kernel, in dB. */
  sqnr: Record<string, number>;
}

/** The kernel of a layer. */
export interface LayerResult {
  layer: string;
  shape: number[];
  min: number;
  max: number;
  mean: number;
  /** Root of the mean squared distance from the mean. */
  standardDeviation: number;
  /** Equal bins from −limit to limit, limit = max |w|; a value on an edge counts to the bin above it. */
  histogram: { limit: number; counts: number[] };
}

/** `content/results/chapter-1.json`, written by `npm run results`. */
export interface Chapter1Results {
  /** What the numbers were made from; see scripts/results/stamp.ts. */
  stamp: Record<string, string>;
  model: string;
  testImages: number;
  /** The model as it was trained. */
  float32: TestScore;
  /** Every weight, biases too, stored in 16 bits. */
  float16: TestScore;
  bfloat16: TestScore;
  /** Kernels rounded to symmetric, narrow-range integers and back; biases left in float32. */
  rounded: RoundedResult[];
  layers: LayerResult[];
}

/** Where the committed results of chapter 1 lie. */
export const chapter1ResultsPath: string = join(
  projectRoot,
  'content',
  'results',
  'chapter-1.json',
);

/** The committed results of chapter 1, for prose and figures. */
export function chapter1Results(): Chapter1Results {
  return JSON.parse(readFileSync(chapter1ResultsPath, 'utf8')) as Chapter1Results;
}

/** The result of one rounding. Throws if it is not among those computed. */
export function roundedResult(
  results: Chapter1Results,
  { numBits, granularity }: Rounding,
): RoundedResult {
  const found = results.rounded.find(
    (each) => each.numBits === numBits && each.granularity === granularity,
  );
  if (!found)
    throw new Error(
      `content/results/chapter-1.json has no result for ${numBits} bits ${granularity}.`,
    );
  return found;
}
