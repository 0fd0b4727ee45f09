/** What section 5.4 tells: levels of few bits laid over real layers, what each format keeps, and what one bit costs. */
import * as tf from '@tensorflow/tfjs';
import { loadModel } from '../../../src/build/load-model.ts';
import type { MnistSet } from '../../../src/build/mnist.ts';
import { levelsOf } from '../../../src/components/figures/FewBits/few-bits.ts';
import { kMeans } from '../../../src/engine/clustering/index.ts';
import { kernelViews } from '../../../src/engine/model-graph/kernel-view.ts';
import { rebuildModel } from '../../../src/engine/model-graph/rebuild-model.ts';
import { setKernel } from '../../../src/engine/model-graph/replace-weights.ts';
import { nf4, sqnr, toFloat8 } from '../../../src/engine/numerics/index.ts';
import * as quantization from '../../../src/engine/quantization/index.ts';
import { createRng } from '../../../src/shared/rng.ts';
import { imageBatch } from '../quantization/images.ts';

export const models = ['lenet-5', 'depthwise-net', 'lenet-300-100'] as const;
export const images = ['train', 'test'] as const;

/** Weights to a scale where they are taken in blocks. */
const BLOCK = 64;
const BINS = 81;
const SEED = 1895;
/** Of the network that learns with one bit. */
const STEPS = 300;
const BATCH = 64;

/** What is left of the weights of one block, of which the largest is `largest`, above 0. */
type Restore = (block: Float32Array, largest: number) => ArrayLike<number>;

const integers =
  (last: number): Restore =>
  (block, largest) =>
    block.map((w) => (Math.round((w * last) / largest) * largest) / last);
const float8 =
  (format: 'e4m3' | 'e5m2', most: number): Restore =>
  (block, largest) =>
    toFloat8(
      block.map((w) => (w * most) / largest),
      format,
    ).map((w) => (w * largest) / most);
/** By sign, at their mean size. */
const binary: Restore = (block) => {
  const size = block.reduce((sum, w) => sum + Math.abs(w), 0) / block.length;
  return block.map((w) => (w < 0 ? -size : size));
};

const FORMATS: Record<string, { bits: number; restore: Restore }> = {
  int8: { bits: 8, restore: integers(127) },
  e4m3: { bits: 8, restore: float8('e4m3', 448) },
  e5m2: { bits: 8, restore: float8('e5m2', 57344) },
  int4: { bits: 4, restore: integers(7) },
  nf4: { bits: 4, restore: (block) => nf4(block, { blockSize: block.length }) },
  binary: { bits: 1, restore: binary },
};

/** The weights as a format leaves them, one scale to every `size` of them. */
function restored(values: Float32Array, size: number, restore: Restore): Float32Array {
  const left = new Float32Array(values.length);
  for (let from = 0; from < values.length; from += size) {
    const block = values.subarray(from, from + size);
    const largest = block.reduce((most, w) => Math.max(most, Math.abs(w)), 0);
    if (largest > 0) left.set(Array.from(restore(block, largest)), from);
  }
  return left;
}

/** A kernel [k, channels] with the weights of a channel side by side, and back. */
function transposed(values: Float32Array, rows: number, columns: number): Float32Array {
  return values.map((_, i) => values[(i % rows) * columns + Math.floor(i / rows)]!);
}

export async function compute({
  train,
  test,
}: {
  train: MnistSet;
  test: MnistSet;
}): Promise<object> {
  const heavy = await loadModel('lenet-5');
  const light = quantization.foldBatchNorm(await loadModel('depthwise-net'));
  const retired = await loadModel('lenet-300-100');
  return {
    layers: [
      layerOf(heavy, 'lenet-5', 'dense_1'),
      layerOf(light, 'depthwise-net', 'conv_4_pointwise'),
      layerOf(retired, 'lenet-300-100', 'dense_1'),
    ],
    bell: bellOf(),
    tail: tailOf(heavy),
    raw: rawOf(heavy),
    read: { 'lenet-5': readOf(heavy, test), 'depthwise-net': readOf(light, test) },
    oneBit: oneBit(retired, train, test),
  };
}

/** For the figure: where a layer’s weights lie against the largest of their block, and what each format keeps of them. */
function layerOf(model: tf.LayersModel, network: string, name: string): object {
  const view = kernelViews(model).find((each) => each.name === name)!;
  const values = transposed(view.values, view.k, view.channels);
  const sharing = { layer: values.length, unit: view.k, block: BLOCK };
  return {
    network,
    name,
    weights: values.length,
    sharing: Object.fromEntries(
      Object.entries(sharing).map(([sharers, size]) => {
        const shares = new Float32Array(values.length);
        for (let from = 0; from < values.length; from += size) {
          const block = values.subarray(from, from + size);
          const largest = block.reduce((most, w) => Math.max(most, Math.abs(w)), 0) || 1;
          block.forEach((w, i) => (shares[from + i] = w / largest));
        }
        const bins = new Array<number>(BINS).fill(0);
        shares.forEach((x) => (bins[Math.min(BINS - 1, Math.floor(((x + 1) / 2) * BINS))]! += 1));
        const formats = Object.entries(FORMATS).map(([format, { restore }]) => [
          format,
          places(sqnr(values, restored(values, size, restore))),
        ]);
        return [
          sharers,
          {
            scales: Math.ceil(values.length / size),
            meanSize: places(shares.reduce((sum, x) => sum + Math.abs(x), 0) / shares.length, 4),
            bins,
            // How many weights go to each of the sixteen levels.
            nf4: counted(restored(shares, size, FORMATS['nf4']!.restore), levelsOf('nf4', 0)),
            int4: counted(restored(shares, size, FORMATS['int4']!.restore), levelsOf('int4', 0)),
            sqnr: Object.fromEntries(formats) as Record<string, number>,
          },
        ];
      }),
    ),
  };
}

/** How many weights stand at each level. What comes back from a float32 may be off in its last bits. */
function counted(values: Float32Array, levels: readonly number[]): number[] {
  const counts = new Array<number>(levels.length).fill(0);
  for (const x of values) {
    let at = 0;
    while (at < levels.length - 1 && levels[at]! < x - 1e-4) at++;
    counts[at]! += 1;
  }
  return counts;
}

/** The same formats on an ideal bell, and sixteen values chosen for it. */
function bellOf(): object {
  const values = createRng(SEED).normals(262_144);
  const left = (format: string, size: number): number =>
    places(sqnr(values, restored(values, size, FORMATS[format]!.restore)));
  const { centroids, indices } = kMeans(values, { numberOfClusters: 16, init: 'LINEAR' });
  return {
    int4: left('int4', BLOCK),
    nf4: left('nf4', BLOCK),
    int4One: left('int4', values.length),
    nf4One: left('nf4', values.length),
    binary: left('binary', values.length),
    best16: places(
      sqnr(
        values,
        Float32Array.from(indices, (i) => centroids[i]!),
      ),
    ),
  };
}

/** One weight of a layer grows, and the rest are listened to: dB of the others, with one scale for all. */
function tailOf(heavy: tf.LayersModel): object[] {
  const view = kernelViews(heavy).find(({ name }) => name === 'dense_1')!;
  const largest = view.values.reduce((most, w) => Math.max(most, Math.abs(w)), 0);
  return [1, 4, 16, 64, 256, 1024].map((times) => {
    const values = view.values.slice();
    values[0] = times * largest;
    const others = values.subarray(1);
    const left = (format: string): number =>
      places(sqnr(others, restored(values, values.length, FORMATS[format]!.restore).subarray(1)));
    return { times, int8: left('int8'), e4m3: left('e4m3'), e5m2: left('e5m2') };
  });
}

/** dB of a layer in floating point of eight bits with no scale at all. */
function rawOf(heavy: tf.LayersModel): object {
  const { values } = kernelViews(heavy).find(({ name }) => name === 'dense_1')!;
  return {
    e4m3: places(sqnr(values, toFloat8(values, 'e4m3'))),
    e5m2: places(sqnr(values, toFloat8(values, 'e5m2'))),
    // Below the smallest power of two that e4m3 has with a leading one.
    subnormal: places(values.filter((w) => Math.abs(w) < 2 ** -6).length / values.length, 4),
  };
}

/** What a network reads with all of its kernels in a format, a scale for each unit or for each block. */
function readOf(model: tf.LayersModel, test: MnistSet): object[] {
  const views = kernelViews(model);
  const ways: [string, string, 'unit' | 'block' | 'layer'][] = [
    ['int8', 'int8', 'unit'],
    ['e4m3', 'e4m3', 'layer'],
    ['e5m2', 'e5m2', 'layer'],
    ['int4', 'int4', 'unit'],
    ['int4-blocks', 'int4', 'block'],
    ['nf4-blocks', 'nf4', 'block'],
    ['binary', 'binary', 'unit'],
  ];
  return ways.map(([id, format, sharers]) => {
    const { bits, restore } = FORMATS[format]!;
    const copy = rebuildModel(model);
    let bytes = 0;
    for (const { name, values, k, channels } of views) {
      const size = sharers === 'unit' ? k : sharers === 'block' ? BLOCK : values.length;
      const left = restored(transposed(values, k, channels), size, restore);
      setKernel(copy.getLayer(name), transposed(left, channels, k));
      bytes += Math.ceil((values.length * bits) / 8) + 4 * Math.ceil(values.length / size);
    }
    return { id, bytes, correct: correct((x) => copy.predict(x) as tf.Tensor, test) };
  });
}

/** The retired model with one bit a weight: by the sign alone, and after it has learned so. */
function oneBit(model: tf.LayersModel, train: MnistSet, test: MnistSet): object {
  const names = ['dense_1', 'dense_2', 'logits'];
  const latent = names.map((name) => {
    const [kernel, bias] = model.getLayer(name).getWeights() as [tf.Tensor2D, tf.Tensor1D];
    return { kernel: tf.variable(kernel.clone()), bias: tf.variable(bias.clone()) };
  });
  const bySign = tf.customGrad((w) => {
    const size = tf.abs(w as tf.Tensor).mean(0);
    const value = tf.where(tf.greaterEqual(w as tf.Tensor, 0), size, size.neg());
    return { value, gradFunc: (dy: tf.Tensor) => dy };
  });
  const scores = (x: tf.Tensor): tf.Tensor =>
    latent.reduce<tf.Tensor>((values, { kernel, bias }, i) => {
      const sums = tf.add(tf.matMul(values as tf.Tensor2D, bySign(kernel) as tf.Tensor2D), bias);
      return i + 1 < latent.length ? tf.relu(sums) : sums;
    }, x);
  const read = (): number => correct((x) => scores(x.reshape([x.shape[0]!, 784])), test);
  const before = read();
  const optimizer = tf.train.adam(0.001);
  for (let step = 0; step < STEPS; step++) {
    tf.tidy(() => {
      const x = imageBatch(train, step * BATCH, BATCH).reshape([BATCH, 784]);
      const labels = Array.from(train.labels.subarray(step * BATCH, (step + 1) * BATCH));
      const wanted = tf.oneHot(tf.tensor1d(labels, 'int32'), 10);
      optimizer.minimize(() => tf.losses.softmaxCrossEntropy(wanted, scores(x)));
    });
  }
  return { steps: STEPS, batch: BATCH, before, after: read() };
}

function correct(predict: (x: tf.Tensor4D) => tf.Tensor, test: MnistSet): number {
  const batch = 1000;
  let found = 0;
  for (let start = 0; start < test.labels.length; start += batch) {
    const answers = tf.tidy(() =>
      predict(imageBatch(test, start, batch))
        .argMax(1)
        .dataSync(),
    );
    for (const [i, answer] of answers.entries()) if (answer === test.labels[start + i]) found++;
  }
  return found;
}

/** Sums and logarithms differ in their last bits between machines. */
const places = (value: number, count = 2): number => Number(value.toFixed(count));
