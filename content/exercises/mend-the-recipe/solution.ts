import { Interpreter, sparsity, tf, TFLiteConverter, training } from 'heavy-weights';

const BATCH = 5;
const EPOCHS = 6;

/** What the recipe hands on. */
export interface Outcome {
  /** Weights of the final model, row after row. */
  kernel: Float32Array;
  /** The same weights, as the int8 .tflite holds them. */
  inFile: Float32Array;
}

/**
 * Prunes a model of one dense layer while it trains, and converts it.
 *
 * @param kernel where the weights start: a row for each input
 * @param inputs rows of as many numbers as the kernel has rows
 * @param answers as many rows, a 1 at the class and 0 elsewhere
 * @param finalSparsity share of zeros at last, above 0 and below 1
 */
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
  const finalModel = sparsity.stripPruning(prunedModel);
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
