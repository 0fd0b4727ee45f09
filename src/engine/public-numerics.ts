/** `numerics` as readers see it: the arithmetic on arrays, and the one operation on tensors. */
export * from './numerics/index.ts';
export * from './fake-quantization/index.ts';
