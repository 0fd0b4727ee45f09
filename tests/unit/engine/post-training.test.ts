import '@tensorflow/tfjs-backend-cpu';
import { numerics, quantization, tf } from 'heavy-weights';
import { beforeAll, describe, expect, it } from 'vitest';
import { startTensorFlow } from '../../../src/build/node-tensorflow.ts';
import { everyLayer, inputsFor, randomize, smallCnn } from './random-models.ts';

type Mode = quantization.PostTrainingMode;

beforeAll(() => startTensorFlow());

const dataFor = (model: tf.LayersModel, seed = 7) =>
  function* () {
    yield inputsFor(model, 16, seed);
    yield inputsFor(model, 16, seed + 1);
  };

const quantize = (model: tf.LayersModel, mode: Mode, more = {}) =>
  quantization.quantizePostTraining(model, {
    mode,
    representativeDataset: dataFor(model),
    ...more,
  });

const answers = (model: { predict(x: tf.Tensor): unknown }, x: tf.Tensor): Float32Array =>
  (model.predict(x) as tf.Tensor).dataSync() as Float32Array;

describe('quantizePostTraining', () => {
  it.each([1, 2, 3])('in float32 computes what the model computes (seed %i)', async (seed) => {
    const model = everyLayer(seed);
    const x = inputsFor(model, 5, seed);
    const network = await quantize(model, 'float32');
    expect(numerics.maxAbsError(answers(model, x), answers(network, x))).toBeLessThan(1e-5);
  });

  it('keeps Conv1D and global max pooling', async () => {
    const { layers } = tf;
    const series = randomize(
      tf.sequential({
        layers: [
          layers.conv1d({
            filters: 5,
            kernelSize: 3,
            strides: 2,
            inputShape: [11, 2],
            activation: 'relu',
          }),
          layers.flatten(),
          layers.dense({ units: 2 }),
        ],
      }),
      4,
    );
    const image = randomize(
      tf.sequential({
        layers: [
          layers.conv2d({ filters: 5, kernelSize: 3, dilationRate: 2, inputShape: [8, 8, 1] }),
          layers.globalMaxPooling2d({}),
          layers.dense({ units: 2, activation: 'softmax' }),
        ],
      }),
      5,
    );
    for (const model of [series, image]) {
      const x = inputsFor(model, 3, 1);
      for (const [mode, limit] of [
        ['float32', 1e-5],
        ['int8', 0.3],
      ] as const) {
        const network = await quantize(model, mode);
        expect(numerics.maxAbsError(answers(model, x), answers(network, x))).toBeLessThan(limit);
      }
    }
  });

  // Bits of the coarsest part of each mode, as decibels: some 6 dB a bit, less what the layers add up.
  it.each<[Mode, number]>([
    ['float16', 55],
    ['int16x8', 28],
    ['dynamic', 30],
    ['int8', 26],
    ['int4', 8],
  ])('in %s stays near the model: %i dB', async (mode, decibels) => {
    for (const seed of [11, 12, 13]) {
      const model = smallCnn(seed);
      const x = inputsFor(model, 40, seed + 50);
      const network = await quantize(model, mode);
      const sqnr = numerics.sqnr(answers(model, x), answers(network, x));
      expect(sqnr).toBeGreaterThan(decibels);
      expect(sqnr).toBeLessThan(Infinity);
    }
  });

  it('runs every layer in int8 and int16x8', async () => {
    const model = everyLayer(21);
    const x = inputsFor(model, 30, 22);
    for (const mode of ['int8', 'int16x8'] as const) {
      const network = await quantize(model, mode);
      const y = answers(network, x);
      expect(numerics.sqnr(answers(model, x), y)).toBeGreaterThan(20);
      const { operators, tensors } = network.graph;
      const inside = operators.filter(({ code }) => code !== 'QUANTIZE' && code !== 'DEQUANTIZE');
      for (const { output } of inside)
        expect(tensors[output]!.type).toBe(mode === 'int8' ? 'int8' : 'int16');
      const softmax = operators.find(({ code }) => code === 'SOFTMAX')!;
      expect(tensors[softmax.output]!.quantization!.scales[0]).toBe(
        mode === 'int8' ? 1 / 256 : 1 / 32768,
      );
    }
  });

  it('fuses ReLU into the operator before, and folds batch normalization away', async () => {
    const network = await quantize(smallCnn(1), 'int8');
    expect(network.graph.operators.map(({ code }) => code)).toEqual([
      'QUANTIZE',
      'CONV_2D',
      'CONV_2D',
      'RESHAPE',
      'FULLY_CONNECTED',
      'DEQUANTIZE',
    ]);
    const [, first] = network.graph.operators;
    expect(first!.options).toMatchObject({ activation: 'RELU' });
    expect(network.graph.tensors[first!.output]!.name).toBe('relu_1');
  });

  it('does not fuse an activation whose input something else reads', async () => {
    const input = tf.input({ shape: [4] });
    const dense = tf.layers.dense({ units: 3 }).apply(input) as tf.SymbolicTensor;
    const relu = tf.layers.reLU({}).apply(dense) as tf.SymbolicTensor;
    const sum = tf.layers.add().apply([dense, relu]) as tf.SymbolicTensor;
    const model = randomize(tf.model({ inputs: input, outputs: sum }), 3);
    const network = await quantize(model, 'float32');
    const x = inputsFor(model, 10, 4);
    expect(network.graph.operators.map(({ code }) => code)).toEqual([
      'FULLY_CONNECTED',
      'RELU',
      'ADD',
    ]);
    expect(numerics.maxAbsError(answers(model, x), answers(network, x))).toBeLessThan(1e-6);
  });

  it('gives tensors between which values only move one scale', async () => {
    const { graph } = await quantize(everyLayer(31), 'int8');
    const scaleOf = (name: string) =>
      graph.tensors.find((tensor) => tensor.name === name)!.quantization!.scales[0];
    expect(scaleOf('max')).toBe(scaleOf('add'));
    expect(scaleOf('concat')).toBe(scaleOf('add'));
    expect(scaleOf('pad')).toBe(scaleOf('image'));
    expect(scaleOf('logits')).not.toBe(scaleOf('softmax'));
  });

  it('keeps a kernel in float below 1,024 weights in the dynamic mode only', async () => {
    const model = tf.sequential({
      layers: [tf.layers.dense({ units: 32, inputShape: [31] }), tf.layers.dense({ units: 32 })],
    });
    const { graph } = await quantize(model, 'dynamic');
    const types = graph.operators.map(({ inputs }) => graph.tensors[inputs[1]!]!.type);
    expect(types).toEqual(['float32', 'int8']);
  });

  it('widens a scale so that the bias fits int32', async () => {
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [2] })] });
    model.setWeights([
      tf.tensor2d([
        [1e-9, 2e-9],
        [-1e-9, 1e-9],
      ]),
      tf.tensor1d([100, -0.5]),
    ]);
    const x = tf.tensor2d([[1, -1]]);
    const network = await quantize(model, 'int8', { denseGranularity: 'per-channel' });
    const y = answers(network, x);
    // A bias of half of int32's reach is not clipped.
    expect(y[0]).toBeCloseTo(100, 0);
    expect(y[1]).toBeCloseTo(-0.5, 0);
  });

  it('counts the bytes of its constants', async () => {
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [5] })] });
    const bytes = async (mode: Mode) => (await quantize(model, mode)).weightBytes;
    expect(await bytes('float32')).toBe(15 * 4 + 3 * 4);
    expect(await bytes('float16')).toBe(15 * 2 + 3 * 2);
    expect(await bytes('int8')).toBe(15 + 3 * 4);
    expect(await bytes('int16x8')).toBe(15 + 3 * 8);
    expect(await bytes('int4')).toBe(8 + 3 * 4);
  });

  it('leaves the model as it was, and no tensor behind', async () => {
    const model = smallCnn(41);
    const before = model.getWeights().map((tensor) => Array.from(tensor.dataSync()));
    const names = model.layers.map(({ name }) => name);
    await quantize(model, 'int8');
    const { numTensors } = tf.memory();
    for (const mode of ['float32', 'dynamic', 'float16', 'int8', 'int16x8', 'int4'] as const) {
      await quantize(model, mode);
    }
    expect(tf.memory().numTensors).toBe(numTensors);
    expect(model.getWeights().map((tensor) => Array.from(tensor.dataSync()))).toEqual(before);
    expect(model.layers.map(({ name }) => name)).toEqual(names);
  });

  describe('refuses', () => {
    const dense = () =>
      tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [3], name: 'd' })] });
    const code = (promise: Promise<unknown>) =>
      promise.then(
        () => 'no error',
        (error: unknown) => (error as { code?: string }).code,
      );

    it('a mode that is none', async () => {
      expect(await code(quantize(dense(), 'int2' as never))).toBe('mode-unknown');
      expect(await code(quantization.quantizePostTraining(dense(), undefined as never))).toBe(
        'mode-unknown',
      );
    });

    it('int8 without data, with empty or constant data, and with data of another shape', async () => {
      const model = dense();
      const withData = (representativeDataset: unknown) =>
        code(quantize(model, 'int8', { representativeDataset }));
      expect(await withData(undefined)).toBe('dataset-missing');
      expect(await withData(() => [])).toBe('dataset-empty');
      expect(await withData(() => [tf.zeros([4, 3])])).toBe('dataset-constant');
      expect(await withData(() => [tf.zeros([4, 5])])).toBe('sample-wrong-shape');
      expect(await withData(() => [tf.tensor2d([[1, NaN, 3]])])).toBe('sample-not-finite');
    });

    it('a layer that TFLite has no operator for, by name', async () => {
      const model = tf.sequential({
        layers: [tf.layers.dense({ units: 4, inputShape: [3] }), tf.layers.elu({ name: 'bend' })],
      });
      await expect(quantize(model, 'int8')).rejects.toThrow(/bend \(ELU\).*ReLU/s);
      const separable = tf.sequential({
        layers: [
          tf.layers.separableConv2d({
            filters: 2,
            kernelSize: 3,
            inputShape: [5, 5, 1],
            name: 's',
          }),
        ],
      });
      await expect(quantize(separable, 'float16')).rejects.toThrow(
        /s \(SeparableConv2D\).*DepthwiseConv2D/s,
      );
    });

    it('weights that are not numbers, naming the layer', async () => {
      const model = dense();
      model.setWeights([tf.fill([3, 2], NaN), tf.zeros([2])]);
      await expect(quantize(model, 'int8')).rejects.toThrow(/layer d holds NaN in kernel/);
    });

    it('a model that is unbuilt, or no model', async () => {
      const unbuilt = tf.sequential();
      expect(await code(quantize(unbuilt, 'float32'))).toBe('model-not-built');
      expect(await code(quantization.quantizePostTraining({} as never, { mode: 'float32' }))).toBe(
        'model-not-a-model',
      );
    });

    it('an input whose size is not known', async () => {
      const model = tf.sequential({
        layers: [
          tf.layers.conv2d({ filters: 1, kernelSize: 1, inputShape: [null, null, 1] as never }),
        ],
      });
      expect(await code(quantize(model, 'float32'))).toBe('input-shape-unknown');
    });

    it('groups where there are no kernels for them', async () => {
      expect(await code(quantize(dense(), 'int8', { granularity: { groupSize: 2 } }))).toBe(
        'groups-need-int4',
      );
    });

    it('inputs of another shape', async () => {
      const network = await quantize(dense(), 'float32');
      expect(() => network.predict(tf.zeros([2, 4]))).toThrow(/takes \[batch, 3\]; \[2, 4\] came/);
    });
  });
});
