/** Quantization simulated in float, with gradients: the operator of quantization-aware training. */
export * from './fake-quant.ts';
