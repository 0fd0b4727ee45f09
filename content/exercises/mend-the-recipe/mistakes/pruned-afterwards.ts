/**
 * Restores the best epoch and strikes the zeros out of that.
 *
 * @fails trained
 * @advice You put the zeros into the epoch that the checkpoint kept, at one stroke and after the training. They are as many as they should be, and the weights that are left never learned to do without the others. Hand on the last epoch of the training that pruned.
 */
import { Interpreter, sparsity, tf, TFLiteConverter, training } from 'heavy-weights';

const BATCH = 5;
const EPOCHS = 6;

interface Outcome {
  kernel: Float32Array;
  inFile: Float32Array;
}

export async function runRecipe(
  kernel: number[][],
  inputs: number[][],
  answers: number[][],
  finalSparsity: number,
): Promise<Outcome> {
  const originalModel = modelOf(kernel);
  const [x, y] = [tf.tensor2d(inputs), tf.tensor2d(answers)];
  const stepsPerEpoch = Math.ceil(inputs.length / BATCH);
  const prunedModel = sparsity.pruneLowMagnitude(originalModel, {
    pruningSchedule: new sparsity.PolynomialDecay({
      initialSparsity: finalSparsity / 2,
      finalSparsity,
      beginStep: 2 * stepsPerEpoch,
      endStep: 4 * stepsPerEpoch,
      frequency: 1,
    }),
  });
  prunedModel.compile({ optimizer: tf.train.sgd(0.1), loss: 'categoricalCrossentropy' });
  const checkpoint = new training.ModelCheckpoint({ monitor: 'loss' });
  await prunedModel.fit(x, y, {
    batchSize: BATCH,
    epochs: EPOCHS,
    shuffle: false,
    verbose: 0,
    callbacks: [new sparsity.UpdatePruningStep(), checkpoint],
  });
  checkpoint.restore();
  const finalModel = sparsity.magnitudePrune(sparsity.stripPruning(prunedModel), finalSparsity);
  const file = await inEightBits(finalModel, x);
  return { kernel: kernelOf(finalModel), inFile: kernelInFile(file) };
}

/** A model of one dense layer with this kernel, no bias, and softmax. */
function modelOf(kernel: number[][]): tf.LayersModel {
  const layer = tf.layers.dense({
    units: kernel[0]!.length,
    inputShape: [kernel.length],
    useBias: false,
    activation: 'softmax',
    name: 'answer',
  });
  const model = tf.sequential({ layers: [layer] });
  model.setWeights([tf.tensor2d(kernel)]);
  return model;
}

function kernelOf(model: tf.LayersModel): Float32Array {
  return model.layers[0]!.getWeights()[0]!.dataSync() as Float32Array;
}

function inEightBits(model: tf.LayersModel, specimens: tf.Tensor): Promise<Uint8Array> {
  const converter = TFLiteConverter.fromLayersModel(model);
  converter.optimizations = ['DEFAULT'];
  converter.representativeDataset = function* () {
    yield specimens;
  };
  return converter.convert();
}

/** The weights as the file holds them, code times scale, row after row as in the model. */
function kernelInFile(file: Uint8Array): Float32Array {
  const interpreter = new Interpreter(file);
  interpreter.allocateTensors();
  interpreter.invoke();
  const { data, shape, quantization } = interpreter
    .trace()
    .find(
      ({ constant, dtype, shape: { length } }) => constant && dtype === 'int8' && length === 2,
    )!;
  const [units, inputs] = shape as [number, number]; // a file keeps a unit’s weights together
  const { scales } = quantization;
  return Float32Array.from({ length: units * inputs }, (_, i) => {
    const [input, unit] = [Math.floor(i / units), i % units];
    return Number(data[unit * inputs + input]) * scales[scales.length > 1 ? unit : 0]!;
  });
}
