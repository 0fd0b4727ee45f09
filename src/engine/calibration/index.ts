/** Calibration: which range of real numbers the integers should cover, found by watching data go by. */
export type { Observer } from './observer.ts';
export * from './min-max-observer.ts';
export * from './moving-average-min-max.ts';
export * from './percentile.ts';
export * from './entropy.ts';
export * from './mse-observer.ts';
export * from './calibrate-activations.ts';
