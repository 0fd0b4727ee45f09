/** .tflite files: written from networks, read into them, run. */
export { Interpreter } from './interpreter.ts';
export type { TensorDetails } from './interpreter.ts';
export { TFLiteConverter } from './converter.ts';
export type { TargetSpec } from './converter.ts';
export { withFloatIO } from './with-float-io.ts';
