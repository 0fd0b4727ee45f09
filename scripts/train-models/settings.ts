/**
 * What the training of LeNet-300-100 depends on, besides the code. Chosen once and not tuned on the
 * test images; the model kept is that of the last epoch, not the best one.
 */
export const SETTINGS = {
  seed: 1895,
  epochs: 20,
  batchSize: 128,
  /** Peak learning rate of Adam; it falls to zero along half a cosine. */
  learningRate: 1e-3,
  /** Decoupled weight decay (AdamW), on the kernels only: each step shrinks them by learningRate × weightDecay. */
  weightDecay: 0.1,
  /** Each training image is moved by up to so many pixels each way, drawn anew every epoch. */
  maxShift: 1,
} as const;

export type TrainingSettings = {
  -readonly [K in keyof typeof SETTINGS]: number;
};
