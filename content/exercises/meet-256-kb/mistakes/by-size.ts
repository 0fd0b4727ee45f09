/**
 * Keeps the units with the largest weights.
 *
 * @fails reads
 * @advice It fits, and has lost more than it need: you kept the units with the largest weights. A unit with large weights that hardly varies, or that logits hardly reads, is not missed. Run the sheets through and see.
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

const UNITS = 500;
/** A unit of dense_1 in int8: 800 weights, 10 that read it, and a bias of four bytes. */
const UNIT_BYTES = 800 + 10 + 4;
/** Everything else in the file, and a little over. */
const OTHER_BYTES = 31_000;

/**
 * A form of the heavy model for the device.
 *
 * @param device flash and RAM, in bytes
 * @param _sheets 500 training images
 * @returns the weights, and the format in which they fit
 */
export async function meet(device: Device, _sheets: Sheets): Promise<Plan> {
  const heavy = await openModel('lenet-5');
  const units = Math.min(UNITS, Math.floor((device.flash - OTHER_BYTES) / UNIT_BYTES));
  const { model } = sparsity.pruneChannels(heavy, {
    sparsity: { dense_1: 1 - units / UNITS },
    criterion: 'l2',
  });
  return { mode: 'int8', weights: model.getWeights() };
}
