import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { registerTrainingKernels } from '../../engine/kernels/index.ts';
import type { WasmFiles } from '../wire.ts';

const simdName = 'tfjs-backend-wasm-simd.wasm';
const plainName = 'tfjs-backend-wasm.wasm';

/**
 * Starts TensorFlow.js on its wasm backend from bytes: there is no network in the realm to fetch
 * them with, so the platform's `fetch` is answered here while the backend starts.
 * Falls back to the plain JavaScript backend and says so.
 */
export async function startTensorflow(
  wasm: WasmFiles,
): Promise<{ backend: string; note?: string }> {
  const files = new Map<string, Uint8Array | undefined>([
    [simdName, wasm.simd],
    [plainName, wasm.plain],
  ]);
  const platform = tf.env().platform;
  const realFetch = platform.fetch;
  platform.fetch = async (path: string) => {
    const bytes = files.get(path);
    if (!bytes) throw new Error(`The sandbox was not given ${path}.`);
    const body = { ok: true, arrayBuffer: async () => bytes };
    return body as unknown as Response;
  };
  // Threads need nested workers and shared memory; the sandbox has neither.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  try {
    if (!wasm.simd && !wasm.plain) throw new Error('no wasm file was given');
    setWasmPaths(
      {
        [simdName]: simdName,
        [plainName]: plainName,
        'tfjs-backend-wasm-threaded-simd.wasm': simdName,
      },
      true,
    );
    registerTrainingKernels();
    if (await tf.setBackend('wasm')) return { backend: 'wasm' };
    throw new Error('it did not start');
  } catch (error) {
    await tf.setBackend('cpu');
    return {
      backend: 'cpu',
      note: `TensorFlow.js runs without WebAssembly here, which is slower: ${error instanceof Error ? error.message : String(error)}.`,
    };
  } finally {
    platform.fetch = realFetch;
  }
}
