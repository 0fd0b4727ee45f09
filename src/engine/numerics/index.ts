/**
 * Quantization arithmetic on plain arrays: no tensors, no TensorFlow.js, so that a figure on a page
 * can use it without loading either.
 */
export * from './choose-quantization-params.ts';
export * from './choose-quantization-params-per-axis.ts';
export * from './choose-quantization-params-per-group.ts';
export * from './cosine-similarity.ts';
export * from './dequantize.ts';
export { integerRange } from './integer-range.ts';
export type { IntegerRange, QuantizationOptions } from './integer-range.ts';
export * from './bfloat16.ts';
export * from './float16.ts';
export * from './float8.ts';
export * from './max-abs-error.ts';
export * from './min-max.ts';
export * from './min-max-per-axis.ts';
export * from './mse.ts';
export * from './multiply-by-quantized-multiplier.ts';
export * from './multiply-by-quantized-multiplier-int64.ts';
export * from './nf4.ts';
export * from './pack-int4.ts';
export type {
  AnyQuantizationParams,
  PerAxisQuantizationParams,
  PerGroupQuantizationParams,
  QuantizationParams,
  QuantizedArray,
} from './quantization-params.ts';
export * from './quantize.ts';
export * from './quantize-multiplier.ts';
export * from './requantize.ts';
export * from './round-half-away.ts';
export * from './rounding-divide-by-pot.ts';
export * from './saturating-rounding-doubling-high-mul.ts';
export * from './sqnr.ts';
