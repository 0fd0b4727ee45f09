import type * as tf from '@tensorflow/tfjs';

/**
 * What the training of a model depends on, besides the code. Chosen once and not tuned on the test
 * images; the model kept is that of the last epoch, not the best one.
 */
export interface TrainingSettings {
  seed: number;
  epochs: number;
  batchSize: number;
  /** Peak learning rate of Adam; it falls to zero along half a cosine. */
  learningRate: number;
  /** Decoupled weight decay (AdamW), on kernels only: each step shrinks them by learningRate × weightDecay. */
  weightDecay: number;
  /** Each training image is moved by up to so many pixels each way, drawn anew every epoch. */
  maxShift: number;
}

/** A model that the book trains and ships. */
export interface BookModel {
  /** Its folder under public/models. */
  name: string;
  build: (seed: number) => tf.Sequential;
  /** Below this it is not written: the book's numbers would not be those of a sound model. */
  leastAccuracy: number;
  settings: TrainingSettings;
}
