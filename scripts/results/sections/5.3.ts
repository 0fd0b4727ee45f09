/** What section 5.3 tells: every way to round nine weights, rounding that is learned, channels smoothed, bits shared out. */
import * as tf from '@tensorflow/tfjs';
import { loadModel } from '../../../src/build/load-model.ts';
import type { MnistSet } from '../../../src/build/mnist.ts';
import * as quantization from '../../../src/engine/quantization/index.ts';
import { imageBatch } from '../quantization/images.ts';

export const models = ['depthwise-net', 'lenet-300-100'] as const;
export const images = ['train', 'test'] as const;

/** The depthwise layer whose filters are rounded in every way. */
const LAYER = 'depthwise_2';
const SHEETS = 256;
/** Units of the retired model’s first layer that are put into another unit, and into which. */
const LOUD_UNITS = [5, 42, 79];
const LOUDER = 100;
const ALPHAS = [0, 0.25, 0.5, 0.75, 1];

export async function compute({
  train,
  test,
}: {
  train: MnistSet;
  test: MnistSet;
}): Promise<object> {
  const light = quantization.foldBatchNorm(await loadModel('depthwise-net'));
  return {
    filters: filtersOf(light, train),
    learned: await learnedOf(light, train),
    smooth: await smoothed(train, test),
    mixed: await mixedOf(light, train, test),
  };
}

/** Nine weights of each channel and the mean products of what they read: all that the figure needs. */
function filtersOf(model: tf.LayersModel, train: MnistSet): object[] {
  const layer = model.getLayer(LAYER);
  const read = tf.model({ inputs: model.inputs, outputs: layer.input as tf.SymbolicTensor });
  const maps = tf.tidy(() =>
    tf.pad4d(read.predict(imageBatch(train, 0, SHEETS)) as tf.Tensor4D, [
      [0, 0],
      [1, 1],
      [1, 1],
      [0, 0],
    ]),
  );
  const [count, height, width, channels] = maps.shape;
  const values = maps.dataSync();
  const kernel = layer.getWeights()[0]!.dataSync();
  maps.dispose();
  const at = (n: number, y: number, x: number, c: number): number =>
    values[((n * height + y) * width + x) * channels + c]!;
  return Array.from({ length: channels }, (_, c) => {
    const gram = new Float64Array(81);
    const patch = new Float64Array(9);
    for (let n = 0; n < count; n++) {
      for (let y = 0; y + 2 < height; y++) {
        for (let x = 0; x + 2 < width; x++) {
          for (let i = 0; i < 9; i++) patch[i] = at(n, y + Math.floor(i / 3), x + (i % 3), c);
          for (let i = 0; i < 9; i++)
            for (let j = 0; j < 9; j++) gram[9 * i + j] = gram[9 * i + j]! + patch[i]! * patch[j]!;
        }
      }
    }
    const places = count * (height - 2) * (width - 2);
    return {
      weights: Array.from({ length: 9 }, (_, i) => digits(kernel[i * channels + c]!)),
      gram: Array.from(gram, (sum) => digits(sum / places)),
    };
  });
}

/** Three bits by AdaRound: how many weights do not go to the nearest, and what each layer gains. */
async function learnedOf(light: tf.LayersModel, train: MnistSet): Promise<object> {
  const options = { numBits: 3, iterations: 300 };
  const layers: object[] = [];
  const data = function* (): Generator<tf.Tensor> {
    yield imageBatch(train, 0, SHEETS);
  };
  const learned = await quantization.adaRound(light, data, {
    ...options,
    onLayer: (layer, { nearest, learned }) =>
      layers.push({ layer, gain: places(10 * Math.log10(nearest / learned), 2) }),
  });
  const nearest = quantization.fakeQuantizeWeights(light, { numBits: 3 });
  let weights = 0;
  let otherWay = 0;
  for (const layer of light.layers.filter((each) => each.getWeights().length > 0)) {
    const [a, b] = [nearest, learned].map((model) =>
      model.getLayer(layer.name).getWeights()[0]!.dataSync(),
    ) as [Float32Array, Float32Array];
    weights += a.length;
    // A multiple of a scale may differ in its last bits.
    a.forEach((w, i) => (otherWay += Math.abs(w - b[i]!) > 1e-5 ? 1 : 0));
  }
  return { bits: 3, weights, otherWay, layers };
}

/** The retired model with three units quoted a hundred times too high: the same function, and hard to quantize. */
async function smoothed(train: MnistSet, test: MnistSet): Promise<object> {
  const data = function* (): Generator<tf.Tensor> {
    yield flat(imageBatch(train, 0, SHEETS));
  };
  const model = await loadModel('lenet-300-100');
  const trained = spreadOf(model, train);
  const [first, second] = [model.getLayer('dense_1'), model.getLayer('dense_2')];
  tf.tidy(() => {
    const [kernel, bias] = first.getWeights() as [tf.Tensor, tf.Tensor];
    const [readers, shift] = second.getWeights() as [tf.Tensor, tf.Tensor];
    const factors = new Float32Array(bias.size).fill(1);
    for (const unit of LOUD_UNITS) factors[unit] = LOUDER;
    const each = tf.tensor1d(factors);
    first.setWeights([kernel.mul(each), bias.mul(each)]);
    second.setWeights([readers.div(each.reshape([-1, 1])), shift]);
  });
  const inIntegers = async (from: tf.LayersModel): Promise<number> =>
    correct(
      await quantization.quantizePostTraining(from, { mode: 'int8', representativeDataset: data }),
      test,
      flat,
    );
  const byAlpha: object[] = [];
  for (const alpha of ALPHAS) {
    const smooth = await quantization.smoothQuant(model, data, { alpha });
    byAlpha.push({ alpha, correct: await inIntegers(smooth), spread: spreadOf(smooth, train) });
  }
  return {
    units: LOUD_UNITS.length,
    louder: LOUDER,
    trained,
    spread: spreadOf(model, train),
    float: correct(model, test, flat),
    int8: await inIntegers(model),
    byAlpha,
  };
}

/** The largest value that any unit of `dense_1` sends on the sheets, over that of the unit in the middle. */
function spreadOf(model: tf.LayersModel, train: MnistSet): number {
  const outputs = model.layers.find(({ name }) => /^dense_1(_relu)?$/.test(name))!;
  return tf.tidy(() => {
    const part = tf.model({ inputs: model.inputs, outputs: outputs.output as tf.SymbolicTensor });
    const sent = part.predict(flat(imageBatch(train, 0, SHEETS))) as tf.Tensor;
    const reach = sent.max(0).dataSync<'float32'>().slice().sort();
    return places(reach.at(-1)! / reach[reach.length >> 1]!, 2);
  });
}

/** Bits for each layer of the light reader under the bytes of four bits everywhere. */
async function mixedOf(light: tf.LayersModel, train: MnistSet, test: MnistSet): Promise<object> {
  const data = function* (): Generator<tf.Tensor> {
    yield imageBatch(train, 0, 128);
  };
  const choices = [2, 3, 4, 5, 6, 8];
  const all = await quantization.mixedPrecision(light, data, { budgetBytes: 1e6, choices });
  const bytesAt = (bits: number): number =>
    all.sensitivity
      .filter(({ numBits }) => numBits === bits)
      .reduce((sum, { bytes }) => sum + bytes, 0);
  const budgets: object[] = [];
  for (const bits of [3, 4, 5]) {
    const budgetBytes = bytesAt(bits);
    const best = await quantization.mixedPrecision(light, data, { budgetBytes, choices });
    budgets.push({
      uniform: bits,
      budgetBytes,
      alike: correct(quantization.fakeQuantizeWeights(light, { numBits: bits }), test),
      bits: best.bits,
      bytes: best.bytes,
      mixed: correct(best.model, test),
    });
  }
  return {
    images: test.labels.length,
    sensitivity: all.sensitivity
      .filter(({ numBits }) => numBits === 4 || numBits === 3)
      .map(({ layer, numBits, bytes, error }) => ({ layer, numBits, bytes, error: digits(error) })),
    budgets,
  };
}

const flat = <T extends tf.Tensor>(pixels: T): tf.Tensor => pixels.reshape([pixels.shape[0]!, -1]);

function correct(
  model: { predict(x: tf.Tensor): tf.Tensor | tf.Tensor[] },
  test: MnistSet,
  shaped: (pixels: tf.Tensor) => tf.Tensor = (pixels) => pixels,
): number {
  const batch = 1000;
  let found = 0;
  for (let start = 0; start < test.labels.length; start += batch) {
    const answers = tf.tidy(() =>
      (model.predict(shaped(imageBatch(test, start, batch))) as tf.Tensor).argMax(1).dataSync(),
    );
    for (const [i, answer] of answers.entries()) if (answer === test.labels[start + i]) found++;
  }
  return found;
}

/** Sums and logarithms differ in their last bits between machines. */
const places = (value: number, count = 4): number => Number(value.toFixed(count));
const digits = (value: number): number => Number(value.toPrecision(6));
