/** What a smaller model is worth: accuracy, error, time, memory, energy. */
export * from './accuracy.ts';
export type { Predictor } from './answers.ts';
export * from './benchmark.ts';
export * from './confusion-matrix.ts';
export * from './energy.ts';
export * from './fits-device.ts';
export * from './mcnemar.ts';
export { modelCost } from './model-cost.ts';
export type { ModelCost, OperatorCost } from './model-cost.ts';
export * from './pareto.ts';
export * from './per-layer-error.ts';
export * from './roofline.ts';
export * from './wilson-interval.ts';
