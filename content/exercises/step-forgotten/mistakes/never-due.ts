/**
 * Leaves the frequency at its 100, so that no step of so short a training prunes.
 *
 * @fails zeros
 * @advice The step is counted now, and still no weight is zero. Unless told otherwise a schedule prunes at `beginStep` and every 100 steps after it; step 0 is before training, and yours is over long before step 100. Set `frequency`.
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
      beginStep: 0,
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
