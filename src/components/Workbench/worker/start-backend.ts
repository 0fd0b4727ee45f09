import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { registerTrainingKernels } from '../../../engine/kernels/index.ts';
import type { SandboxManifest } from '../../../runtime/sandbox-assets.ts';

let started: Promise<string | undefined> | undefined;

/**
 * Starts TensorFlow.js on its wasm backend, once, from the files that the cells use too; without WebAssembly on the
 * plain JavaScript backend.
 *
 * @returns what the reader should know of it: that it is slow, and why
 */
export const startBackend = (base: string): Promise<string | undefined> => {
  started ??= start(base).catch(async (error: unknown) => {
    await tf.setBackend('cpu');
    return `TensorFlow.js runs without WebAssembly here, which is many times slower: ${error instanceof Error ? error.message : String(error)}.`;
  });
  return started;
};

const start = async (base: string): Promise<undefined> => {
  const response = await fetch(`${base}sandbox/manifest.json`);
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  const { wasmSimd, wasm } = (await response.json()) as SandboxManifest;
  // Threads would need shared memory, which a page has only where its host sends headers for it.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  setWasmPaths({
    'tfjs-backend-wasm-simd.wasm': base + wasmSimd,
    'tfjs-backend-wasm.wasm': base + wasm,
    'tfjs-backend-wasm-threaded-simd.wasm': base + wasmSimd,
  });
  registerTrainingKernels();
  if (!(await tf.setBackend('wasm'))) throw new Error('it did not start');
};
