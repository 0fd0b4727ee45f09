/** Models made of fewer bits: after training, and while training. */
export * from './adaround.ts';
export * from './bias-correction.ts';
export * from './equalize.ts';
export * from './fake-quantize-weights.ts';
export { foldBatchNorm } from './fold-batch-norm.ts';
export { gptq } from './gptq.ts';
export type { GptqOptions } from './gptq.ts';
export * from './mixed-precision.ts';
export * from './post-training.ts';
export type { Granularity, WeightQuantization } from './quantize-weights.ts';
export { QuantizedModel } from './quantized-model.ts';
export * from './smooth-quant.ts';
export { calibrateRangesInPlace } from './training/calibrate-ranges.ts';
export { convertQuantizedModel } from './training/convert-quantized.ts';
export type { QuantizeConfig } from './training/default-scheme.ts';
export {
  quantizeAnnotateLayer,
  quantizeAnnotateModel,
  quantizeApply,
  quantizeModel,
} from './training/quantize-model.ts';
export {
  AllValuesQuantizer,
  LastValueQuantizer,
  MovingAverageQuantizer,
} from './training/quantizers.ts';
export type { QuantizerOptions, TensorRange } from './training/quantizers.ts';
