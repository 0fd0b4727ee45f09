/** Networks as TFLite sees them, and kernels that run them bit by bit as its reference kernels do. */
export * from './graph.ts';
export * from './prepare-graph.ts';
export * from './run-graph.ts';
