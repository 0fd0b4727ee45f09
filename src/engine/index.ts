/** The engine's one public face: what `import … from 'heavy-weights'` gives. */
export * as tf from '@tensorflow/tfjs';
export * as calibration from './calibration/index.ts';
export * as clustering from './clustering/index.ts';
export * as compression from './compression/index.ts';
export * as evaluation from './evaluation/index.ts';
export { loadModel, saveModel } from './keras/index.ts';
export * as numerics from './public-numerics.ts';
export * as quantization from './quantization/index.ts';
export * as sparsity from './sparsity/index.ts';
export * from './tflite/index.ts';
export * as training from './training/index.ts';
export { ReaderError } from '../shared/reader-error.ts';
export type { ReaderErrorData, SourceLocation } from '../shared/reader-error.ts';
export { createRng } from '../shared/rng.ts';
export type { Rng } from '../shared/rng.ts';
