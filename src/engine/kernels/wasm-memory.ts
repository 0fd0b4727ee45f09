import * as tf from '@tensorflow/tfjs';

/** What the kernels need of the wasm backend: tensors are stretches of its heap. @internal */
export interface WasmMemory {
  makeOutput(shape: number[], dtype: tf.DataType): tf.TensorInfo;
  /** A view of the tensor's values. It is void as soon as the heap grows: take it after the last makeOutput. */
  typedArrayFromHeap(info: tf.TensorInfo): Float32Array;
  disposeData(dataId: object): boolean;
}

/** Calls another kernel of the wasm backend on tensors that no user sees. @internal */
export function runKernel(
  name: string,
  inputs: Record<string, tf.TensorInfo>,
  attrs: Record<string, unknown>,
  backend: WasmMemory,
): tf.TensorInfo {
  const { kernelFunc } = tf.getKernel(name, 'wasm');
  return kernelFunc({ inputs, attrs: attrs as tf.NamedAttrMap, backend }) as tf.TensorInfo;
}
