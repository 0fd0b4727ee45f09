/** What the figure shows of the retired model, from the committed results. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrainDamageResults } from '../../../../scripts/results/compression/brain-damage.ts';
import type { Section51Results } from '../../../../scripts/results/sections/5.1.ts';
import { projectRoot } from '../../../build/project-root.ts';
import { sectionResults } from '../../../build/section-results.ts';
import type { SaliencyData } from './saliency.ts';

export function saliencyData(): SaliencyData {
  const { brainDamage, testImages } = JSON.parse(
    readFileSync(join(projectRoot, 'content/results/compression.json'), 'utf8'),
  ) as { brainDamage: BrainDamageResults; testImages: number };
  return {
    loss: brainDamage.loss,
    testImages,
    levels: brainDamage.rows.map(({ sparsity, magnitude, saliency }) => ({
      share: sparsity,
      size: magnitude,
      worth: { increase: saliency.increase, correct: saliency.correct },
      foretold: saliency.predicted,
    })),
    layers: sectionResults<Section51Results>('5.1').layers.map(({ layer, ranks }) => ({
      layer,
      ranks,
    })),
  };
}
