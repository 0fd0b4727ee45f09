import '@tensorflow/tfjs-backend-cpu';
import { clustering, createRng, quantization, sparsity, tf } from 'heavy-weights';
import { describe, expect, it } from 'vitest';
import { loadModel, saveModel } from '../../../src/engine/keras/index.ts';
import { Subtract } from '../../../src/engine/keras/subtract.ts';
import { readZip } from '../../../src/engine/keras/zip/read-zip.ts';
import { inLibrary, open } from './keras-files.ts';
import { everyLayer, inputsFor, randomize, smallCnn } from './random-models.ts';

const { layers } = tf;
const apply = (layer: tf.layers.Layer, ...inputs: tf.SymbolicTensor[]): tf.SymbolicTensor =>
  layer.apply(inputs.length === 1 ? inputs[0]! : inputs) as tf.SymbolicTensor;

/** Layers that random-models.ts has not. */
function otherLayers(): tf.LayersModel {
  const a = tf.input({ shape: [8, 6, 4], name: 'a' });
  let x = apply(
    layers.separableConv2d({
      filters: 5,
      kernelSize: 3,
      depthMultiplier: 2,
      dilationRate: 2,
      padding: 'same',
      depthwiseConstraint: tf.constraints.maxNorm({ maxValue: 3, axis: 0 }),
    }),
    a,
  );
  x = apply(layers.leakyReLU({ alpha: 0.1 }), x);
  const y = apply(layers.prelu({ sharedAxes: [1, 2] }), x);
  x = apply(layers.maximum(), x, y);
  x = apply(layers.average(), x, y);
  x = apply(layers.multiply(), x, y);
  x = apply(new Subtract({ name: 'minus' }), x, y);
  x = apply(layers.upSampling2d({ size: [2, 3], interpolation: 'bilinear' }), x);
  x = apply(
    layers.cropping2D({
      cropping: [
        [1, 2],
        [0, 3],
      ],
    }),
    x,
  );
  x = apply(layers.conv2dTranspose({ filters: 3, kernelSize: 2, strides: 2 }), x);
  x = apply(layers.elu({}), x);
  x = apply(layers.permute({ dims: [2, 1, 3] }), x);
  x = apply(
    layers.spatialDropout1d({ rate: 0.1, seed: 3 }),
    apply(layers.reshape({ targetShape: [-1, 6] }), x),
  );
  x = apply(
    layers.conv1d({
      filters: 4,
      kernelSize: 5,
      strides: 4,
      kernelRegularizer: tf.regularizers.l2({ l2: 0.01 }),
      activation: 'swish',
    }),
    x,
  );
  x = apply(layers.maxPooling1d({ poolSize: 2 }), x);
  x = apply(layers.averagePooling1d({ poolSize: 3, strides: 2, padding: 'same' }), x);
  x = apply(layers.gaussianNoise({ stddev: 0.1 }), x);
  x = apply(layers.gaussianDropout({ rate: 0.2 }), x);
  x = apply(layers.layerNormalization({ axis: -1 }), x);
  x = apply(
    layers.bidirectional({
      layer: layers.lstm({
        units: 3,
        returnSequences: true,
        recurrentActivation: 'sigmoid',
      }) as never,
      mergeMode: 'concat',
    }),
    x,
  );
  x = apply(layers.timeDistributed({ layer: layers.dense({ units: 4, activation: 'gelu' }) }), x);
  x = apply(layers.gru({ units: 3, returnSequences: true, recurrentActivation: 'sigmoid' }), x);
  const last = apply(layers.simpleRNN({ units: 2 }), x);
  const all = apply(layers.globalMaxPooling1d({}), x);
  x = apply(layers.concatenate({ axis: -1 }), last, all);
  x = apply(layers.softmax({ axis: -1 }), apply(layers.activation({ activation: 'selu' }), x));
  return tf.model({ inputs: a, outputs: x, name: 'others' });
}

/** A layer and a model called twice, models in models, two inputs and two outputs. */
function branched(): tf.LayersModel {
  const inner = tf.sequential({
    name: 'inner',
    layers: [
      layers.dense({ units: 4, inputShape: [4], name: 'dense' }),
      layers.batchNormalization({ name: 'norm' }),
    ],
  });
  const around = tf.input({ shape: [4] });
  const nested = tf.model({
    inputs: around,
    outputs: apply(layers.dense({ units: 4, name: 'dense' }), apply(inner, around)),
    name: 'nested',
  });
  const shared = layers.dense({ units: 4, name: 'dense_shared' });
  const a = tf.input({ shape: [4], name: 'a' });
  const b = tf.input({ shape: [4], name: 'b' });
  const x = apply(nested, apply(shared, a));
  const y = apply(nested, apply(shared, b));
  const z = apply(shared, y);
  return tf.model({
    inputs: [a, b],
    outputs: [apply(layers.add({ name: 'sum' }), x, y), z],
    name: 'branched',
  });
}

function embedding(): tf.LayersModel {
  return tf.sequential({
    name: 'words',
    layers: [
      layers.embedding({ inputDim: 20, outputDim: 3, inputLength: 6, name: 'embedding' }),
      layers.lstm({ units: 4, name: 'lstm', unitForgetBias: true, recurrentActivation: 'sigmoid' }),
      layers.dropout({ rate: 0.4, seed: 7, name: 'dropout' }),
      layers.dense({ units: 2, name: 'dense', trainable: false }),
    ],
  });
}

/** Half of its weights are zero. */
function prunedHalf(): tf.LayersModel {
  const model = smallCnn(11);
  for (const layer of model.layers) {
    const weights = layer.getWeights().map((weight) => {
      const values = weight.dataSync().map((value, i) => (weight.rank > 1 && i % 2 ? 0 : value));
      return tf.tensor(values, weight.shape);
    });
    layer.setWeights(weights);
  }
  return sparsity.stripPruning(sparsity.pruneLowMagnitude(model));
}
const clustered = (): tf.LayersModel =>
  clustering.clusterWeights(smallCnn(12), { numberOfClusters: 4 });
const MODELS: Record<string, () => tf.LayersModel> = {
  'every layer that can be quantized': () => everyLayer(1),
  'a Sequential network': () => smallCnn(2),
  'other layers': () => randomize(otherLayers(), 3),
  'shared layers and models in models': () => randomize(branched(), 4),
  words: () => randomize(embedding(), 5),
  'a network trained quantized': () => quantization.quantizeModel(everyLayer(6)),
  'one quantized to 4 bits whose clusters are kept': () =>
    quantization.quantizeModel(clustering.stripClustering(clustered()), {
      weightBits: 4,
      preserveClusters: true,
    }),
  'a pruned network': () => sparsity.pruneLowMagnitude(smallCnn(8)),
  'one pruned by a schedule': () =>
    sparsity.pruneLowMagnitude(smallCnn(9), {
      pruningSchedule: new sparsity.PolynomialDecay({
        initialSparsity: 0.2,
        finalSparsity: 0.8,
        beginStep: 0,
        endStep: 100,
      }),
    }),
  'a network stripped of its pruning': prunedHalf,
  'a clustered network': clustered,
  'one clustered by channel, its zeros kept': () =>
    clustering.clusterWeights(prunedHalf(), {
      numberOfClusters: 4,
      clusterPerChannel: true,
      preserveSparsity: true,
    }),
  'a network stripped of its clusters': () => clustering.stripClustering(clustered()),
};

function examples(model: tf.LayersModel): tf.Tensor[] {
  const rng = createRng(21);
  return model.inputs.map(({ shape, name }) => {
    const sizes = [3, ...shape.slice(1).map((size) => size ?? 6)];
    const count = sizes.reduce((a, b) => a * b, 1);
    const values = name.startsWith('embedding')
      ? Array.from(rng.floats(count, 0, 20), Math.floor)
      : rng.floats(count, -1, 1);
    return tf.tensor(values, sizes);
  });
}

function answers(model: tf.LayersModel, inputs: tf.Tensor[]): number[][] {
  const found = model.predict(inputs.length === 1 ? inputs[0]! : inputs);
  return [found].flat().map((tensor) => Array.from(tensor.dataSync()));
}

function weightsOf(model: tf.LayersModel): Map<string, unknown> {
  const entries = model.layers.map(({ name }, i): [string, unknown] => [
    name,
    model.layers[i]!.getWeights().map((tensor) => [tensor.shape, tensor.dtype, tensor.dataSync()]),
  ]);
  return new Map(entries);
}

describe.each(Object.entries(MODELS))('%s', (_, make) => {
  it.each(['x.h5', 'x.keras'])('comes back the same from %s', async (name) => {
    const model = make();
    const inputs = examples(model);
    const expected = answers(model, inputs);
    const bytes = await saveModel(model, name);
    const before = tf.memory().numTensors;
    const loaded = await loadModel(bytes);
    expect(tf.memory().numTensors - before).toBe(loaded.weights.length);
    expect(loaded.name).toBe(model.name);
    expect(loaded.constructor).toBe(model.constructor);
    expect(weightsOf(loaded)).toEqual(weightsOf(model));
    expect(answers(loaded, inputs)).toEqual(expected);
    expect(loaded.layers.map((layer) => layer.trainable)).toEqual(
      model.layers.map((layer) => layer.trainable),
    );
    // The same bytes again: nothing of the configuration was lost on the way.
    expect(await saveModel(loaded, name)).toEqual(bytes);
    loaded.dispose();
  });
});

describe('training goes on after loading', () => {
  it.each(['x.h5', 'x.keras'])('of a pruned network, at its step, from %s', async (name) => {
    const train = async (model: tf.LayersModel): Promise<void> => {
      model.compile({ optimizer: tf.train.sgd(0.01), loss: 'meanSquaredError' });
      await model.fit(inputsFor(model, 8, 1), tf.ones([8, 3]), {
        batchSize: 4,
        epochs: 1,
        shuffle: false,
        verbose: 0,
        callbacks: [new sparsity.UpdatePruningStep()],
      });
    };
    const model = sparsity.pruneLowMagnitude(smallCnn(9), {
      pruningSchedule: new sparsity.ConstantSparsity({
        targetSparsity: 0.5,
        beginStep: 0,
        frequency: 1,
      }),
    });
    await train(model);
    const loaded = await loadModel(await saveModel(model, name));
    expect(weightsOf(loaded)).toEqual(weightsOf(model));
    await train(model);
    await train(loaded);
    expect(weightsOf(loaded)).toEqual(weightsOf(model));
  });

  it.each(['x.h5', 'x.keras'])('of a network trained quantized, from %s', async (name) => {
    const train = (model: tf.LayersModel): Promise<unknown> => {
      model.compile({ optimizer: tf.train.sgd(0.01), loss: 'meanSquaredError' });
      return model.fit(inputsFor(model, 8, 1), tf.ones([8, 3]), {
        epochs: 1,
        shuffle: false,
        verbose: 0,
      });
    };
    const model = quantization.quantizeModel(smallCnn(9));
    await train(model);
    const x = inputsFor(model, 2, 3);
    const loaded = await loadModel(await saveModel(model, name));
    // The ranges of the weights are those of the step before, not what the weights would give now.
    expect(weightsOf(loaded)).toEqual(weightsOf(model));
    expect(answers(loaded, [x])).toEqual(answers(model, [x]));
    await train(model);
    await train(loaded);
    expect(weightsOf(loaded)).toEqual(weightsOf(model));
  });
});

describe('saveModel', () => {
  it('writes the same bytes each time, and leaves the model as it is', async () => {
    const model = smallCnn(2);
    const before = weightsOf(model);
    const tensors = tf.memory().numTensors;
    const first = await saveModel(model, 'A.H5');
    expect(await saveModel(model, 'b.hdf5')).toEqual(first);
    expect(await saveModel(model, 'a.keras')).toEqual(await saveModel(model, 'b.keras'));
    expect(tf.memory().numTensors).toBe(tensors);
    expect(weightsOf(model)).toEqual(before);
  });

  it('lays a .h5 file out as Keras 2 does', async () => {
    const bytes = await saveModel(smallCnn(2), 'a.h5');
    await inLibrary(bytes, (file) => {
      expect(Object.keys(file.attrs).sort()).toEqual(['backend', 'keras_version', 'model_config']);
      const get = (path: string): { attrs: Record<string, { value: unknown }>; shape: number[] } =>
        file.get(path) as never;
      expect(get('model_weights').attrs['layer_names']!.value).toEqual([
        'conv_1',
        'norm_1',
        'relu_1',
        'conv_2',
        'flatten',
        'logits',
      ]);
      expect(get('model_weights').attrs['backend']!.value).toBe('tensorflow');
      expect(get('model_weights/norm_1').attrs['weight_names']!.value).toEqual([
        'norm_1/gamma:0',
        'norm_1/beta:0',
        'norm_1/moving_mean:0',
        'norm_1/moving_variance:0',
      ]);
      expect(get('model_weights/conv_2/conv_2/kernel:0').shape).toEqual([3, 3, 4, 6]);
      const config = JSON.parse(file.attrs['model_config']!.value as string);
      expect(config.class_name).toBe('Sequential');
      expect(config.config.layers[0]).toEqual({
        class_name: 'InputLayer',
        config: {
          batch_input_shape: [null, 8, 8, 1],
          dtype: 'float32',
          sparse: false,
          ragged: false,
          name: 'conv_1_input',
        },
      });
      expect(config.config.layers[4]).toEqual({
        class_name: 'Conv2D',
        config: {
          name: 'conv_2',
          trainable: true,
          dtype: 'float32',
          filters: 6,
          kernel_size: [3, 3],
          strides: [1, 1],
          padding: 'valid',
          data_format: 'channels_last',
          dilation_rate: [1, 1],
          activation: 'relu',
          use_bias: true,
          bias_initializer: { class_name: 'Zeros', config: {} },
          bias_regularizer: null,
          bias_constraint: null,
          activity_regularizer: null,
          kernel_initializer: {
            class_name: 'VarianceScaling',
            config: { scale: 1, mode: 'fan_avg', distribution: 'truncated_normal', seed: null },
          },
          kernel_regularizer: null,
          kernel_constraint: null,
        },
      });
    });
  });

  it('tells Keras what it would otherwise take to be otherwise', async () => {
    const model = tf.sequential({
      name: 'net',
      layers: [
        layers.gru({ units: 2, inputShape: [3, 1], recurrentActivation: 'sigmoid', name: 'a/gru' }),
        layers.dropout({ rate: 0.5, seed: 9, name: 'drop' }),
        layers.leakyReLU({ alpha: 0.25, name: 'leaky' }),
      ],
    });
    const h5 = open(await saveModel(model, 'a.h5'));
    const keras2 = JSON.parse(h5.texts('model_config')![0]!);
    const [, gru2, , leaky2] = keras2.config.layers;
    expect(gru2.config.reset_after).toBe(false);
    expect(leaky2.config.alpha).toBe(0.25);
    expect(h5.find('model_weights/a/gru')!.texts('weight_names')).toEqual([
      'a/gru/gru_cell/kernel:0',
      'a/gru/gru_cell/recurrent_kernel:0',
      'a/gru/gru_cell/bias:0',
    ]);
    const files = readZip(await saveModel(model, 'a.keras'));
    const keras3 = JSON.parse(new TextDecoder().decode(files.get('config.json')!(1e6)));
    const [, gru3, drop3, leaky3] = keras3.config.layers;
    expect(gru3.config).toMatchObject({ reset_after: false });
    expect(gru3.config).not.toHaveProperty('implementation');
    expect(gru3.build_config).toEqual({ input_shape: [null, 3, 1] });
    expect(drop3.module).toBe('keras.layers');
    expect(leaky3.config.negative_slope).toBe(0.25);
    const weights = open(files.get('model.weights.h5')!(1e6));
    const seed = weights.find('layers/dropout/seed_generator/vars/0')!.dataset();
    expect([...seed.floats()]).toEqual([9, 0]);
    expect(weights.find('layers/gru/cell/seed_generator/vars/0')).toBeDefined();
    expect(weights.find('layers/gru/cell/vars')!.names).toEqual(['0', '1', '2']);
    expect((await loadModel(await saveModel(model, 'a.h5'))).layers[0]!.name).toBe('a/gru');
  });

  it('says whose the layers of this engine are', async () => {
    const model = sparsity.pruneLowMagnitude(smallCnn(8));
    const files = readZip(await saveModel(model, 'a.keras'));
    const config = JSON.parse(new TextDecoder().decode(files.get('config.json')!(1e6)));
    expect(config.config.layers[1]).toMatchObject({
      module: 'heavy_weights',
      class_name: 'PruneLowMagnitude',
      registered_name: 'heavy_weights>PruneLowMagnitude',
      config: {
        block_size: [1, 1],
        block_pooling_type: 'AVG',
        pruning_schedule: { class_name: 'ConstantSparsity' },
        layer: { class_name: 'Conv2D', module: 'keras.layers' },
      },
    });
  });

  it.each(['model.tflite', 'h5', '', undefined as unknown as string])(
    'refuses the name %j',
    async (name) => {
      await expect(saveModel(smallCnn(1), name)).rejects.toMatchObject({
        code: 'keras-name-unknown',
      });
    },
  );

  it('refuses layers that Keras has not, by name', async () => {
    class Own extends tf.layers.Layer {
      static className = 'Own';
      override call(x: tf.Tensor): tf.Tensor {
        return x;
      }
    }
    tf.serialization.registerClass(Own as never);
    const model = tf.sequential({
      layers: [layers.dense({ units: 1, inputShape: [1] }), new Own({ name: 'mine' })],
    });
    await expect(saveModel(model, 'a.h5')).rejects.toMatchObject({
      code: 'keras-layer-unsupported',
      explain: 'The layer mine is of the class Own, which cannot be saved for Keras.',
    });
  });

  it('refuses hard_sigmoid for Keras 3, where it is another function', async () => {
    const model = tf.sequential({
      layers: [
        layers.dense({ units: 1, inputShape: [1], activation: 'hardSigmoid', name: 'gate' }),
      ],
    });
    await expect(saveModel(model, 'a.keras')).rejects.toMatchObject({
      code: 'keras-part-unsupported',
    });
    await expect(saveModel(model, 'a.h5')).resolves.toBeInstanceOf(Uint8Array);
  });

  it('refuses what is no built model', async () => {
    await expect(saveModel(tf.sequential(), 'a.h5')).rejects.toMatchObject({
      code: 'model-not-built',
    });
    await expect(saveModel({} as tf.LayersModel, 'a.h5')).rejects.toMatchObject({
      code: 'model-not-a-model',
    });
  });
});
