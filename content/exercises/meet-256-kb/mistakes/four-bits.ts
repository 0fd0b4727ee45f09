/**
 * Writes the whole model in four bits.
 *
 * @fails ram
 * @advice In four bits the file fits, and you stopped there. Our runtime has no kernels for packed codes: a DEQUANTIZE step restores every kernel to float32 first, and what is restored lies in the RAM.
 */
import type { tf } from 'heavy-weights';
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
  const model = heavy;
  return { mode: 'int4', weights: model.getWeights() };
}
