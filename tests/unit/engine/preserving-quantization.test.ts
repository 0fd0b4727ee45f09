import '@tensorflow/tfjs-backend-cpu';
import { clustering, createRng, quantization, ReaderError, tf } from 'heavy-weights';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTensorFlow } from '../../../src/build/node-tensorflow.ts';
import { inputsFor, randomize, smallCnn } from './random-models.ts';

const { quantizeModel, convertQuantizedModel, calibrateRangesInPlace } = quantization;

beforeAll(() => startTensorFlow());

type Rounded = tf.layers.Layer & { roundedKernel(): tf.Tensor };

const distinct = (values: ArrayLike<number>): number => new Set(Array.from(values)).size;
const zerosIn = (values: ArrayLike<number>): number[] =>
  Array.from(values, (value, i) => (value === 0 ? i : -1)).filter((i) => i >= 0);

const kernelOf = (model: tf.LayersModel, layer: string): Float32Array =>
  model.getLayer(layer).getWeights()[0]!.dataSync().slice() as Float32Array;

/** The kernel as a layer that trains quantized uses it. */
function roundedKernel(model: tf.LayersModel, layer: string): Float32Array {
  const kernel = tf.tidy(() => (model.getLayer(`quant_${layer}`) as Rounded).roundedKernel());
  const values = kernel.dataSync().slice() as Float32Array;
  kernel.dispose();
  return values;
}

/** The integers of a layer's kernel once converted, in the order of the float kernel [k, channels]. */
function integersOf(model: tf.LayersModel, layer: string): Int8Array {
  const { graph } = convertQuantizedModel(model);
  const { data, shape } = graph.tensors.find(({ name }) => name === `${layer}/kernel`)!;
  const codes = data as Int8Array;
  if (layer === 'depthwise') return codes.slice();
  const channels = shape[0]!;
  const k = codes.length / channels;
  return Int8Array.from({ length: codes.length }, (_, i) => {
    return codes[(i % channels) * k + Math.floor(i / channels)]!;
  });
}

/** Sets the smaller part of every kernel to 0. */
function pruned(model: tf.LayersModel, share = 0.6): tf.LayersModel {
  for (const layer of model.layers) {
    layer.setWeights(
      layer.getWeights().map((tensor) => {
        if (tensor.rank < 2) return tensor;
        const values = tensor.dataSync().slice() as Float32Array;
        const least = values.map(Math.abs).sort()[Math.floor(values.length * share)]!;
        return tf.tensor(
          values.map((w) => (Math.abs(w) < least ? 0 : w)),
          tensor.shape,
        );
      }),
    );
  }
  return model;
}

const clustered = (
  model: tf.LayersModel,
  options: Partial<clustering.ClusteringOptions> = {},
): tf.LayersModel =>
  clustering.stripClustering(clustering.clusterWeights(model, { numberOfClusters: 6, ...options }));

async function trained(
  model: tf.LayersModel,
  config: quantization.QuantizeConfig,
  steps = 50,
): Promise<tf.LayersModel> {
  const quantized = quantizeModel(model, config);
  await calibrateRangesInPlace(quantized, function* () {
    yield inputsFor(model, 32, 5);
  });
  await train(quantized, steps);
  return quantized;
}

async function train(model: tf.LayersModel, steps: number): Promise<number[]> {
  model.compile({ optimizer: tf.train.adam(0.005), loss: 'meanSquaredError' });
  const x = inputsFor(model, 32, 9);
  const size = model.outputs[0]!.shape[1]!;
  const y = tf.tensor2d(createRng(3).floats(32 * size, -1, 1), [32, size]);
  const losses: number[] = [];
  for (let i = 0; i < steps; i++) losses.push((await model.trainOnBatch(x, y)) as number);
  tf.dispose([x, y]);
  return losses;
}

const KERNELS = ['conv_1', 'conv_2', 'logits'];

describe.each([
  ['wasm', 50],
  ['cpu', 5],
] as const)('preserving, on %s, after %i steps', (backend, steps) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
  });
  afterAll(async () => {
    await tf.setBackend('wasm');
  });

  it('sparsity: zeros stay zeros, where plain training fills them (PQAT)', async () => {
    const model = pruned(smallCnn(1));
    const kept = await trained(model, { preserveSparsity: true }, steps);
    const plain = await trained(model, {}, steps);
    for (const layer of KERNELS) {
      const before = zerosIn(kernelOf(model, layer));
      expect(before.length).toBeGreaterThan(15);
      for (const values of [
        kernelOf(kept, `quant_${layer}`),
        roundedKernel(kept, layer),
        integersOf(kept, layer),
      ]) {
        expect(zerosIn(values)).toEqual(expect.arrayContaining(before));
        expect(zerosIn(values).length).toBeLessThan(values.length);
      }
      expect(zerosIn(integersOf(plain, layer))).not.toEqual(expect.arrayContaining(before));
      expect(kernelOf(kept, `quant_${layer}`)).not.toEqual(kernelOf(model, layer));
    }
  });

  it('clusters: kernels keep the number of their values, which plain training breaks (CQAT)', async () => {
    const model = clustered(smallCnn(2));
    const kept = await trained(model, { preserveClusters: true }, steps);
    const plain = await trained(model, {}, steps);
    for (const layer of KERNELS) {
      const before = distinct(kernelOf(model, layer));
      expect(before).toBe(6);
      for (const values of [
        kernelOf(kept, `quant_${layer}`),
        roundedKernel(kept, layer),
        integersOf(kept, layer),
      ]) {
        expect(distinct(values)).toBeLessThanOrEqual(before);
        expect(distinct(values)).toBeGreaterThan(1);
      }
      expect(distinct(integersOf(plain, layer))).toBeGreaterThan(before);
      expect(kernelOf(kept, `quant_${layer}`)).not.toEqual(kernelOf(model, layer));
    }
  });

  it('both: zeros and the number of values (PCQAT)', async () => {
    const model = clustered(pruned(smallCnn(3)), { preserveSparsity: true });
    const kept = await trained(model, { preserveSparsity: true, preserveClusters: true }, steps);
    for (const layer of KERNELS) {
      const [before, zeros] = [kernelOf(model, layer), zerosIn(kernelOf(model, layer))];
      expect(zeros.length).toBeGreaterThan(15);
      for (const values of [
        kernelOf(kept, `quant_${layer}`),
        roundedKernel(kept, layer),
        integersOf(kept, layer),
      ]) {
        expect(zerosIn(values)).toEqual(expect.arrayContaining(zeros));
        expect(distinct(values)).toBeLessThanOrEqual(distinct(before));
        expect(distinct(values)).toBeGreaterThan(1);
      }
    }
    // The centroids alone do not keep zeros.
    const lost = await trained(model, { preserveClusters: true }, steps);
    expect(zerosIn(kernelOf(lost, 'quant_conv_2'))).not.toEqual(
      expect.arrayContaining(zerosIn(kernelOf(model, 'conv_2'))),
    );
  });
});

describe('preserving', () => {
  it('leaves no tensor behind, and learns', async () => {
    const model = clustered(pruned(smallCnn(4)), { preserveSparsity: true });
    const kept = await trained(model, { preserveSparsity: true, preserveClusters: true }, 2);
    const x = inputsFor(model, 32, 9);
    const y = tf.zeros([32, 3]);
    const first = (await kept.trainOnBatch(x, y)) as number;
    const before = tf.memory().numTensors;
    for (let i = 0; i < 60; i++) await kept.trainOnBatch(x, y);
    tf.dispose(kept.predict(x));
    expect(tf.memory().numTensors).toBe(before);
    expect((await kept.trainOnBatch(x, y)) as number).toBeLessThan(first * 0.7);
  });

  it('has one scale where filters share values, and one each where they do not', async () => {
    const scales = (model: tf.LayersModel, layer = 'conv_2'): number =>
      model
        .getLayer(`quant_${layer}`)
        .weights.find(({ originalName }) => originalName.endsWith('weights_max'))!
        .read().size;
    const whole = clustered(smallCnn(5));
    expect(scales(quantizeModel(whole))).toBe(6);
    expect(scales(quantizeModel(whole, { preserveClusters: true }))).toBe(1);

    const options = { numberOfClusters: 4, clusterPerChannel: true };
    const byFilter = clustered(pruned(smallCnn(5)), { ...options, preserveSparsity: true });
    const config = { preserveSparsity: true, preserveClusters: true };
    const kept = await trained(byFilter, config);
    expect(scales(kept)).toBe(6);
    const kernel = kernelOf(byFilter, 'conv_2');
    const codes = integersOf(kept, 'conv_2');
    expect(distinct(codes)).toBeLessThanOrEqual(distinct(kernel));
    for (let filter = 0; filter < 6; filter++) {
      const own = (values: Float32Array | Int8Array): Float32Array =>
        Float32Array.from(values).filter((_, i) => i % 6 === filter);
      expect(distinct(own(codes))).toBeLessThanOrEqual(distinct(own(kernel)));
      expect(distinct(own(kernelOf(kept, 'quant_conv_2')))).toBeLessThanOrEqual(
        distinct(own(kernel)),
      );
      expect(zerosIn(own(codes))).toEqual(expect.arrayContaining(zerosIn(own(kernel))));
    }
    // Zeros that several filters share are one value too many when they are not kept.
    expect(scales(quantizeModel(byFilter, { preserveClusters: true }))).toBe(1);
    // A kernel whose weights share nothing has nothing to preserve, and keeps its scales.
    expect(scales(quantizeModel(smallCnn(5), { ...config, onWarning: () => undefined }))).toBe(6);
  });

  it('shows what a scale for each filter would do to shared values', async () => {
    const model = clustered(smallCnn(6));
    const kept = await trained(model, { preserveClusters: true }, 0);
    const plain = await trained(model, {}, 0);
    expect(distinct(integersOf(kept, 'conv_2'))).toBeLessThanOrEqual(6);
    expect(distinct(integersOf(plain, 'conv_2'))).toBeGreaterThan(6);
  });

  it('keeps zeros of every kind of kernel, and takes no depthwise kernel as clustered', async () => {
    const { layers } = tf;
    const model = pruned(
      randomize(
        tf.sequential({
          layers: [
            layers.conv2d({ filters: 4, kernelSize: 3, inputShape: [8, 8, 2], name: 'conv' }),
            layers.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2, name: 'depthwise' }),
            layers.flatten({ name: 'flatten' }),
            layers.dense({ units: 3, name: 'logits' }),
          ],
        }),
        7,
      ),
    );
    // Values that many weights of the depthwise kernel share.
    const depthwise = model.getLayer('depthwise');
    const [shared, bias] = depthwise.getWeights();
    depthwise.setWeights([tf.mul(tf.sign(shared!), 0.5), bias!]);
    const config = { preserveSparsity: true, preserveClusters: true, onWarning: () => undefined };
    const kept = await trained(model, config, 10);
    for (const layer of ['conv', 'depthwise', 'logits']) {
      const zeros = zerosIn(kernelOf(model, layer));
      expect(zeros.length).toBeGreaterThan(5);
      expect(zerosIn(integersOf(kept, layer))).toEqual(expect.arrayContaining(zeros));
    }
    const names = kept.getLayer('quant_depthwise').weights.map(({ originalName }) => originalName);
    expect(names.some((name) => name.endsWith('cluster_centroids'))).toBe(false);
  });

  it('keeps clusters of fewer bits too', async () => {
    const kept = await trained(clustered(smallCnn(8)), { preserveClusters: true, weightBits: 4 });
    for (const layer of KERNELS) {
      const codes = integersOf(kept, layer);
      expect(distinct(codes)).toBeLessThanOrEqual(6);
      expect(Math.max(...codes.map(Math.abs))).toBeLessThanOrEqual(7);
    }
  });

  it('answers after conversion as the trained model does', async () => {
    const model = clustered(pruned(smallCnn(9, { units: 5 })), { preserveSparsity: true });
    const kept = await trained(model, { preserveSparsity: true, preserveClusters: true });
    const x = inputsFor(model, 300, 4);
    const [a, b] = [kept, convertQuantizedModel(kept)].map((each) =>
      tf.argMax(each.predict(x) as tf.Tensor, 1).dataSync(),
    );
    expect(a!.filter((answer, i) => answer !== b![i]).length).toBeLessThanOrEqual(6);
  });

  it('saves, loads, and goes on with the same numbers', async () => {
    for (const config of [
      { preserveSparsity: true },
      { preserveClusters: true },
      { preserveSparsity: true, preserveClusters: true },
    ]) {
      const model = clustered(pruned(smallCnn(10)), {
        numberOfClusters: 4,
        preserveSparsity: true,
        clusterPerChannel: config.preserveSparsity === true,
      });
      const kept = await trained(model, config, 5);
      let saved: tf.io.ModelArtifacts | undefined;
      await kept.save(
        tf.io.withSaveHandler((artifacts) => {
          saved = artifacts;
          return Promise.resolve({
            modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' },
          });
        }),
      );
      const loaded = await tf.loadLayersModel(tf.io.fromMemory(saved!));
      const x = inputsFor(model, 8, 3);
      const answers = (each: tf.LayersModel): ArrayLike<number> =>
        (each.predict(x) as tf.Tensor).dataSync();
      expect(answers(loaded)).toEqual(answers(kept));
      expect(await train(loaded, 5)).toEqual(await train(kept, 5));
      expect(answers(loaded)).toEqual(answers(kept));
      for (const layer of KERNELS)
        expect(integersOf(loaded, layer)).toEqual(integersOf(kept, layer));
    }
  });

  it('goes by the layer with quantizeAnnotateLayer, and by all of them with quantizeApply', async () => {
    const model = clustered(pruned(smallCnn(11)), { preserveSparsity: true });
    const has = (each: tf.LayersModel, layer: string, name: string): boolean =>
      each.getLayer(`quant_${layer}`).weights.some((w) => w.originalName.endsWith(name));
    quantization.quantizeAnnotateLayer(model.getLayer('conv_2'), { preserveClusters: true });
    quantization.quantizeAnnotateLayer(model.getLayer('logits'));
    const onWarning = (message: string): never => {
      throw new Error(message);
    };
    const one = quantization.quantizeApply(model);
    expect(has(one, 'conv_2', 'cluster_centroids')).toBe(true);
    expect(has(one, 'conv_2', 'sparsity_mask')).toBe(false);
    expect(has(one, 'logits', 'cluster_centroids')).toBe(false);
    const all = quantization.quantizeApply(model, { preserveSparsity: true, onWarning });
    expect(has(all, 'conv_2', 'cluster_centroids')).toBe(true);
    expect(has(all, 'conv_2', 'sparsity_mask')).toBe(true);
    expect(has(all, 'logits', 'sparsity_mask')).toBe(true);
    const marked = quantization.quantizeAnnotateModel(clustered(smallCnn(12)), {
      preserveClusters: true,
    });
    expect(has(quantization.quantizeApply(marked), 'conv_1', 'cluster_centroids')).toBe(true);
  });

  it('says when there is nothing to preserve', () => {
    const told: string[] = [];
    const onWarning = (message: string): void => void told.push(message);
    quantizeModel(smallCnn(1), { preserveSparsity: true, onWarning });
    quantizeModel(smallCnn(1), { preserveClusters: true, onWarning });
    expect(told).toEqual([
      expect.stringMatching(/preserveSparsity has nothing to preserve.*stripPruning/),
      expect.stringMatching(/preserveClusters has nothing to preserve.*stripClustering/),
    ]);
    told.length = 0;
    const part = pruned(smallCnn(1));
    quantizeModel(part, { preserveSparsity: true, onWarning });
    quantizeModel(smallCnn(1), { onWarning });
    expect(told).toEqual([]);
  });

  it('takes more than 1,024 values as not clustered', () => {
    const model = randomize(
      tf.sequential({
        layers: [tf.layers.dense({ units: 40, inputShape: [40], name: 'wide' })],
      }),
      1,
    );
    const { layers } = model;
    const values = kernelOf(model, 'wide').map((w, i) => (i < 200 ? 0.5 : w));
    layers[0]!.setWeights([tf.tensor2d(values, [40, 40]), tf.zeros([40])]);
    const told: string[] = [];
    const config = { preserveClusters: true, onWarning: (m: string) => void told.push(m) };
    quantizeModel(model, config);
    expect(told).toHaveLength(1);
    const fewer = values.map((w, i) => (i < 600 ? 0.5 : w));
    layers[0]!.setWeights([tf.tensor2d(fewer, [40, 40]), tf.zeros([40])]);
    quantizeModel(model, config);
    expect(told).toHaveLength(1);
  });

  it('refuses what cannot keep its promise', () => {
    const errorOf = (config: unknown): ReaderError => {
      try {
        quantizeModel(clustered(smallCnn(1)), config as never);
      } catch (error) {
        expect(error).toBeInstanceOf(ReaderError);
        return error as ReaderError;
      }
      throw new Error('the call did not throw');
    };
    const weightQuantizer = new quantization.LastValueQuantizer({
      perAxis: -1,
      symmetric: true,
      narrowRange: true,
    });
    const { code, message } = errorOf({ preserveClusters: true, weightQuantizer });
    expect(code).toBe('clusters-need-one-scale');
    expect(message).toMatch(/the layer conv_1 shares its values/);
    expect(errorOf({ preserve_clusters: true }).message).toMatch(/is preserveClusters/);
    expect(errorOf({ preserveClusters: 'yes' }).message).toMatch(/preserveClusters must be true/);
    expect(errorOf({ preserveSparsity: 1 }).message).toMatch(/preserveSparsity must be true/);
  });
});
