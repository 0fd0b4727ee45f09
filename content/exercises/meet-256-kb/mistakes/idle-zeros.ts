/**
 * Strikes out nine tenths of the weights and leaves the kernels in their shape.
 *
 * @fails flash
 * @advice Your plan has nine zeros in ten, and each of them still takes its byte: the flash is not zipped. A kernel gets smaller only if it loses whole rows or columns.
 */
import { sparsity, type tf } from 'heavy-weights';
import { openModel } from 'heavy-weights/book';

/** Memory of a device, in bytes. */
export interface Device {
  flash: number;
  ram: number;
}

/** Training images, as `openDataset` gives them. */
export interface Sheets {
  images: Float32Array;
  labels: Uint8Array;
  count: number;
  shape: [number, number, number, number];
}

/** What is to be written, and how. */
export interface Plan {
  mode: 'int8' | 'int4' | 'float16';
  /** Kernel and bias of conv_1, conv_2, dense_1 and logits. */
  weights: tf.Tensor[];
}

/**
 * A form of the heavy model for the device.
 *
 * @param _device flash and RAM, in bytes
 * @param _sheets 500 training images
 * @returns the weights, and the format in which they fit
 */
export async function meet(_device: Device, _sheets: Sheets): Promise<Plan> {
  const heavy = await openModel('lenet-5');
  const model = sparsity.magnitudePrune(heavy, 0.9);
  return { mode: 'int8', weights: model.getWeights() };
}
