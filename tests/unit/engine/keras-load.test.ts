import '@tensorflow/tfjs-backend-cpu';
import { tf } from 'heavy-weights';
import { describe, expect, it, vi } from 'vitest';
import { loadModel } from '../../../src/engine/keras/index.ts';
import {
  groupAt,
  newGroup,
  writeHdf5,
  type ArrayNode,
} from '../../../src/engine/keras/hdf5/write-hdf5.ts';
import {
  DENSE_WEIGHTS,
  denseConfig,
  h5File,
  kerasFile,
  libraryFile,
  refusal,
  rising,
  zipOf,
} from './keras-files.ts';

const kept = (config: object): Record<string, unknown> => ({ trainable: true, ...config });
const policy = {
  module: 'keras',
  class_name: 'DTypePolicy',
  config: { name: 'float32' },
  registered_name: null,
};
const tensor = (
  layer: string,
  call = 0,
  output = 0,
  shape: (number | null)[] = [null, 4],
): object => ({
  class_name: '__keras_tensor__',
  config: { shape, dtype: 'float32', keras_history: [layer, call, output] },
});
/** A layer as Keras 3 writes it. */
const layer3 = (className: string, config: object, args?: unknown[]): Record<string, unknown> => ({
  module: className === 'Functional' ? 'keras.src.models.functional' : 'keras.layers',
  class_name: className,
  config: kept({ dtype: policy, ...config }),
  registered_name: className === 'Functional' ? 'Functional' : null,
  build_config: { input_shape: [null, 4] },
  name: (config as { name: string }).name,
  inbound_nodes: args ? [{ args, kwargs: {} }] : [],
});
const input3 = (name: string, shape: (number | null)[]): Record<string, unknown> => ({
  module: 'keras.layers',
  class_name: 'InputLayer',
  config: {
    batch_shape: shape,
    dtype: 'float32',
    sparse: false,
    ragged: false,
    name,
    optional: false,
  },
  registered_name: null,
  name,
  inbound_nodes: [],
});
const zeros = (shape: number[]): ArrayNode => ({
  shape,
  values: new Float32Array(shape.reduce((a, b) => a * b, 1)),
});

const predict = (model: tf.LayersModel, x: tf.Tensor | tf.Tensor[]): number[] =>
  Array.from((model.predict(x) as tf.Tensor).dataSync());

describe('.keras of Keras 3', () => {
  /** conv → norm → relu6, twice, added; then dense. As Keras writes it but for what is left out of the configs. */
  const config = {
    module: 'keras.src.models.functional',
    class_name: 'Functional',
    config: {
      name: 'net',
      trainable: true,
      layers: [
        input3('pixels', [null, 4, 4, 1]),
        layer3(
          'Conv2D',
          {
            name: 'first',
            filters: 2,
            kernel_size: [3, 3],
            strides: [1, 1],
            padding: 'same',
            data_format: 'channels_last',
            dilation_rate: [1, 1],
            groups: 1,
            activation: 'linear',
            use_bias: false,
            kernel_initializer: {
              module: 'keras.initializers',
              class_name: 'GlorotUniform',
              config: { seed: null },
              registered_name: null,
            },
            kernel_regularizer: {
              module: 'keras.regularizers',
              class_name: 'L2',
              config: { l2: 0.25 },
              registered_name: null,
            },
          },
          [tensor('pixels')],
        ),
        layer3(
          'BatchNormalization',
          { name: 'norm', axis: -1, momentum: 0.9, epsilon: 0.001, synchronized: false },
          [tensor('first')],
        ),
        layer3('ReLU', { name: 'clip', max_value: 6.0, negative_slope: 0.0, threshold: 0.0 }, [
          tensor('norm'),
        ]),
        layer3(
          'Conv2D',
          {
            name: 'second',
            filters: 2,
            kernel_size: [1, 1],
            activation: {
              module: 'builtins',
              class_name: 'function',
              config: 'relu',
              registered_name: 'relu',
            },
          },
          [tensor('clip')],
        ),
        layer3('Add', { name: 'sum' }, [[tensor('clip'), tensor('second')]]),
        layer3(
          'GlobalAveragePooling2D',
          { name: 'mean', data_format: 'channels_last', keepdims: false },
          [tensor('sum')],
        ),
        layer3('Dropout', { name: 'drop', rate: 0.5, seed: null, noise_shape: null }, [
          tensor('mean'),
        ]),
        layer3('Dense', { name: 'scores', units: 3, activation: 'softmax', lora_rank: null }, [
          tensor('drop'),
        ]),
      ],
      // One input and one output stand without a list around them.
      input_layers: ['pixels', 0, 0],
      output_layers: ['scores', 0, 0],
    },
    registered_name: 'Functional',
    build_config: { input_shape: null },
    compile_config: { optimizer: 'adam' },
  };
  const arrays = {
    'layers/conv2d/vars/0': rising([3, 3, 1, 2], -9),
    'layers/batch_normalization/vars/0': rising([2]),
    'layers/batch_normalization/vars/1': rising([2], -1),
    'layers/batch_normalization/vars/2': rising([2], 2),
    'layers/batch_normalization/vars/3': rising([2], 3),
    'layers/conv2d_1/vars/0': rising([1, 1, 2, 2], -2),
    'layers/conv2d_1/vars/1': rising([2], 1),
    'layers/dropout/seed_generator/vars/0': { shape: [2], values: Uint32Array.of(7, 0) },
    'layers/dense/vars/0': rising([2, 3], -0.5),
    'layers/dense/vars/1': rising([3], 0),
    'optimizer/vars/0': rising([1]),
  };

  it('gives the weights by class and count to layers whatever their names', async () => {
    const model = await loadModel(kerasFile(config, arrays));
    expect(model.name).toBe('net');
    expect(model.layers.map(({ name }) => name).join()).toBe(
      'pixels,first,norm,clip,second,sum,mean,drop,scores',
    );
    const of = (name: string): number[][] =>
      model
        .getLayer(name)
        .getWeights()
        .map((weight) => Array.from(weight.dataSync()));
    expect(of('first')).toEqual([Array.from(arrays['layers/conv2d/vars/0'].values)]);
    expect(of('second')).toEqual([
      [-2, -1, 0, 1],
      [1, 2],
    ]);
    expect(of('norm')).toEqual([
      [0.5, 1.5],
      [-1, 0],
      [2, 3],
      [3, 4],
    ]);
    expect(of('scores')).toEqual([
      [-0.5, 0.5, 1.5, 2.5, 3.5, 4.5],
      [0, 1, 2],
    ]);
  });

  it('computes what it says', async () => {
    const model = await loadModel(kerasFile(config, arrays));
    const x = tf.linspace(-1, 1, 16).reshape([1, 4, 4, 1]) as tf.Tensor4D;
    const expected = tf.tidy(() => {
      const weight = (path: keyof typeof arrays): tf.Tensor =>
        tf.tensor(arrays[path].values as Float32Array, arrays[path].shape as number[]);
      const conv = tf.conv2d(x, weight('layers/conv2d/vars/0') as tf.Tensor4D, 1, 'same');
      const norm = conv
        .sub(weight('layers/batch_normalization/vars/2'))
        .div(weight('layers/batch_normalization/vars/3').add(0.001).sqrt())
        .mul(weight('layers/batch_normalization/vars/0'))
        .add(weight('layers/batch_normalization/vars/1'));
      const clip = tf.relu6(norm) as tf.Tensor4D;
      const second = tf
        .conv2d(clip, weight('layers/conv2d_1/vars/0') as tf.Tensor4D, 1, 'valid')
        .add(weight('layers/conv2d_1/vars/1'))
        .relu();
      return tf.softmax(
        clip
          .add(second)
          .mean([1, 2])
          .matMul(weight('layers/dense/vars/0'))
          .add(weight('layers/dense/vars/1')),
      );
    });
    const answer = predict(model, x);
    Array.from(expected.dataSync()).forEach((value, i) => expect(answer[i]).toBeCloseTo(value, 5));
    // 0.25·Σw² of the first kernel.
    const loss = (model.getLayer('first').losses as unknown as (() => tf.Scalar)[])[0]!();
    const kernel = arrays['layers/conv2d/vars/0'].values as Float32Array;
    const sum = kernel.reduce((total, w) => total + w * w, 0);
    expect(loss.dataSync()[0]).toBeCloseTo(0.25 * sum, 3);
  });

  it('finds weights where Keras 2.13 has put them', async () => {
    const older = Object.fromEntries(
      Object.entries(arrays).map(([path, array]) => [
        path.replace('layers/', '_layer_checkpoint_dependencies/'),
        array,
      ]),
    );
    const model = await loadModel(kerasFile(config, older));
    expect(Array.from(model.getLayer('scores').getWeights()[1]!.dataSync())).toEqual([0, 1, 2]);
  });

  it('reads recurrent layers, each way of Bidirectional, and models in models', async () => {
    const lstm = (name: string, back = false): Record<string, unknown> =>
      layer3('LSTM', {
        name,
        units: 2,
        return_sequences: true,
        go_backwards: back,
        seed: null,
        use_cudnn: 'auto',
      });
    const inner = {
      ...layer3('Sequential', {
        name: 'inner',
        layers: [input3('x', [null, 3, 4]), layer3('Dense', { name: 'dense', units: 2 })],
      }),
      module: 'keras',
      name: 'inner',
      inbound_nodes: [{ args: [tensor('both')], kwargs: { training: null } }],
    };
    const net = {
      ...config,
      config: {
        name: 'sequences',
        layers: [
          input3('words', [null, 3, 1]),
          layer3(
            'Bidirectional',
            {
              name: 'both',
              merge_mode: 'concat',
              layer: lstm('lstm'),
              backward_layer: lstm('lstm_back', true),
            },
            [tensor('words')],
          ),
          inner,
          layer3('SimpleRNN', { name: 'last', units: 1 }, [tensor('inner')]),
        ],
        input_layers: [['words', 0, 0]],
        output_layers: [['last', 0, 0]],
      },
    };
    const cell = (at: string): Record<string, ArrayNode> => ({
      [`layers/bidirectional/${at}/cell/vars/0`]: rising([1, 8], at.length),
      [`layers/bidirectional/${at}/cell/vars/1`]: rising([2, 8]),
      [`layers/bidirectional/${at}/cell/vars/2`]: rising([8]),
    });
    const stored = {
      ...cell('forward_layer'),
      ...cell('backward_layer'),
      'layers/sequential/layers/dense/vars/0': rising([4, 2], 40),
      'layers/sequential/layers/dense/vars/1': rising([2]),
      'layers/simple_rnn/cell/vars/0': zeros([2, 1]),
      'layers/simple_rnn/cell/vars/1': zeros([1, 1]),
      'layers/simple_rnn/cell/vars/2': rising([1]),
    };
    const model = await loadModel(kerasFile(net, stored));
    const first = model
      .getLayer('both')
      .getWeights()
      .map((weight) => weight.dataSync()[0]);
    expect(first).toEqual(['forward_layer'.length, 0.5, 0.5, 'backward_layer'.length, 0.5, 0.5]);
    expect(model.getLayer('inner').getWeights()[0]!.dataSync()[0]).toBe(40);
    expect(predict(model, tf.ones([1, 3, 1]))[0]).toBeCloseTo(Math.tanh(0.5), 6);
  });

  it('refuses a second way of Bidirectional that is not the first turned round', async () => {
    const net = {
      module: 'keras',
      class_name: 'Sequential',
      config: {
        name: 's',
        layers: [
          input3('x', [null, 3, 1]),
          layer3('Bidirectional', {
            name: 'both',
            layer: layer3('LSTM', { name: 'a', units: 2 }),
            backward_layer: layer3('LSTM', { name: 'b', units: 3, go_backwards: true }),
          }),
        ],
      },
    };
    expect(await refusal(kerasFile(net, {}))).toMatchObject({
      code: 'keras-option-unsupported',
      message: expect.stringContaining('backward_layer') as string,
    });
  });

  it('reads bfloat16, which Keras keeps as bytes', async () => {
    const weights = await libraryFile('earliest', (file) => {
      const vars = file.create_group('layers').create_group('dense').create_group('vars');
      for (const [name, word, shape] of [
        ['0', 0x4049, [1, 1]],
        ['1', 0xbf80, [1]],
      ] as const) {
        const data = Int16Array.of(word);
        vars
          .create_dataset({ name, data, shape: [...shape], dtype: '<h' })
          .create_attribute('dtype', 'bfloat16');
      }
    });
    // Integers of two bytes become bytes without meaning.
    const integers = [0x10, 8, 0, 0, 2, 0, 0, 0];
    let patched = 0;
    for (let at = 0; at + 8 <= weights.length; at++) {
      if (!integers.every((byte, i) => weights[at + i] === byte)) continue;
      weights.set([0x15, 0, 0, 0], at);
      patched++;
    }
    expect(patched).toBe(2);
    const net = {
      module: 'keras',
      class_name: 'Sequential',
      config: {
        name: 's',
        layers: [input3('x', [null, 1]), layer3('Dense', { name: 'd', units: 1 })],
      },
    };
    const model = await loadModel(zipOf(JSON.stringify(net), weights));
    expect(predict(model, tf.ones([1, 1]))).toEqual([3.140625 - 1]);
  });

  it('counts calls of Functional models from 1 and of Sequential ones from 0', async () => {
    const dense = (): Record<string, unknown> =>
      layer3('Dense', { name: 'dense', units: 4 }, [tensor('x')]);
    const functional = {
      ...layer3('Functional', {
        name: 'f',
        layers: [input3('x', [null, 4]), dense()],
        input_layers: [['x', 0, 0]],
        output_layers: [['dense', 0, 0]],
      }),
      inbound_nodes: [tensor('a'), tensor('b')].map((each) => ({ args: [each], kwargs: {} })),
    };
    const sequential = {
      ...layer3('Sequential', {
        name: 's',
        layers: [input3('x', [null, 4]), layer3('Dense', { name: 'd', units: 4 })],
      }),
      inbound_nodes: [tensor('f', 1), tensor('f', 2)].map((each) => ({ args: [each], kwargs: {} })),
    };
    const net = {
      ...config,
      config: {
        name: 'calls',
        layers: [
          input3('a', [null, 4]),
          input3('b', [null, 4]),
          functional,
          sequential,
          layer3('Subtract', { name: 'minus' }, [[tensor('s', 0), tensor('s', 1)]]),
        ],
        input_layers: [
          ['a', 0, 0],
          ['b', 0, 0],
        ],
        output_layers: [['minus', 0, 0]],
      },
    };
    const identity: ArrayNode = {
      shape: [4, 4],
      values: Float32Array.from({ length: 16 }, (_, i) => (i % 5 === 0 ? 2 : 0)),
    };
    const model = await loadModel(
      kerasFile(net, {
        'layers/functional/layers/dense/vars/0': identity,
        'layers/functional/layers/dense/vars/1': zeros([4]),
        'layers/sequential/layers/dense/vars/0': identity,
        'layers/sequential/layers/dense/vars/1': zeros([4]),
      }),
    );
    const answer = predict(model, [tf.tensor2d([[1, 2, 3, 4]]), tf.tensor2d([[1, 1, 1, 5]])]);
    expect(answer).toEqual([0, 4, 8, -4]);
  });
});

describe('.h5 of Keras 2', () => {
  it('reads the first form of a Sequential, lists of layers, and shapes on layers', async () => {
    const config = denseConfig();
    const inner = config['config'] as { layers: unknown[] };
    const model = await loadModel(
      h5File({ class_name: 'Sequential', config: inner.layers }, DENSE_WEIGHTS),
    );
    expect(model).toBeInstanceOf(tf.Sequential);
    expect(predict(model, tf.tensor2d([[1, 1]]))).toEqual([4.5, 7.5, 10.5]);
  });

  it('takes the shape from build_input_shape where nothing else says it', async () => {
    const config = denseConfig({ batch_input_shape: undefined });
    (config['config'] as Record<string, unknown>)['build_input_shape'] = [null, 2];
    const model = await loadModel(h5File(config, DENSE_WEIGHTS));
    expect(model.inputs[0]!.shape).toEqual([null, 2]);
    const without = denseConfig({ batch_input_shape: undefined });
    expect(await refusal(h5File(without, DENSE_WEIGHTS))).toMatchObject({
      code: 'keras-config-invalid',
    });
  });

  it('puts lists of names together that were cut in pieces, and paths of any depth', async () => {
    const root = newGroup();
    root.attributes.set('model_config', JSON.stringify(denseConfig()));
    const weights = groupAt(root, 'model_weights');
    weights.attributes.set('layer_names0', ['dense']);
    weights.attributes.set('layer_names1', ['unused']);
    const dense = groupAt(weights, 'dense');
    dense.attributes.set('weight_names0', ['a/b/dense/kernel:0']);
    dense.attributes.set('weight_names1', ['a/b/dense/bias:0']);
    groupAt(dense, 'a/b/dense').children.set('kernel:0', rising([2, 3]));
    groupAt(dense, 'a/b/dense').children.set('bias:0', rising([3]));
    groupAt(weights, 'unused').attributes.set('weight_names', []);
    const model = await loadModel(writeHdf5(root));
    expect(predict(model, tf.tensor2d([[1, 1]]))).toEqual([4.5, 7.5, 10.5]);
  });

  it('gives a model in the model the weights of its own layers, by their names', async () => {
    const inner = {
      class_name: 'Sequential',
      name: 'inner',
      config: {
        name: 'inner',
        layers: [
          {
            class_name: 'Dense',
            config: { name: 'one', units: 1, batch_input_shape: [null, 1], use_bias: false },
          },
          { class_name: 'Dense', config: { name: 'two', units: 1, use_bias: false } },
        ],
      },
      inbound_nodes: [[['x', 0, 0, {}]]],
    };
    const config = {
      class_name: 'Model',
      config: {
        name: 'outer',
        layers: [
          {
            class_name: 'InputLayer',
            name: 'x',
            config: { name: 'x', batch_input_shape: [null, 1] },
            inbound_nodes: [],
          },
          inner,
        ],
        input_layers: [['x', 0, 0]],
        output_layers: [['inner', 1, 0]],
      },
    };
    const model = await loadModel(
      h5File(config, {
        inner: {
          'two/kernel:0': { shape: [1, 1], values: Float32Array.of(2) },
          'one/kernel:0': { shape: [1, 1], values: Float32Array.of(1) },
        },
      }),
    );
    expect(model.getWeights().map((weight) => weight.dataSync()[0])).toEqual([1, 2]);
  });

  it('reads weights that Keras 3 writes into it, by paths without :0', async () => {
    const model = await loadModel(
      h5File(denseConfig(), {
        dense: { 'sequential/dense/kernel': rising([2, 3]), 'sequential/dense/bias': rising([3]) },
      }),
    );
    expect(predict(model, tf.tensor2d([[1, 1]]))).toEqual([4.5, 7.5, 10.5]);
  });

  it.each([
    ['axis: [3] of BatchNormalization', { axis: [3] }],
    [
      'a policy of mixed precision',
      { dtype: { class_name: 'Policy', config: { name: 'mixed_float16' } } },
    ],
    [
      'an initializer that is not known',
      { gamma_initializer: { class_name: 'Own>Init', config: {} } },
    ],
    ['a constraint that is not known', { beta_constraint: { class_name: 'Own', config: {} } }],
  ])('reads %s', async (_, extra) => {
    const config = {
      class_name: 'Sequential',
      config: {
        name: 's',
        layers: [
          {
            class_name: 'BatchNormalization',
            config: { name: 'n', batch_input_shape: [null, 2, 2, 1], ...extra },
          },
        ],
      },
    };
    const one = (value: number): ArrayNode => ({ shape: [1], values: Float32Array.of(value) });
    const model = await loadModel(
      h5File(config, {
        n: {
          'n/gamma:0': one(2),
          'n/beta:0': one(1),
          'n/moving_mean:0': one(0),
          'n/moving_variance:0': one(4),
        },
      }),
    );
    expect(predict(model, tf.fill([1, 2, 2, 1], 6))[0]).toBeCloseTo(7, 2);
  });

  it('freezes what was frozen', async () => {
    const model = await loadModel(h5File(denseConfig({ trainable: false }), DENSE_WEIGHTS));
    expect(model.trainableWeights).toEqual([]);
    const whole = denseConfig();
    (whole['config'] as Record<string, unknown>)['trainable'] = false;
    expect((await loadModel(h5File(whole, DENSE_WEIGHTS))).trainable).toBe(false);
  });
});

describe('where a file comes from', () => {
  const bytes = h5File(denseConfig(), DENSE_WEIGHTS);
  const answers = [4.5, 7.5, 10.5];

  it('may be bytes, a part of a buffer, a buffer, a Blob or an address', async () => {
    const padded = new Uint8Array(bytes.length + 20);
    padded.set(bytes, 10);
    const sources = [
      bytes,
      padded.subarray(10, 10 + bytes.length),
      bytes.buffer,
      new Blob([bytes]),
      `data:application/octet-stream;base64,${Buffer.from(bytes).toString('base64')}`,
    ];
    for (const source of sources) {
      const model = await loadModel(source);
      expect(predict(model, tf.tensor2d([[1, 1]]))).toEqual(answers);
    }
  });

  it.each([undefined, null, 3, {}, [1, 2], new Float32Array(3)])(
    'is refused: %j',
    async (source) => {
      await expect(loadModel(source as never)).rejects.toMatchObject({
        code: 'keras-source-invalid',
      });
    },
  );

  it('says so when an address cannot be fetched, and when there is no network', async () => {
    await expect(loadModel('not an address')).rejects.toMatchObject({ code: 'keras-not-fetched' });
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('gone', { status: 404 })));
    await expect(loadModel('https://example.org/a.h5')).rejects.toThrow('the answer was 404');
    vi.stubGlobal('fetch', undefined);
    await expect(loadModel('https://example.org/a.h5')).rejects.toThrow('there is no network here');
    vi.unstubAllGlobals();
  });
});
