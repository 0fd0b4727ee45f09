/**
 * Divides the whole flash by the bytes of a unit.
 *
 * @fails flash
 * @advice You gave the whole flash to dense_1. The convolutions, the biases, the scales and the descriptions in the file have some thirty thousand bytes of it.
 */
import { sparsity, tf } from 'heavy-weights';
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

/**
 * A form of the heavy model for the device.
 *
 * @param device flash and RAM, in bytes
 * @param sheets 500 training images
 * @returns the weights, and the format in which they fit
 */
export async function meet(device: Device, sheets: Sheets): Promise<Plan> {
  const heavy = await openModel('lenet-5');
  const units = Math.min(UNITS, Math.floor(device.flash / UNIT_BYTES));
  const { model } = sparsity.pruneChannels(heavy, {
    sparsity: { dense_1: 1 - units / UNITS },
    criterion: { dense_1: worthOfUnits(heavy, sheets) },
  });
  return { mode: 'int8', weights: model.getWeights() };
}

/** How much each unit varies over the sheets, times the size of the weights that read it. */
function worthOfUnits(heavy: tf.LayersModel, sheets: Sheets): Float32Array {
  const worth = tf.tidy(() => {
    const outputs = heavy.getLayer('dense_1').output as tf.SymbolicTensor;
    const probe = tf.model({ inputs: heavy.inputs, outputs });
    const said = probe.predict(tf.tensor4d(sheets.images, sheets.shape)) as tf.Tensor;
    const { variance } = tf.moments(said, 0);
    const read = heavy.getLayer('logits').getWeights()[0]!;
    return variance.mul(read.square().sum(1)).sqrt();
  });
  return worth.dataSync() as Float32Array;
}
