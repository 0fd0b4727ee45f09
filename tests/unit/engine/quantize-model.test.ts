import '@tensorflow/tfjs-backend-cpu';
import { createRng, numerics, quantization, tf } from 'heavy-weights';
import { beforeAll, describe, expect, it } from 'vitest';
import { startTensorFlow } from '../../../src/build/node-tensorflow.ts';
import { runGraph, type TensorData } from '../../../src/engine/graph/index.ts';
import { everyLayer, inputsFor, randomize, smallCnn } from './random-models.ts';

beforeAll(() => startTensorFlow());

const answers = (model: { predict(x: tf.Tensor): unknown }, x: tf.Tensor): Float32Array =>
  (model.predict(x) as tf.Tensor).dataSync() as Float32Array;

const dataFor = (model: tf.LayersModel) =>
  function* () {
    yield inputsFor(model, 32, 5);
    yield inputsFor(model, 32, 6);
  };

async function calibrated(model: tf.LayersModel, config = {}): Promise<tf.LayersModel> {
  const quantized = quantization.quantizeModel(model, config);
  await quantization.calibrateRangesInPlace(quantized, dataFor(model));
  return quantized;
}

const weightNames = (model: tf.LayersModel, layer: string): string[] =>
  model.getLayer(layer).weights.map(({ originalName }) => originalName.split('/').at(-1)!);

async function trainOn(model: tf.LayersModel, steps: number): Promise<number[]> {
  model.compile({ optimizer: tf.train.adam(0.01), loss: 'meanSquaredError' });
  const x = inputsFor(model, 32, 9);
  const size = model.outputs[0]!.shape[1]!;
  const y = tf.tensor2d(createRng(3).floats(32 * size, -1, 1), [32, size]);
  const losses: number[] = [];
  for (let i = 0; i < steps; i++) losses.push((await model.trainOnBatch(x, y)) as number);
  return losses;
}

describe('quantizeModel', () => {
  it('rounds where the default scheme says', () => {
    const quantized = quantization.quantizeModel(everyLayer(1));
    const names = quantized.layers.map(({ name }) => name);
    expect(names.slice(0, 3)).toEqual(['image', 'quantize_layer', 'quant_pad']);
    expect(names.slice(2).every((name) => name.startsWith('quant_'))).toBe(true);
    const roundedAt = (layer: string) =>
      weightNames(quantized, `quant_${layer}`).filter((name) => name.endsWith('_min'));
    // Convolution, normalization and ReLU6 become one operator: only the last is rounded.
    expect(roundedAt('conv')).toEqual(['weights_min']);
    expect(roundedAt('norm')).toEqual([]);
    expect(roundedAt('relu6')).toEqual(['output_min']);
    expect(roundedAt('pointwise')).toEqual(['weights_min', 'output_min']);
    for (const layer of ['add', 'concat', 'average', 'mean', 'norm_alone']) {
      expect(roundedAt(layer)).toEqual(['output_min']);
    }
    for (const layer of ['pad', 'max', 'flatten', 'dropout', 'softmax']) {
      expect(roundedAt(layer)).toEqual([]);
    }
    // Before tanh and the sigmoid, not after.
    expect(roundedAt('dense_tanh')).toEqual(['weights_min', 'beforeActivation_min']);
    expect(roundedAt('logits')).toEqual(['weights_min', 'output_min']);
  });

  it('has a range a filter, a dense kernel and a depthwise input channel', () => {
    const quantized = quantization.quantizeModel(everyLayer(1));
    const ranges = (layer: string) =>
      quantized
        .getLayer(`quant_${layer}`)
        .weights.find(({ originalName }) => originalName.endsWith('weights_max'))!.shape;
    expect(ranges('conv')).toEqual([6]);
    expect(ranges('depthwise')).toEqual([6]);
    expect(ranges('logits')).toEqual([]);
  });

  it('computes with the kernels that fakeQuantizeWeights gives', () => {
    const model = tf.sequential({
      layers: [tf.layers.conv2d({ filters: 3, kernelSize: 3, inputShape: [6, 6, 2], name: 'c' })],
    });
    randomize(model, 3);
    for (const weightBits of [2, 4, 8]) {
      const wide = new quantization.MovingAverageQuantizer({ numBits: 16 });
      const quantized = quantization.quantizeModel(model, { weightBits, outputQuantizer: wide });
      const rounded = quantization.fakeQuantizeWeights(model, { numBits: weightBits });
      const x = tf.round(tf.mul(inputsFor(model, 4, 2), 100)).div(100);
      const kernels = quantized.getLayer('quant_c') as unknown as { roundedKernel(): tf.Tensor };
      expect(
        numerics.maxAbsError(
          kernels.roundedKernel().dataSync(),
          rounded.getLayer('c').getWeights()[0]!.dataSync(),
        ),
      ).toBeLessThan(1e-6);
      expect(answers(quantized, x as tf.Tensor).length).toBeGreaterThan(0);
    }
  });

  it('moves ranges while it trains, by the decay, and not in inference', async () => {
    const model = smallCnn(4);
    const quantized = quantization.quantizeModel(model);
    const max = () =>
      quantized
        .getLayer('quant_logits')
        .weights.find(({ originalName }) => originalName.endsWith('output_max'))!
        .read()
        .dataSync()[0]!;
    expect(max()).toBe(6);
    quantized.predict(inputsFor(model, 4, 1));
    expect(max()).toBe(6);
    await trainOn(quantized, 1);
    expect(max()).not.toBe(6);
    expect(max()).toBeGreaterThan(6 * 0.999 - 1e-6);
    expect(max()).toBeLessThan(6 + 0.1);
  });

  it('learns, and leaves no tensor behind', async () => {
    const quantized = await calibrated(smallCnn(5), { weightBits: 4 });
    await trainOn(quantized, 2);
    const before = tf.memory().numTensors;
    quantized.predict(inputsFor(quantized, 2, 1));
    const x = inputsFor(quantized, 32, 9);
    const y = tf.zeros([32, 3]);
    const first = (await quantized.trainOnBatch(x, y)) as number;
    for (let i = 0; i < 40; i++) await quantized.trainOnBatch(x, y);
    const last = (await quantized.trainOnBatch(x, y)) as number;
    expect(last).toBeLessThan(first / 2);
    // The two batches, and what was predicted from a third.
    expect(tf.memory().numTensors - before).toBeLessThanOrEqual(4);
  });

  it('trains with fit, saves, loads and goes on with the same numbers', async () => {
    const quantized = await calibrated(smallCnn(6));
    quantized.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    await quantized.fit(inputsFor(quantized, 32, 1), tf.zeros([32, 3]), { epochs: 2, verbose: 0 });
    let saved: tf.io.ModelArtifacts | undefined;
    await quantized.save(
      tf.io.withSaveHandler((artifacts) => {
        saved = artifacts;
        return Promise.resolve({
          modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' },
        });
      }),
    );
    const loaded = await tf.loadLayersModel(tf.io.fromMemory(saved!));
    const x = inputsFor(quantized, 8, 3);
    expect(answers(loaded, x)).toEqual(answers(quantized, x));
    loaded.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    const y = tf.ones([8, 3]);
    const [a, b] = [await quantized.trainOnBatch(x, y), await loaded.trainOnBatch(x, y)];
    expect(a).toBe(b);
    expect(answers(loaded, x)).toEqual(answers(quantized, x));
  });

  it('leaves the model as it was', () => {
    const model = everyLayer(7);
    const x = inputsFor(model, 3, 1);
    const before = answers(model, x);
    const names = model.layers.map(({ name }) => name);
    quantization.quantizeModel(model);
    expect(answers(model, x)).toEqual(before);
    expect(model.layers.map(({ name }) => name)).toEqual(names);
  });

  it('refuses what it cannot train, by name', () => {
    const model = tf.sequential({
      layers: [
        tf.layers.dense({ units: 2, inputShape: [3], name: 'd' }),
        tf.layers.elu({ name: 'bend' }),
      ],
    });
    expect(() => quantization.quantizeModel(model)).toThrow(/bend \(ELU\).*quantizeAnnotateLayer/s);
    const dense = tf.sequential({
      layers: [tf.layers.dense({ units: 2, inputShape: [3], name: 'd' })],
    });
    expect(() => quantization.quantizeModel(dense, { weightBits: 9 })).toThrow(
      /weightBits .* 2 to 8; it is 9/,
    );
    expect(() => quantization.quantizeModel(quantization.quantizeModel(dense))).toThrow(
      /trained quantized already/,
    );
    expect(() => quantization.quantizeApply(dense)).toThrow(/No layer .* marked/);
    expect(() => quantization.convertQuantizedModel(dense)).toThrow(
      /No layer .* trained quantized/,
    );
    expect(() => quantization.quantizeAnnotateLayer({} as never)).toThrow(/takes a layer/);
    const marked = quantization.quantizeAnnotateLayer(
      tf.layers.dense({ units: 2, inputShape: [3] }),
      {},
    );
    expect(quantization.quantizeApply(tf.sequential({ layers: [marked] })).layers.length).toBe(3);
  });
});

describe('convertQuantizedModel', () => {
  it.each([1, 2, 3])(
    'is within one step of what was simulated, layer by layer (seed %i)',
    async (seed) => {
      for (const [model, weightBits] of [
        [smallCnn(seed), 8],
        [smallCnn(seed), 4],
        [everyLayer(seed), 8],
      ] as const) {
        const trained = await calibrated(model, { weightBits });
        const network = quantization.convertQuantizedModel(trained);
        const { graph, prepared } = network;
        const real = (index: number): tf.Tensor => {
          const { quantization: q, shape } = graph.tensors[index]!;
          const data = Float32Array.from(
            prepared.buffers[index] as Int8Array,
            (value) => q!.scales[0]! * (value - q!.zeroPoints[0]!),
          );
          return tf.tensor(data, [...shape]);
        };
        const compared = new Set<string>();
        runGraph(prepared, [inputsFor(model, 6, seed).dataSync() as TensorData], () => {
          for (const operator of graph.operators) {
            if (!['CONV_2D', 'DEPTHWISE_CONV_2D', 'FULLY_CONNECTED', 'ADD'].includes(operator.code))
              continue;
            const simulated = simulate(trained, graph.tensors[operator.output]!.name, (name) =>
              real(graph.tensors.findIndex((tensor) => tensor.name === name && !tensor.data)),
            );
            if (!simulated) continue;
            compared.add(graph.tensors[operator.output]!.name);
            const step = graph.tensors[operator.output]!.quantization!.scales[0]!;
            const worst = numerics.maxAbsError(
              simulated.dataSync(),
              real(operator.output).dataSync(),
            );
            expect(worst).toBeLessThanOrEqual(step * 1.001);
          }
        });
        expect(compared.size).toBeGreaterThan(1);
      }
    },
  );

  it('keeps the integers of weights when normalizations are folded', async () => {
    const trained = await calibrated(smallCnn(8), { weightBits: 4 });
    const { graph } = quantization.convertQuantizedModel(trained);
    const kernel = graph.tensors.find(({ name }) => name === 'conv_1/kernel')!;
    expect(kernel.type).toBe('int4');
    const wrapper = trained.getLayer('quant_conv_1') as unknown as { roundedKernel(): tf.Tensor4D };
    const rounded = wrapper.roundedKernel().transpose([3, 0, 1, 2]).dataSync();
    const perChannel = rounded.length / 4;
    (kernel.data as Int8Array).forEach((code, i) => {
      expect(Math.abs(code)).toBeLessThanOrEqual(7);
      const channel = rounded
        .subarray(Math.floor(i / perChannel) * perChannel)
        .slice(0, perChannel);
      const scale = Math.max(...channel.map(Math.abs)) / 7;
      expect(Math.round(rounded[i]! / scale)).toBe(code);
    });
  });

  it('answers as the trained model does', async () => {
    const model = smallCnn(9, { units: 5 });
    const trained = await calibrated(model);
    const x = inputsFor(model, 300, 4);
    const [a, b] = [trained, quantization.convertQuantizedModel(trained)].map((each) =>
      tf.argMax(each.predict(x) as tf.Tensor, 1).dataSync(),
    );
    expect(a!.filter((answer, i) => answer !== b![i]).length).toBeLessThanOrEqual(3);
  });

  it('refuses activations of other than 8 bits', () => {
    const quantized = quantization.quantizeModel(smallCnn(1), { activationBits: 4 });
    expect(() => quantization.convertQuantizedModel(quantized)).toThrow(/4-bit activations/);
  });
});

/** What the trained layers between the last rounded tensors and this one give for the same integers. */
function simulate(
  trained: tf.LayersModel,
  name: string,
  valuesOf: (name: string) => tf.Tensor,
): tf.Tensor | undefined {
  const last = trained.layers.find(
    (layer) =>
      layer.name === `quant_${name}` || layer.name === `quant_${name.replace(/_relu$/, '')}`,
  );
  if (!last || last.getClassName() !== 'QuantizeWrapper') return undefined;
  if (last.weights.some(({ originalName }) => originalName.endsWith('beforeActivation_max')))
    return undefined;
  const chain: tf.layers.Layer[] = [];
  let layer = last;
  for (;;) {
    chain.unshift(layer);
    const sources = [layer.input].flat().map(({ sourceLayer }) => sourceLayer);
    const isRounded = (each: tf.layers.Layer) =>
      each.weights.some(({ originalName }) => originalName.endsWith('output_max'));
    if (sources.every(isRounded)) {
      const inputs = sources.map((source) => {
        const { quantize, inner } = source as unknown as {
          quantize?: { activation: string };
          inner?: tf.layers.Layer;
        };
        const isAlone = inner?.getClassName() === 'Activation';
        const activation = isAlone ? 'linear' : quantize?.activation;
        const plain = source.name.replace(/^quant_/, '');
        if (source.name === 'quantize_layer') {
          return valuesOf((source.input as tf.SymbolicTensor).sourceLayer.name);
        }
        return valuesOf(activation && activation !== 'linear' ? `${plain}_${activation}` : plain);
      });
      let y: tf.Tensor | tf.Tensor[] = inputs.length === 1 ? inputs[0]! : inputs;
      for (const each of chain) y = each.apply(y, { training: false }) as tf.Tensor;
      return y as tf.Tensor;
    }
    if (sources.length !== 1) return undefined;
    layer = sources[0]!;
    // Layers that only move values lie between integers of one scale: left to the whole network's test.
    if (!/norm|conv|depthwise|relu/.test(layer.name)) return undefined;
  }
}
