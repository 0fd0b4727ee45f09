import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCompression } from '../../scripts/results/compression/results-file.ts';
import type { Section61Results } from '../../scripts/results/sections/6.1.ts';
import { projectRoot } from '../../src/build/project-root.ts';
import { sectionResults } from '../../src/build/section-results.ts';
import { computedText } from '../../src/components/Computed/registry.ts';

const run = sectionResults<Section61Results>('6.1');
const read = (path: string): string => readFileSync(join(projectRoot, 'content', path), 'utf8');
const prose = read('chapters/06-the-final-problem/01-the-recipe.mdx').replace(/\s+/g, ' ');
const cell = read('chapters/06-the-final-problem/cells/the-recipe.ts');

describe('what section 6.1 says in words', () => {
  it('is the run of the results: the looks on the way have changed nothing', () => {
    const recipe = readCompression().structures.rows.find(({ id }) => id === 'recipe')!;
    expect(run.correct).toBe(recipe.correct);
    expect(run.zeros).toBe(recipe.zeros);
  });

  it('two epochs without a zero cost more than the whole recipe, beyond chance', () => {
    const [, second] = run.epochs;
    expect(run.prunings[0]!.step).toBeGreaterThan(2 * run.stepsPerEpoch);
    expect(second!.correct).toBeLessThan(run.correct);
    expect(run.correct).toBeLessThan(run.before);
    expect(run.againstSecondEpoch.pValue).toBeLessThan(0.01);
    expect(run.before - second!.correct).toBeGreaterThan(50);
  });

  it('of five epochs the last is kept, and the first of those before it that were best', () => {
    expect(run.bestEpoch).toBe(5);
    expect(run.bestZeros).toBe(run.zeros);
  });

  it('no weight was let in again, and the last renewal takes few', () => {
    expect(run.prunings.every(({ letIn }) => letIn === 0)).toBe(true);
    expect(run.prunings.at(-1)!.struck).toBeLessThan(run.prunings[0]!.struck / 100);
  });

  it('still reads what the Post Office asks for, in a file of the same length', () => {
    expect(run.correct / run.testImages).toBeGreaterThanOrEqual(0.985);
    expect(run.files.final.raw).toBe(run.files.original.raw);
    expect(run.files.final.raw).toBeGreaterThan(256 * 1024);
    expect(run.files.final.gzip).toBeLessThan(run.files.original.gzip / 3);
  });

  it('numbers that no <Computed> can hold are the computed ones', () => {
    expect(prose).toContain(`What becomes of its ${computedText('6.1.before')}?`);
    const quiz = read('quizzes/chapter-6-1.yaml');
    expect(quiz).toContain(`from ${computedText('6.1.epoch-2')} to ${computedText('6.1.after')}`);
    expect(quiz).toContain(`The model that was loaded read ${computedText('6.1.before')}`);
  });

  it('the cell runs what the results ran', () => {
    for (const line of [
      'initialSparsity: 0.5,',
      'finalSparsity: 0.9,',
      'beginStep: 1000,',
      'endStep: 2000,',
      'tf.train.adam(0.001)',
      'epochs: 5,',
      'batchSize: 32,',
      'shuffle: false',
      `5 * ${run.stepsPerEpoch}`,
      "openDataset('mnist-train', { count: 15_000 })",
    ])
      expect(cell).toContain(line);
  });
});
