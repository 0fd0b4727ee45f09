/**
 * Moves the beginning to the end, where one step is due whatever the frequency.
 *
 * @fails heals
 * @advice You moved `beginStep` until one step fell due. All the weights then go at a single stroke in the middle of training, where they were to go a few at every step: leave the beginning at 0 and set `frequency`.
 */
import { sparsity, tf } from 'heavy-weights';

const BATCH = 5;
const EPOCHS = 6;

export async function trainPruned(
  kernel: number[][],
  inputs: number[][],
  answers: number[][],
  finalSparsity: number,
): Promise<Report> {
  const steps = EPOCHS * Math.ceil(inputs.length / BATCH);
  const pruned = sparsity.pruneLowMagnitude(modelOf(kernel), {
    pruningSchedule: new sparsity.PolynomialDecay({
      initialSparsity: 0,
      finalSparsity,
      beginStep: Math.floor(steps / 2),
      endStep: Math.floor(steps / 2),
    }),
  });
  pruned.compile({ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError' });
  await pruned.fit(tf.tensor2d(inputs), tf.tensor2d(answers), {
    batchSize: BATCH,
    epochs: EPOCHS,
    shuffle: false,
    verbose: 0,
    callbacks: [new sparsity.UpdatePruningStep()],
  });
  return reportOf(sparsity.stripPruning(pruned));
}

interface Report {
  layers: string[];
  parameters: number;
  kernel: Float32Array;
}

/** A model of one dense layer with this kernel and no bias. */
function modelOf(kernel: number[][]): tf.LayersModel {
  const units = kernel[0]!.length;
  const layer = tf.layers.dense({
    units,
    inputShape: [kernel.length],
    useBias: false,
    name: 'answer',
  });
  const model = tf.sequential({ layers: [layer] });
  model.setWeights([tf.tensor2d(kernel)]);
  return model;
}

function reportOf(model: tf.LayersModel): Report {
  return {
    layers: model.layers.map(({ name }) => name),
    parameters: model.countParams(),
    kernel: model.layers[0]!.getWeights()[0]!.dataSync() as Float32Array,
  };
}
