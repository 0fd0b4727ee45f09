/** Models as graphs of layers: read, rebuilt, looked into. Every method that treats whole models stands on it. */
export * from './finite-weights.ts';
export * from './kernel-view.ts';
export * from './layer-outputs.ts';
export * from './model-graph.ts';
export * from './rebuild-model.ts';
export * from './replace-weights.ts';
export * from './representative-dataset.ts';
export * from './separate-activations.ts';
