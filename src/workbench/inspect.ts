/** Looking into models and files before anything is done to them. */
export { inspectModel } from './inspect-model.ts';
export type { ModelInspection } from './inspect-model.ts';
export type { InspectedTensor } from './inspect-tensor.ts';
export { inspectTflite } from './inspect-tflite.ts';
export type { TfliteInspection } from './inspect-tflite.ts';
export type { WeightSummary } from './weight-summary.ts';
