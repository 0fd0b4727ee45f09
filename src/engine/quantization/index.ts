/** Models made of fewer bits: after training, and while training. */
export * from './fake-quantize-weights.ts';
export { foldBatchNorm } from './fold-batch-norm.ts';
export * from './post-training.ts';
export type { Granularity, WeightQuantization } from './quantize-weights.ts';
export { QuantizedModel } from './quantized-model.ts';
