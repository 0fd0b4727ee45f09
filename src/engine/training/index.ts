/** Helpers to train smaller models. */
export * from './distill.ts';
export * from './model-checkpoint.ts';
