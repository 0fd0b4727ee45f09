import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { registerTrainingKernels } from '../engine/kernels/index.ts';
import { projectRoot } from './project-root.ts';

/**
 * TensorFlow.js with its wasm backend, in Node: the .wasm files are read from node_modules, and the
 * same inputs give the same bits again, so that results can be compared exactly.
 */
export async function startTensorFlow(): Promise<typeof tf> {
  const require = createRequire(join(projectRoot, 'package.json'));
  const manifest = require.resolve('@tensorflow/tfjs-backend-wasm/package.json');
  setWasmPaths(`${join(dirname(manifest), 'dist')}/`);
  registerTrainingKernels();
  if (!(await tf.setBackend('wasm')))
    throw new Error('The wasm backend of TensorFlow.js did not start.');
  await tf.ready();
  return tf;
}
