/** Accuracy on all test images, from the committed results: sections 1.1 and 1.4. */
import {
  chapter1Results,
  roundedResult,
  type TestScore,
} from '../../../build/chapter-1-results.ts';
import { formatNumber } from '../format-number.ts';
import { type ComputedEntry, entries } from './entry.ts';

const BITS = [8, 7, 6, 5, 4, 3, 2];

function score(bits: number | 'float32'): { score: TestScore; images: number } {
  const results = chapter1Results();
  const found =
    bits === 'float32'
      ? results.float32
      : roundedResult(results, { numBits: bits, granularity: 'per-tensor' });
  return { score: found, images: results.testImages };
}

function interval(bits: number | 'float32'): string {
  const { low, high } = score(bits).score.interval;
  return `${formatNumber(100 * low, 'fixed2')}–${formatNumber(high, 'percent2')}`;
}

function accuracy(bits: number | 'float32'): number {
  const { score: found, images } = score(bits);
  return found.correct / images;
}

export const resultValues: Record<string, ComputedEntry> = entries('percent2', {
  'lenet.accuracy': () => accuracy('float32'),
  ...Object.fromEntries(
    (['float32', ...BITS] as const).flatMap((bits) => [
      [`results.accuracy.${bits}`, () => accuracy(bits)],
      [`results.interval.${bits}`, () => interval(bits)],
    ]),
  ),
});
