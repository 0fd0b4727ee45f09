import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../src/build/project-root.ts';
import { computedText } from '../../src/components/Computed/registry.ts';

const text = (path: string): string => readFileSync(join(projectRoot, 'content', path), 'utf8');

// The question of a prediction is an attribute, which cannot hold a <Computed>: what it says is held to the value here.
describe('numbers in the questions of predictions', () => {
  it('3.3: how far apart the channels are', () => {
    expect(text('chapters/03-the-methods/03-filters-and-folds.mdx')).toContain(
      `at most ${computedText('3.3.ratio.widest')}-fold apart`,
    );
  });

  it('3.2: how many pixels a hundred sheets have', () => {
    expect(text('chapters/03-the-methods/02-the-poisoned-set.mdx')).toContain(
      `There are ${(100 * 28 * 28).toLocaleString('en-GB')} pixels`,
    );
  });
});
