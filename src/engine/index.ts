/** The engine's one public face: what `import … from 'heavy-weights'` gives. */
export * as tf from '@tensorflow/tfjs';
export * as numerics from './numerics/index.ts';
export { ReaderError } from '../shared/reader-error.ts';
export type { ReaderErrorData, SourceLocation } from '../shared/reader-error.ts';
export { createRng } from '../shared/rng.ts';
export type { Rng } from '../shared/rng.ts';
