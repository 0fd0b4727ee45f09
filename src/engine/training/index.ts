/** Helpers to train smaller models. */
export * from './distill.ts';
