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
 * @param device flash and RAM, in bytes
 * @param sheets 500 training images
 * @returns the weights, and the format in which they fit
 */
export async function meet(device: Device, sheets: Sheets): Promise<Plan> {
  const heavy = await openModel('lenet-5');
  // Nine tenths of zeros: ten times smaller, when it is zipped.
  const pruned = sparsity.magnitudePrune(heavy, 0.9);
  console.log(`To be met: ${device.flash} bytes of flash; ${sheets.count} sheets to look at.`);
  return { mode: 'int8', weights: pruned.getWeights() };
}
