import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-cpu';
import { describe, expect, it } from 'vitest';
import { decodeModel, huffmanCodeLengths } from '../../../src/engine/compression/index.ts';
import { createRng } from '../../../src/shared/rng.ts';
import { compressedPath } from '../../../scripts/results/compression/results-file.ts';
import type { Section56Results } from '../../../scripts/results/sections/5.6.ts';
import { sectionResults } from '../../../src/build/section-results.ts';
import { symbols as symbolsOf } from '../../../src/components/figures/HuffmanTree/huffman-tree-data.ts';
import {
  HEIGHT,
  WIDTH,
  bitsOf,
  fixedBits,
  grown,
  isLightest,
  join,
  startForest,
  treeDrawing,
  treeName,
  treeTexts,
  wordRows,
  wordsOf,
  type Forest,
} from '../../../src/components/figures/HuffmanTree/huffman-tree.ts';

const symbols = symbolsOf();
const counts = symbols.map(({ count }) => count);

/** Joins pairs as a seed has it. */
function atRandom(seed: number): Forest {
  const rng = createRng(seed);
  let forest = startForest(symbols);
  while (forest.length > 1) {
    const [first, second] = rng.shuffle([...forest.keys()]);
    forest = join(forest, first!, second!);
  }
  return forest;
}

describe('the counts', () => {
  it('are those of the committed file', async () => {
    await tf.setBackend('cpu');
    const bytes = new Uint8Array(readFileSync(compressedPath('lenet-5', 'further')));
    const weights = decodeModel(bytes).getLayer('logits').getWeights()[0]!.dataSync();
    const kept = weights.filter((weight) => weight !== 0);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(kept.length);
    for (const { value, count } of symbols) {
      expect(kept.filter((weight) => Math.abs(weight - value) < 1e-4)).toHaveLength(count);
    }
  });
});

describe('joining', () => {
  it('the two lightest to the end gives the engine’s code', () => {
    const tree = grown(startForest(symbols));
    const lengths = huffmanCodeLengths(counts);
    const bits = counts.reduce((sum, count, i) => sum + count * lengths[i]!, 0);
    expect(bitsOf(tree)).toBe(bits);
    expect(bits).toBe(sectionResults<Section56Results>('5.6').codeBits);
    const words = wordsOf(tree);
    const byWords = symbols.reduce(
      (sum, { letter, count }) => sum + count * words.get(letter)!.length,
      0,
    );
    expect(byWords).toBe(bits);
  });

  it('otherwise gives a prefix code too, and never a shorter text', () => {
    const best = bitsOf(grown(startForest(symbols)));
    for (let seed = 1; seed <= 20; seed++) {
      const forest = atRandom(seed);
      expect(bitsOf(forest)).toBeGreaterThanOrEqual(best);
      const words = [...wordsOf(forest).values()];
      expect(words.reduce((sum, word) => sum + 2 ** -word.length, 0)).toBeCloseTo(1, 12);
      for (const word of words) {
        expect(words.filter((other) => other.startsWith(word))).toEqual([word]);
      }
    }
  });

  it('puts the sum where it belongs, and knows whether it was the lightest pair', () => {
    const forest = startForest(symbols);
    expect(forest.map(({ count }) => count)).toEqual([...counts].sort((a, b) => a - b));
    const next = join(forest, 0, 1);
    expect(next).toHaveLength(forest.length - 1);
    expect(next[0]!.count).toBeLessThanOrEqual(next[1]!.count);
    expect(isLightest(forest, 0, 1)).toBe(true);
    expect(isLightest(forest, 0, 5)).toBe(false);
    expect(() => join(forest, 2, 2)).toThrow(/different/);
  });
});

describe('the words of the figure', () => {
  it('say what a tree costs against the best', () => {
    expect(fixedBits(symbols)).toBe(4 * 750);
    const texts = treeTexts(symbols, grown(startForest(symbols)));
    expect(texts['verdict']).toMatch(/No words of whole bits can do with fewer/);
    const worse = treeTexts(symbols, atRandom(1));
    expect(worse['verdict']).toMatch(/more than it need have/);
    expect(treeTexts(symbols, startForest(symbols))['each']).toBe('not yet');
    expect(treeName({ letters: 'abcde', count: 12, level: 3 })).toBe('abc… 12');
  });

  it('give a row to every symbol, with no word before the first join', () => {
    const rows = wordRows(symbols, startForest(symbols));
    expect(rows).toHaveLength(symbols.length);
    expect(rows.every((row) => row.at(-1) === '—')).toBe(true);
    expect(wordRows(symbols, atRandom(2)).every((row) => /^[01]+$/.test(row.at(-1)!))).toBe(true);
  });
});

describe('the drawing', () => {
  it('has every letter once, inside, and a root for every tree', () => {
    for (const forest of [startForest(symbols), grown(startForest(symbols)), atRandom(3)]) {
      const { branches, roots, letters } = treeDrawing(forest);
      expect(letters.map(({ text }) => text).sort()).toEqual(symbols.map(({ letter }) => letter));
      expect(roots).toHaveLength(forest.length);
      for (const { x, y } of [...roots, ...letters]) {
        expect(x).toBeGreaterThan(0);
        expect(x).toBeLessThan(WIDTH);
        expect(y).toBeGreaterThan(10);
        expect(y).toBeLessThan(HEIGHT);
      }
      expect(branches.match(/M/g)?.length ?? 0).toBe(symbols.length - forest.length);
    }
  });
});
