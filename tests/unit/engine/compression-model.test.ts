import '@tensorflow/tfjs-backend-cpu';
import { clustering, compression, createRng, quantization, sparsity, tf } from 'heavy-weights';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadModel } from '../../../src/build/load-model.ts';
import { startTensorFlow } from '../../../src/build/node-tensorflow.ts';
import { layerClass } from '../../../src/engine/compression/layer-config.ts';
import { errorOf } from './compression-errors.ts';
import { everyLayer, inputsFor, randomize, smallCnn } from './random-models.ts';

const { encodeModel, decodeModel, compressionReport, compressionTotal, sizeLedger } = compression;

beforeAll(() => startTensorFlow());

const dense = (units: number, inputs: number, name = 'd'): tf.LayersModel =>
  tf.sequential({ layers: [tf.layers.dense({ units, inputShape: [inputs], name })] });

/** A model with these values for its only kernel. */
function withKernel(units: number, inputs: number, value: (i: number) => number): tf.LayersModel {
  const model = dense(units, inputs);
  const kernel = Float32Array.from({ length: units * inputs }, (_, i) => value(i));
  model.setWeights([tf.tensor(kernel, [inputs, units]), tf.zeros([units])]);
  return model;
}

const bitsOf = (model: tf.LayersModel): number[][] =>
  model.layers.flatMap((layer) =>
    layer
      .getWeights()
      .map((tensor) => Array.from(new Uint32Array(tensor.dataSync().slice().buffer))),
  );

function expectSame(decoded: tf.LayersModel, model: tf.LayersModel): void {
  expect(decoded.name).toBe(model.name);
  const plain = model.layers.filter((layer) => layer.getClassName() !== 'InputLayer');
  const found = decoded.layers.filter((layer) => layer.getClassName() !== 'InputLayer');
  expect(found.map(({ name }) => name)).toEqual(plain.map(({ name }) => name));
  expect(bitsOf(decoded)).toEqual(bitsOf(model));
  const shapes = (each: tf.LayersModel): unknown => each.weights.map(({ shape }) => shape);
  expect(shapes(decoded)).toEqual(shapes(model));
}

describe('encodeModel and decodeModel', () => {
  it('give the same model back: every layer, and the same answers', () => {
    const model = everyLayer(5);
    const decoded = decodeModel(encodeModel(model));
    expectSame(decoded, model);
    const x = inputsFor(model, 3, 1);
    expect((decoded.predict(x) as tf.Tensor).dataSync()).toEqual(
      (model.predict(x) as tf.Tensor).dataSync(),
    );
  });

  it('give back layers of other kinds, several inputs, and settings', () => {
    const { layers } = tf;
    const words = tf.input({ shape: [6], dtype: 'int32', name: 'words' });
    const sound = tf.input({ shape: [6, 4], name: 'sound' });
    const embedded = layers.embedding({ inputDim: 9, outputDim: 4, name: 'embed' }).apply(words);
    const both = layers.concatenate({ name: 'both' }).apply([embedded as tf.SymbolicTensor, sound]);
    const lstm = layers.lstm({ units: 5, returnSequences: true, name: 'lstm' }).apply(both);
    const gru = layers.gru({ units: 4, name: 'gru', recurrentDropout: 0.1 }).apply(lstm);
    const out = layers
      .dense({
        units: 3,
        name: 'out',
        activation: 'gelu',
        kernelRegularizer: 'l1l2',
        kernelConstraint: tf.constraints.maxNorm({ maxValue: 0.5 }),
        trainable: false,
      })
      .apply(layers.layerNormalization({ name: 'norm' }).apply(gru));
    const outputs = [out, gru] as tf.SymbolicTensor[];
    const model = randomize(tf.model({ inputs: [words, sound], outputs }), 3);
    const decoded = decodeModel(encodeModel(model));
    // A constraint would have changed weights that are set in the usual way.
    expectSame(decoded, model);
    expect(decoded.inputs.map(({ dtype }, i) => [decoded.inputNames[i], dtype])).toEqual([
      ['words', 'int32'],
      ['sound', 'float32'],
    ]);
    const last = decoded.getLayer('out');
    const { kernelRegularizer, kernelConstraint, activation, trainable } = last.getConfig();
    expect({ kernelRegularizer, kernelConstraint, activation, trainable }).toEqual({
      kernelRegularizer: { className: 'L1L2', config: { l1: 0.01, l2: 0.01 } },
      kernelConstraint: { className: 'MaxNorm', config: { maxValue: 0.5, axis: 0 } },
      activation: 'gelu',
      trainable: false,
    });
    const x = [tf.ones([2, 6], 'int32'), tf.randomNormal([2, 6, 4], 0, 1, 'float32', 1)];
    const answers = (each: tf.LayersModel): unknown =>
      (each.predict(x) as tf.Tensor[]).map((tensor) => tensor.dataSync());
    expect(answers(decoded)).toEqual(answers(model));
  });

  it('can be trained on, encoded again to the same bytes, and leave no tensors behind', async () => {
    const model = smallCnn(7);
    const before = tf.memory().numTensors;
    const bytes = encodeModel(model);
    expect(tf.memory().numTensors).toBe(before);
    const decoded = decodeModel(bytes);
    expect(encodeModel(decoded)).toEqual(bytes);
    expect(encodeModel(model)).toEqual(bytes);
    expect(tf.memory().numTensors).toBe(before + model.weights.length);
    decoded.compile({ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError' });
    await decoded.trainOnBatch(inputsFor(model, 4, 1), tf.zeros([4, 3]));
    expect(bitsOf(decoded)).not.toEqual(bitsOf(model));
    expect(decoded.getLayer('conv_1').weights[0]!.originalName).toBe('conv_1/kernel');
    // What guarded the layers while they were built is gone.
    for (const layer of decoded.layers) expect(Object.hasOwn(layer, 'addWeight')).toBe(false);
  });

  it('gives −0 and subnormal numbers back bit for bit', () => {
    const model = withKernel(4, 4, (i) => [-0, 0, 2 ** -149, -(2 ** -140), 0, 0, 3, 0][i % 8]!);
    expectSame(decodeModel(encodeModel(model)), model);
    const many = withKernel(40, 40, (i) => (i % 3 === 0 ? -0 : i % 2) as number);
    expectSame(decodeModel(encodeModel(many)), many);
  });

  const cases: [method: compression.TensorMethod, value: (i: number) => number][] = [
    ['float32', (i) => Math.sin(i + 1) * Math.sqrt(i + 2)],
    ['clustered', (i) => Math.round(8 * Math.sin(i + 0.5)) || 1],
    ['sparse', (i) => (i % 9 === 0 ? Math.sin(i + 1) : 0)],
    ['sparse-clustered', (i) => (i % 9 === 0 ? 1 + (i % 4) : 0)],
    // A gap of 2,000 zeros in the midst and at the end.
    ['sparse-clustered', (i) => (i < 4 || i === 2004 ? 5 : 0)],
    ['sparse-clustered', () => 0],
  ];
  it.each(cases)('stores a kernel as %s where that is shortest', (method, value) => {
    const model = withKernel(70, 70, value);
    const bytes = encodeModel(model);
    expect(compressionReport(bytes)[0]!.method).toBe(method);
    expectSame(decodeModel(bytes), model);
    const fixed = encodeModel(model, { huffman: false });
    expectSame(decodeModel(fixed), model);
    expect(bytes.length).toBeLessThanOrEqual(fixed.length);
    for (let indexBits = 2; indexBits <= 8; indexBits++) {
      const some = encodeModel(model, { indexBits });
      expectSame(decodeModel(some), model);
      expect(bytes.length).toBeLessThanOrEqual(some.length);
    }
  });

  it('is hardly longer than the weights where nothing can be gained', async () => {
    const model = await loadModel('lenet-300-100');
    const bytes = encodeModel(model);
    expect(bytes.length).toBeGreaterThan(4 * model.countParams());
    expect(bytes.length).toBeLessThan(4 * model.countParams() + 700);
    expectSame(decodeModel(bytes), model);
  });

  it.each([
    ['pruning', () => sparsity.pruneLowMagnitude(smallCnn(1)), 'stripPruning'],
    [
      'clustering',
      () => clustering.clusterWeights(smallCnn(1), { numberOfClusters: 4 }),
      'stripClustering',
    ],
    ['quantization', () => quantization.quantizeModel(smallCnn(1)), 'convertQuantizedModel'],
  ])('names the strip for a model wrapped for %s', (_, make, remedy) => {
    const error = errorOf(() => encodeModel(make()));
    expect(error.code).toBe('layer-unsupported');
    expect(error.hint).toContain(remedy);
  });

  it('knows every class that it says it knows', () => {
    // One list in the code: TensorFlow.js must have them all.
    const names = `Activation Add AlphaDropout Average AveragePooling1D CategoryEncoding CenterCrop Conv3DTranspose
      Cropping2D Dot GRU GaussianNoise GlobalMaxPooling1D Masking PReLU Permute RepeatVector Rescaling Resizing
      SimpleRNN SpatialDropout1D ThresholdedReLU UpSampling2D`;
    for (const name of names.split(/\s+/)) expect(layerClass(name)!.className).toBe(name);
    expect(layerClass('TimeDistributed')).toBeUndefined();
    expect(layerClass('RNN')).toBeUndefined();
    expect(layerClass('hasOwnProperty')).toBeUndefined();
  });

  it('refuses what it cannot give back', () => {
    class Dense extends tf.layers.Layer {
      static className = 'Dense';
      override call(x: tf.Tensor[]): tf.Tensor {
        return x[0]!.clone();
      }
    }
    const foreign = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
    foreign.add(new Dense({ name: 'mine' } as never));
    expect(errorOf(() => encodeModel(foreign)).explain).toContain('mine (Dense)');
    const around = tf.sequential({
      layers: [
        tf.layers.timeDistributed({ layer: tf.layers.dense({ units: 1 }), inputShape: [2, 2] }),
      ],
    });
    expect(errorOf(() => encodeModel(around)).code).toBe('layer-unsupported');
    const nan = withKernel(2, 2, (i) => (i === 3 ? NaN : 1));
    expect(errorOf(() => encodeModel(nan)).code).toBe('weights-not-finite');
    const masked = tf.sequential({
      layers: [tf.layers.masking({ maskValue: Infinity, inputShape: [2, 2], name: 'm' })],
    });
    const error = errorOf(() => encodeModel(masked));
    expect(error.code).toBe('layer-config-unsupported');
    expect(error.explain).toContain('maskValue is Infinity');
    const model = dense(1, 1);
    expect(errorOf(() => encodeModel(model, { huffman: 1 as never })).code).toBe(
      'option-not-boolean',
    );
    for (const indexBits of [1, 9, 2.5, '4']) {
      const { code } = errorOf(() => encodeModel(model, { indexBits: indexBits as number }));
      expect(code).toBe('not-an-integer-in-range');
    }
    expect(errorOf(() => encodeModel({} as never)).code).toBe('model-not-a-model');
    expect(errorOf(() => encodeModel(tf.sequential())).code).toBe('model-not-built');
  });
});

describe('compressionReport', () => {
  const model = () => {
    const rng = createRng(12);
    const made = tf.sequential({
      layers: [
        tf.layers.dense({ units: 60, inputShape: [100], name: 'pruned' }),
        tf.layers.dense({ units: 20, name: 'clustered' }),
        tf.layers.dense({ units: 7, name: 'plain' }),
      ],
    });
    const set = (name: string, value: () => number): void => {
      const layer = made.getLayer(name);
      const [kernel, bias] = layer.getWeights();
      const values = Float32Array.from({ length: kernel!.size }, value);
      layer.setWeights([tf.tensor(values, kernel!.shape), bias!]);
    };
    set('pruned', () => (rng.uniform() < 0.1 ? Math.round(rng.normal(0, 3)) / 8 : 0));
    set('clustered', () => Math.round(rng.normal(0, 3)) / 8 + 1 / 16);
    set('plain', () => rng.normal());
    return made;
  };

  it('counts the bytes that are in the file', () => {
    const bytes = encodeModel(model());
    const rows = compressionReport(bytes);
    expect(rows.map(({ layer, method }) => [layer, method])).toEqual([
      ['pruned', 'sparse-clustered'],
      ['clustered', 'clustered'],
      ['plain', 'float32'],
    ]);
    expect(compressionReport(model())).toEqual(rows);
    const [pruned, clustered, plain] = rows;
    expect(plain).toMatchObject({ weightBits: 32, indexBits: 0, codebook: 0, bytesHuffman: 561 });
    expect(clustered).toMatchObject({ kept: 1, indexBits: 0, entries: 1200 });
    // Method, length and values of the codebook, way of writing, numbers.
    const width = Math.ceil(Math.log2(clustered!.codebook));
    expect(clustered!.weightBits).toBe(width);
    expect(clustered!.bytesFixed).toBe(3 + 4 * clustered!.codebook + (1200 * width) / 8);
    expect(pruned!.weights).toBe(6000);
    expect(pruned!.entries).toBe(Math.round(pruned!.kept * 6000) + pruned!.fillers);
    expect(pruned!.bytesHuffman).toBeLessThan(pruned!.bytesFixed);
    for (const row of rows) {
      expect(row.shareHuffman).toBe(row.bytesHuffman / (4 * row.weights));
      expect(row.shareFixed).toBe(row.bytesFixed / (4 * row.weights));
    }
    // What is left of the file are topology, shapes and biases.
    const rest = bytes.length - compressionTotal(rows).bytesHuffman;
    expect(rest).toBeGreaterThan(0);
    expect(rest).toBeLessThan(600);
  });

  it('counts fillers apart from what is kept', () => {
    const [row] = compressionReport(withKernel(70, 70, (i) => (i < 4 || i === 2004 ? 5 : 0)));
    expect(row!.kept).toBe(5 / 4900);
    expect(row!.fillers).toBeGreaterThan(10);
    expect(row!.entries).toBe(5 + row!.fillers);
    expect(row!.codebook).toBe(2);
  });

  it('holds the report of the fixed widths to the best of them', () => {
    const kernel = model();
    const [row] = compressionReport(kernel);
    const fixed = [2, 3, 4, 5, 6, 7, 8].map(
      (indexBits) => encodeModel(kernel, { huffman: false, indexBits }).length,
    );
    const best = 2 + fixed.indexOf(Math.min(...fixed));
    expect(row!.indexBits).toBe(best);
  });

  it('sees averages of words between entropy and fixed width', () => {
    const rows = compressionReport(model());
    for (const { method, weightBits, weightBitsHuffman, indexBitsHuffman } of rows) {
      if (method === 'float32') continue;
      expect(weightBitsHuffman).toBeLessThanOrEqual(weightBits);
      expect(weightBitsHuffman).toBeGreaterThan(1);
      if (method === 'sparse-clustered') expect(indexBitsHuffman).toBeGreaterThan(1);
    }
    const kernel = model().getLayer('clustered').getWeights()[0]!.dataSync();
    const counts = new Map<number, number>();
    for (const value of kernel) counts.set(value, (counts.get(value) ?? 0) + 1);
    const entropy = compression.entropyBits([...counts.values()]);
    expect(rows[1]!.weightBitsHuffman).toBeGreaterThanOrEqual(entropy);
    expect(rows[1]!.weightBitsHuffman).toBeLessThan(entropy + 0.1);
  });

  it('adds up', () => {
    const rows = compressionReport(model());
    const total = compressionTotal(rows);
    expect(total.weights).toBe(6000 + 1200 + 140);
    expect(total.bytesFixed).toBe(rows.reduce((sum, row) => sum + row.bytesFixed, 0));
    expect(total.kept).toBeCloseTo((rows[0]!.kept * 6000 + 1200 + 140) / 7340, 12);
    const bits = rows.reduce((sum, row) => sum + row.weightBits * row.entries, 0);
    expect(total.weightBits).toBeCloseTo(bits / total.entries, 12);
    expect(total.method).toBe('sparse-clustered');
    expect(compressionTotal([rows[1]!])).toEqual({ ...rows[1], layer: 'total' });
    expect(errorOf(() => compressionTotal([])).code).toBe('not-an-integer-in-range');
  });

  it('tells several kernels of a layer apart, and refuses what is no file', () => {
    const separable = tf.sequential({
      layers: [
        tf.layers.separableConv2d({ filters: 2, kernelSize: 2, inputShape: [4, 4, 3], name: 's' }),
      ],
    });
    expect(compressionReport(separable).map(({ layer }) => layer)).toEqual([
      's/depthwise_kernel',
      's/pointwise_kernel',
    ]);
    expect(errorOf(() => compressionReport(Uint8Array.of(1, 2))).code).toBe('compressed-not-ours');
  });
});

describe('sizeLedger', () => {
  const byName = (rows: compression.LedgerRow[]): Record<string, compression.LedgerRow> =>
    Object.fromEntries(rows.map((row) => [row.name, row]));

  it('measures what each way takes', () => {
    const rng = createRng(5);
    const model = withKernel(50, 40, () =>
      rng.uniform() < 0.1 ? Math.round(rng.normal(0, 4)) / 4 || 1 : 0,
    );
    const rows = byName(sizeLedger(model));
    expect(Object.keys(rows)).toEqual([
      'float32',
      'int8',
      'int4',
      'sparse',
      'clustered',
      'huffman',
      'compressed',
      'gzip',
    ]);
    expect(rows['float32']).toMatchObject({ bytes: 8200, ratio: 1, lossless: true });
    // Kernel, one scale for each of 50 units, 50 biases.
    expect(rows['int8']).toMatchObject({ bytes: 2000 + 200 + 200, lossless: false });
    expect(rows['int4']).toMatchObject({ bytes: 1000 + 200 + 200, lossless: false });
    expect(rows['gzip']!.bytes).toBe(rows['float32']!.gzipBytes);
    for (const { bytes, ratio, note } of Object.values(rows)) {
      expect(ratio).toBe(8200 / bytes);
      expect(note.length).toBeGreaterThan(10);
    }
    // Zeros take room until something codes them.
    const { float32, sparse, clustered, huffman, compressed } = rows as Required<typeof rows>;
    expect(sparse!.bytes).toBeLessThan(float32!.bytes / 5);
    expect(clustered!.bytes).toBeLessThan(float32!.bytes / 4);
    expect(huffman!.bytes).toBeLessThan(clustered!.bytes);
    expect(compressed!.bytes).toBeLessThan(huffman!.bytes);
    expect(float32!.gzipBytes).toBeLessThan(float32!.bytes / 5);
    expect(encodeModel(model).length).toBeGreaterThan(compressed!.bytes);
    expect(encodeModel(model).length).toBeLessThan(compressed!.bytes + 400);
  });

  it('gives depthwise kernels a scale for each channel', () => {
    const model = tf.sequential({
      layers: [
        tf.layers.depthwiseConv2d({
          kernelSize: 3,
          depthMultiplier: 2,
          inputShape: [5, 5, 4],
          useBias: false,
        }),
      ],
    });
    const rows = byName(sizeLedger(randomize(model, 2)));
    expect(rows['int8']!.bytes).toBe(72 + 4 * 8);
    expect(rows['int4']!.bytes).toBe(36 + 4 * 8);
  });

  it('shows that a model which was not stripped is larger', () => {
    const model = smallCnn(2);
    const wrapped = sparsity.pruneLowMagnitude(model);
    const bytes = (each: tf.LayersModel): number => sizeLedger(each)[0]!.bytes;
    expect(bytes(wrapped)).toBeGreaterThan(1.8 * bytes(model));
    expect(bytes(sparsity.stripPruning(wrapped))).toBe(bytes(model));
  });

  it('measures a file', () => {
    const bytes = new TextEncoder().encode('heavy weights '.repeat(40));
    const rows = byName(sizeLedger(bytes));
    expect(Object.keys(rows)).toEqual(['raw', 'huffman', 'gzip']);
    expect(rows['raw']!.bytes).toBe(560);
    expect(rows['huffman']!.bytes).toBe(compression.encodeHuffman(bytes).bytes.length);
    expect(rows['gzip']!.bytes).toBeLessThan(60);
    expect(rows['huffman']!.ratio).toBe(560 / rows['huffman']!.bytes);
    expect(errorOf(() => sizeLedger(new Uint8Array(0))).code).toBe('array-empty');
    expect(errorOf(() => sizeLedger('file.tflite' as never)).code).toBe('model-not-a-model');
    const nan = withKernel(2, 2, () => NaN);
    expect(errorOf(() => sizeLedger(nan)).code).toBe('weights-not-finite');
  });

  it('leaves no tensors behind', () => {
    const model = smallCnn(3);
    const before = tf.memory().numTensors;
    sizeLedger(model);
    compressionReport(model);
    expect(tf.memory().numTensors).toBe(before);
  });
});
