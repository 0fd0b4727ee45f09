/** `@tensorflow/tfjs` as the sandbox has it: core, layers and the cpu backend; wasm joins at boot. */
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js';
import { version_core } from '@tensorflow/tfjs-core';
import { version_layers } from '@tensorflow/tfjs-layers';

export * from '@tensorflow/tfjs-core';
export * from '@tensorflow/tfjs-layers';
export * from '@tensorflow/tfjs-backend-cpu';
export const version = {
  'tfjs-core': version_core,
  'tfjs-layers': version_layers,
  tfjs: version_core,
};
