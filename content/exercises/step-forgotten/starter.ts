import { sparsity, tf } from 'heavy-weights';

const BATCH = 5;
const EPOCHS = 6;

/** What is left after training. */
export interface Report {
  /** Names of the model’s layers. */
  layers: string[];
  /** How many numbers are in it. */
  parameters: number;
  /** The weights of its layer, row after row. */
  kernel: Float32Array;
}

/**
 * Trains one dense layer, pruned on the way.
 *
 * @param kernel where the weights start: a row for each input
 * @param inputs rows of as many numbers as the kernel has rows
 * @param answers as many rows, each of as many numbers as the kernel has units
 * @param finalSparsity share of zeros at last, from 0 up to, but not, 1
 */
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
  });
  return reportOf(pruned);
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

const first = [[0.5], [-0.1], [0.05], [0.8]];
const given = Array.from({ length: 20 }, (_, i) => [1, i % 2, i % 3, i % 5].map((x) => x / 4));
const wanted = given.map((row) => [0.6 * row[0]! + 0.7 * row[3]!]);
trainPruned(first, given, wanted, 0.5).then(
  (report) => console.log(report, '(two zeros and 4 parameters expected)'),
  (complaint) => console.log(String(complaint)),
);
