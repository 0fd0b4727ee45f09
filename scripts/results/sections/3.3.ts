/** What section 3.3 tells of filters and folds: ranges of channels, the trouble made by hand, and shifts of rounded layers. */
import * as tf from '@tensorflow/tfjs';
import { loadModel } from '../../../src/build/load-model.ts';
import type { MnistSet } from '../../../src/build/mnist.ts';
import {
  chooseQuantizationParams,
  chooseQuantizationParamsPerAxis,
  dequantize,
  minMax,
  quantize,
  sqnr,
} from '../../../src/engine/numerics/index.ts';
import * as quantization from '../../../src/engine/quantization/index.ts';
import { createRng } from '../../../src/shared/rng.ts';
import { imageBatch } from '../quantization/images.ts';

export const models = ['bn-cnn', 'depthwise-net'] as const;
export const images = ['train', 'test'] as const;

/** Test images that the network made worse by hand reads. */
const READ = 5000;
/** Images over which shifts are averaged, and those that correct biases. */
const SHEETS = 256;
/** The layer whose shift is told of. */
const SHIFTED = 'depthwise_3';
/** Layers between which factors are moved, though the function stays. */
const PAIRS = [
  ['conv_1', 'depthwise_2'],
  ['conv_2_pointwise', 'depthwise_3'],
  ['conv_3_pointwise', 'depthwise_4'],
] as const;
/** From the smallest factor to the largest. */
const SPREAD = 100;
const SEED = 1895;

export async function compute({
  train,
  test,
}: {
  train: MnistSet;
  test: MnistSet;
}): Promise<object> {
  const light = await loadModel('depthwise-net');
  const folded = quantization.foldBatchNorm(light);
  const equal = quantization.crossLayerEqualization(light, { replaceReLU6: true });
  return {
    fold: await foldOf('bn-cnn', test),
    layers: layersOf(folded),
    equalized: layersOf(equal),
    factors: factorsOf(light, 'batch_norm_2'),
    made: { light: correct(folded, test), ...madeWorse(light, test) },
    shift: await shiftOf(folded, train),
    pair: ['conv_1', 'depthwise_2'].map((name) => kernelOf(folded, name)),
  };
}

/** The first layer of a network by hand, and the whole of it: how far the outputs are from those before the fold. */
async function foldOf(name: string, test: MnistSet): Promise<object> {
  const model = await loadModel(name);
  const folded = quantization.foldBatchNorm(model);
  const x = imageBatch(test, 0, 200);
  const [before, after] = [model, folded].map((each) =>
    tf.tidy(() => (each.predict(x) as tf.Tensor).dataSync<'float32'>()),
  ) as [Float32Array, Float32Array];
  return {
    layersBefore: model.layers.length,
    layersAfter: folded.layers.length,
    parametersBefore: model.countParams(),
    parametersAfter: folded.countParams(),
    largest: Number(
      before.reduce((most, v, i) => Math.max(most, Math.abs(v - after[i]!)), 0).toPrecision(2),
    ),
    ...factorsOf(model, 'batch_norm_1'),
  };
}

/** γ/√(σ² + ε) of each channel: the smallest and the largest. */
function factorsOf(model: tf.LayersModel, name: string): object {
  const layer = model.getLayer(name);
  const [gamma, , , variance] = layer.getWeights().map((w) => w.dataSync<'float32'>());
  const { epsilon } = layer.getConfig() as { epsilon: number };
  const factors = gamma!.map((g, c) => Math.abs(g) / Math.sqrt(variance![c]! + epsilon));
  const { min, max } = minMax(factors);
  return { smallestFactor: places(min), largestFactor: places(max) };
}

const channelsOf = (kernel: tf.Tensor, depthwise: boolean): number =>
  depthwise ? kernel.shape[2]! : kernel.shape.at(-1)!;

const isDepthwise = (model: tf.LayersModel, name: string): boolean =>
  model.getLayer(name).getClassName() === 'DepthwiseConv2D';

/** Every layer with a kernel: how far its channels reach, and what one scale or one a channel leaves. */
function layersOf(model: tf.LayersModel): object[] {
  return model.layers
    .filter((layer) => layer.getWeights().length > 0)
    .map((layer) => {
      const depthwise = isDepthwise(model, layer.name);
      const [kernel] = layer.getWeights() as [tf.Tensor];
      const values = kernel.dataSync<'float32'>();
      const channels = channelsOf(kernel, depthwise);
      const reach = new Float32Array(channels);
      values.forEach((w, i) => (reach[i % channels] = Math.max(reach[i % channels]!, Math.abs(w))));
      const { min, max } = minMax(reach);
      const left = (numBits: number, perChannel: boolean): number => {
        const options = { numBits, symmetric: true, narrowRange: true };
        const params = perChannel
          ? chooseQuantizationParamsPerAxis(values, kernel.shape, depthwise ? 2 : -1, options)
          : chooseQuantizationParams(minMax(values), options);
        return places(sqnr(values, dequantize(quantize(values, params), params)), 3);
      };
      return {
        name: layer.name,
        depthwise,
        channels,
        smallest: places(min),
        largest: places(max),
        tensor: { 8: left(8, false), 4: left(4, false) },
        channel: { 8: left(8, true), 4: left(4, true) },
      };
    });
}

/** The same function with other weights: what one layer multiplies the next divides, channel by channel. */
function madeWorse(light: tf.LayersModel, test: MnistSet): object {
  const model = quantization.crossLayerEqualization(light, { replaceReLU6: true });
  const rng = createRng(SEED);
  for (const [maker, reader] of PAIRS) {
    const [first, second] = [model.getLayer(maker), model.getLayer(reader)];
    const [kernel, bias] = first.getWeights() as [tf.Tensor, tf.Tensor];
    const [filters, shift] = second.getWeights() as [tf.Tensor, tf.Tensor];
    const factors = Float32Array.from({ length: bias.size }, () => SPREAD ** (rng.uniform() - 0.5));
    tf.tidy(() => {
      first.setWeights([kernel.mul(tf.tensor1d(factors)), bias.mul(tf.tensor1d(factors))]);
      second.setWeights([filters.div(tf.tensor(factors, [bias.size, 1])), shift]);
    });
  }
  const equal = quantization.crossLayerEqualization(model);
  const rounded = (
    from: tf.LayersModel,
    numBits: number,
    granularity: 'per-tensor' | 'per-channel',
  ): number => correct(quantization.fakeQuantizeWeights(from, { numBits, granularity }), test);
  return {
    images: READ,
    spread: SPREAD,
    float: correct(model, test),
    tensor: { 8: rounded(model, 8, 'per-tensor') },
    channel: { 8: rounded(model, 8, 'per-channel') },
    equalized: { 8: rounded(equal, 8, 'per-tensor') },
  };
}

/** By how much the output of a layer is wrong on average, channel by channel, before and after its bias is corrected. */
async function shiftOf(folded: tf.LayersModel, train: MnistSet): Promise<object> {
  const rounded = quantization.fakeQuantizeWeights(folded, {
    numBits: 4,
    granularity: 'per-tensor',
  });
  const data = function* (): Generator<tf.Tensor> {
    yield imageBatch(train, 0, SHEETS);
  };
  const corrected = await quantization.biasCorrection(folded, rounded, data);
  const output = (model: tf.LayersModel): tf.Tensor => {
    const node = model.getLayer(SHIFTED).output as tf.SymbolicTensor;
    return tf
      .model({ inputs: model.inputs, outputs: node })
      .predict(imageBatch(train, 0, SHEETS)) as tf.Tensor;
  };
  return tf.tidy(() => {
    const right = output(folded);
    const spread = right
      .sub(right.mean([0, 1, 2]))
      .square()
      .mean([0, 1, 2])
      .sqrt();
    const shares = (model: tf.LayersModel): number[] =>
      Array.from(
        output(model).sub(right).mean([0, 1, 2]).div(spread).dataSync<'float32'>(),
        (share) => places(Math.abs(share)),
      );
    return {
      layer: SHIFTED,
      before: Math.max(...shares(rounded)),
      after: Math.max(...shares(corrected)),
    };
  });
}

/** A kernel of nine weights a channel, for the figure. */
function kernelOf(model: tf.LayersModel, name: string): object {
  const [kernel] = model.getLayer(name).getWeights() as [tf.Tensor];
  return {
    name,
    channels: channelsOf(kernel, isDepthwise(model, name)),
    values: Array.from(kernel.dataSync<'float32'>(), (w) => Number(w.toPrecision(6))),
  };
}

function correct(model: tf.LayersModel, test: MnistSet): number {
  const batch = 500;
  let found = 0;
  for (let start = 0; start < READ; start += batch) {
    const answers = tf.tidy(() =>
      (model.predict(imageBatch(test, start, batch)) as tf.Tensor).argMax(1).dataSync(),
    );
    for (const [i, answer] of answers.entries()) if (answer === test.labels[start + i]) found++;
  }
  return found;
}

/** Sums and logarithms differ in their last bits between machines. */
const places = (value: number, count = 4): number => Number(value.toFixed(count));
