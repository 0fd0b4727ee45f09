/** Kernels that TensorFlow.js's wasm backend lacks, or has only slowly. */
export { registerTrainingKernels } from './register-training-kernels.ts';
