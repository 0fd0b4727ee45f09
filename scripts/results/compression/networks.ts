import type { FineTuning } from '../fine-tune.ts';

/** How far the kernels of a network are pruned and clustered. */
export interface Stage {
  id: string;
  /** Share of each kernel's weights that stays. */
  keep: Record<string, number>;
  /** Values that each kernel's weights may have. */
  clusters: Record<string, number>;
}

/** A network and how it is compressed: chosen on training images, not on the test images. */
export interface Network {
  pruning: FineTuning;
  clustering: FineTuning;
  stages: readonly Stage[];
}

/** Stages follow one another: each begins with the weights that the one before left, not yet clustered. */
export const NETWORKS = {
  'lenet-300-100': {
    pruning: { steps: 3600, batchSize: 128, learningRate: 1e-3, seed: 1990 },
    clustering: { steps: 900, batchSize: 128, learningRate: 2e-4, seed: 1991 },
    stages: [
      {
        id: 'gentle',
        keep: { dense_1: 0.16, dense_2: 0.25, logits: 0.6 },
        clusters: { dense_1: 32, dense_2: 32, logits: 32 },
      },
      {
        id: 'paper',
        keep: { dense_1: 0.08, dense_2: 0.09, logits: 0.26 },
        clusters: { dense_1: 32, dense_2: 32, logits: 32 },
      },
      {
        id: 'further',
        keep: { dense_1: 0.06, dense_2: 0.09, logits: 0.26 },
        clusters: { dense_1: 16, dense_2: 16, logits: 16 },
      },
    ],
  },
  'lenet-5': {
    pruning: { steps: 1400, batchSize: 64, learningRate: 1e-3, seed: 1992 },
    clustering: { steps: 400, batchSize: 64, learningRate: 2e-4, seed: 1993 },
    stages: [
      {
        id: 'paper',
        keep: { conv_1: 0.66, conv_2: 0.12, dense_1: 0.08, logits: 0.19 },
        clusters: { conv_1: 64, conv_2: 64, dense_1: 32, logits: 32 },
      },
      {
        id: 'further',
        keep: { conv_1: 0.6, conv_2: 0.1, dense_1: 0.03, logits: 0.15 },
        clusters: { conv_1: 32, conv_2: 32, dense_1: 16, logits: 16 },
      },
      {
        id: 'finer',
        keep: { conv_1: 0.6, conv_2: 0.1, dense_1: 0.03, logits: 0.15 },
        clusters: { conv_1: 64, conv_2: 64, dense_1: 64, logits: 64 },
      },
    ],
  },
} as const satisfies Record<string, Network>;
