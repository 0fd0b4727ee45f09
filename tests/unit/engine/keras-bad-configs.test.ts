import '@tensorflow/tfjs-backend-cpu';
import { tf } from 'heavy-weights';
import { describe, expect, it } from 'vitest';
import { loadModel, saveModel } from '../../../src/engine/keras/index.ts';
import { groupAt, newGroup, writeHdf5 } from '../../../src/engine/keras/hdf5/write-hdf5.ts';
import { DENSE_WEIGHTS, denseConfig, h5File, kerasFile, refusal, rising } from './keras-files.ts';
import { smallCnn } from './random-models.ts';

const input = (name: string, shape: unknown = [null, 2]): object => ({
  class_name: 'InputLayer',
  name,
  config: { name, batch_input_shape: shape },
  inbound_nodes: [],
});
const node = (
  className: string,
  name: string,
  calls: unknown,
  config: object = {},
): Record<string, unknown> => ({
  class_name: className,
  name,
  config: { name, ...config },
  inbound_nodes: calls,
});
const on = (...names: string[]): unknown => [names.map((name) => [name, 0, 0, {}])];
const functional = (
  layers: unknown[],
  outputs: unknown,
  inputs: unknown = [['x', 0, 0]],
): object => ({
  class_name: 'Functional',
  config: { name: 'net', layers, input_layers: inputs, output_layers: outputs },
});
const sequential = (...layers: object[]): object => ({
  class_name: 'Sequential',
  config: { name: 'net', layers: [input('x'), ...layers] },
});
const refuse = (config: object, weights = {}): ReturnType<typeof refusal> =>
  refusal(h5File(config, weights));

describe('layers that are not known', () => {
  it.each([
    ['Lambda', { function: ['4wEAAAAAAAAAAA==', null, null] }, 'It would run code from the file'],
    ['TFSMLayer', { filepath: '/tmp/model' }, 'It would run code from the file'],
    ['MultiHeadAttention', {}, 'Those that are'],
    ['Custom>Mine', {}, 'Those that are'],
    ['TFOpLambda', { function: 'math.multiply' }, 'Those that are'],
    ['constructor', {}, 'Those that are'],
    ['__proto__', {}, 'Those that are'],
    ['toString', {}, 'Those that are'],
    ['hasOwnProperty', {}, 'Those that are'],
    ['RNN', { cell: { class_name: 'LSTMCell', config: {} } }, 'Those that are'],
    ['relu', {}, 'Those that are'],
    ['sgd', {}, 'Those that are'],
    ['', {}, 'Those that are'],
  ])('%s is refused by name', async (className, config, why) => {
    const error = await refuse(sequential(node(className, 'odd', [], config)));
    expect(error.code).toBe('keras-layer-unsupported');
    expect(error.explain).toContain('odd');
    expect(error.explain).toContain(className);
    expect(error.elaborate).toContain(why);
  });

  it.each([
    { module: 'os', registered_name: null },
    { module: '__main__', registered_name: null },
    { module: 'keras.layers', registered_name: 'Custom>Dense' },
    { module: 'keras.src.ops.numpy', registered_name: 'Dense' },
    { module: 'heavy_weights', registered_name: 'heavy_weights>Dense' },
    { module: 'kerasx.layers', registered_name: null },
  ])('Dense of somebody else: $module, $registered_name', async (extra) => {
    const layer = { ...node('Dense', 'mine', [], { units: 3 }), ...extra };
    expect(await refuse(sequential(layer), DENSE_WEIGHTS)).toMatchObject({
      code: 'keras-layer-unsupported',
    });
  });

  it('are refused within other layers', async () => {
    const lambda = { class_name: 'Lambda', config: { name: 'evil' } };
    for (const className of [
      'TimeDistributed',
      'Bidirectional',
      'QuantizeWrapper',
      'PruneLowMagnitude',
    ]) {
      const error = await refuse(sequential(node(className, 'outer', [], { layer: lambda })));
      expect(error).toMatchObject({ code: 'keras-layer-unsupported' });
      expect(error.explain).toContain('evil');
    }
    const twice = { class_name: 'TimeDistributed', config: { name: 'a', layer: lambda } };
    expect(
      await refuse(sequential(node('TimeDistributed', 'outer', [], { layer: twice }))),
    ).toMatchObject({
      code: 'keras-config-invalid',
    });
  });

  it('looks nothing up in wrappers that is not known: schedules, activations, settings', async () => {
    const inner = { class_name: 'Dense', config: { name: 'dense', units: 3 } };
    const pruned = (extra: object): object =>
      sequential(node('PruneLowMagnitude', 'p', [], { layer: inner, ...extra }));
    for (const extra of [
      { pruning_schedule: { class_name: 'Dense', config: { units: 1 } } },
      { pruning_schedule: { class_name: 'constructor', config: {} } },
      { pruning_schedule: { class_name: ['PolynomialDecay'], config: {} } },
      { constructor: 1 },
      { Block_Size: 1 },
      { 'a.b': 1 },
    ]) {
      expect((await refuse(pruned(extra))).code).toBe('keras-config-invalid');
    }
    const parsed = JSON.parse(
      '{"layer": {"__proto__": {"polluted": true}}, "__proto__": {"polluted": true}}',
    ) as object;
    expect((await refuse(sequential(node('PruneLowMagnitude', 'p', [], parsed)))).code).toMatch(
      /^keras-/,
    );
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    const quantize = {
      activation: 'constructor',
      weights: null,
      before_activation: null,
      output: null,
    };
    expect(
      await refuse(sequential(node('QuantizeWrapper', 'q', [], { layer: inner, quantize }))),
    ).toMatchObject({
      code: 'keras-config-invalid',
    });
  });

  it('refuses models that somebody wrote a class for', async () => {
    expect(await refuse({ class_name: 'MyModel', config: { name: 'm' } })).toMatchObject({
      code: 'keras-model-unsupported',
    });
  });
});

describe('options that TensorFlow.js has not', () => {
  it.each<[string, object, string]>([
    ['Conv2D', { filters: 2, kernel_size: [3, 3], groups: 2 }, 'groups'],
    ['Conv2D', { filters: 2, kernel_size: [3, 3], padding: 'reflect' }, 'padding'],
    ['DepthwiseConv2D', { kernel_size: [3, 3], dilation_rate: [2, 2] }, 'dilation_rate'],
    ['GRU', { units: 2, reset_after: true }, 'reset_after'],
    ['LSTM', { units: 2, stateful: true }, 'stateful'],
    ['ReLU', { negative_slope: 0.1 }, 'negative_slope'],
    ['ReLU', { threshold: 1 }, 'threshold'],
    ['Dense', { units: 1.5 }, 'units'],
    ['Dense', { units: '3' }, 'units'],
    ['Dense', { units: 3, quantization_mode: 'int8' }, 'quantization_mode'],
    [
      'Dense',
      {
        units: 3,
        dtype: { class_name: 'QuantizedDTypePolicy', config: { name: 'int8_from_float32' } },
      },
      'dtype',
    ],
    ['Dense', { units: 3, use_bias: 1 }, 'use_bias'],
    ['Dropout', { rate: 'half' }, 'rate'],
    ['Reshape', { target_shape: [[[[1]]]] }, 'target_shape'],
    ['GlobalAveragePooling2D', { keepdims: true }, 'keepdims'],
  ])('%s %j: names %s', async (className, config, key) => {
    const error = await refuse(sequential(node(className, 'odd', [], config)));
    expect(error.code).toBe('keras-option-unsupported');
    expect(error.explain).toContain(`odd (${className})`);
    expect(error.explain).toContain(key);
  });

  it('names activations that are not known', async () => {
    for (const activation of [
      'exotic',
      'constructor',
      { class_name: 'LeakyReLU', config: {} },
      3,
    ]) {
      expect(
        await refuse(sequential(node('Dense', 'odd', [], { units: 3, activation }))),
      ).toMatchObject({
        code: 'keras-part-unsupported',
      });
    }
  });

  it('refuses channels before height and width, and says what to do', async () => {
    const conv = node('Conv2D', 'conv', [], {
      filters: 1,
      kernel_size: 1,
      data_format: 'channels_first',
    });
    expect(await refuse(sequential(conv))).toMatchObject({ code: 'keras-channels-first' });
  });

  it('refuses hard_sigmoid of Keras 3, which is another function', async () => {
    const net = {
      class_name: 'Sequential',
      config: {
        name: 'net',
        layers: [
          { class_name: 'InputLayer', config: { name: 'x', batch_shape: [null, 2] } },
          { class_name: 'Dense', config: { name: 'd', units: 3, activation: 'hard_sigmoid' } },
        ],
      },
    };
    expect(await refusal(kerasFile(net, {}))).toMatchObject({ code: 'keras-part-unsupported' });
    const model = await loadModel(
      h5File(denseConfig({ activation: 'hard_sigmoid' }), DENSE_WEIGHTS),
    );
    expect(model.layers).toHaveLength(1);
  });

  it('says of which layer TensorFlow.js complains', async () => {
    const elu = await refuse(sequential(node('ELU', 'odd', [], { alpha: 0.5 })));
    expect(elu).toMatchObject({ code: 'keras-layer-invalid' });
    expect(elu.explain).toContain('odd (ELU)');
    expect(elu.elaborate).toContain('alpha');
    const permute = await refuse(sequential(node('Permute', 'turn', [], { dims: [1, 3] })));
    expect(permute.explain).toContain('turn (Permute)');
  });
});

describe('graphs that are none', () => {
  const add = (name: string, ...reads: string[]): object => node('Add', name, on(...reads));

  it.each<[string, object, string]>([
    [
      'a circle',
      functional([input('x'), add('a', 'x', 'b'), add('b', 'x', 'a')], [['b', 0, 0]]),
      'keras-layer-cycle',
    ],
    [
      'a layer that reads itself',
      functional([input('x'), add('a', 'x', 'a')], [['a', 0, 0]]),
      'keras-layer-cycle',
    ],
    [
      'a layer that is not there',
      functional([input('x'), add('a', 'x', 'y')], [['a', 0, 0]]),
      'keras-config-invalid',
    ],
    [
      'an output that is not there',
      functional([input('x'), add('a', 'x', 'x')], [['b', 0, 0]]),
      'keras-config-invalid',
    ],
    [
      'a second output of one',
      functional([input('x'), add('a', 'x', 'x')], [['a', 0, 1]]),
      'keras-config-invalid',
    ],
    [
      'a call that is not there',
      functional([input('x'), add('a', 'x', 'x')], [['a', 5, 0]]),
      'keras-config-invalid',
    ],
    [
      'a name twice',
      functional([input('x'), add('a', 'x', 'x'), add('a', 'x', 'x')], [['a', 0, 0]]),
      'keras-config-invalid',
    ],
    [
      'a layer called on nothing',
      functional([input('x'), node('Flatten', 'a', [])], [['a', 0, 0]]),
      'keras-config-invalid',
    ],
    [
      'a layer that leads nowhere',
      functional([input('x'), add('a', 'x', 'x'), add('b', 'x', 'x')], [['a', 0, 0]]),
      'keras-config-invalid',
    ],
    [
      'an input that is none',
      functional([input('x'), add('a', 'x', 'x')], [['a', 0, 0]], [['a', 0, 0]]),
      'keras-layer-invalid',
    ],
    ['no layers', functional([], [['a', 0, 0]]), 'keras-config-invalid'],
    ['no outputs', functional([input('x')], []), 'keras-config-invalid'],
    ['outputs with names', functional([input('x')], { y: ['x', 0, 0] }), 'keras-config-invalid'],
    [
      'a constant',
      functional(
        [
          input('x'),
          node('Add', 'a', [
            [
              ['x', 0, 0],
              ['_CONSTANT_VALUE', -1, 3],
            ],
          ]),
        ],
        [['a', 0, 0]],
      ),
      'keras-call-unsupported',
    ],
    [
      'an argument',
      functional(
        [input('x'), node('Dropout', 'a', [[['x', 0, 0, { training: true }]]], { rate: 0.5 })],
        [['a', 0, 0]],
      ),
      'keras-call-unsupported',
    ],
    [
      'a Sequential without layers',
      { class_name: 'Sequential', config: { name: 's', layers: [] } },
      'keras-config-invalid',
    ],
    ['inputs in the middle', sequential(input('y')), 'keras-config-invalid'],
    [
      'no list of layers',
      { class_name: 'Sequential', config: { name: 's' } },
      'keras-config-invalid',
    ],
    [
      'layers without names',
      sequential({ class_name: 'Flatten', config: {} }),
      'keras-config-invalid',
    ],
    ['layers that are none', sequential(null as never), 'keras-config-invalid'],
    [
      'shapes that are none',
      { class_name: 'Sequential', config: { name: 's', layers: [input('x', [null, -2])] } },
      'keras-config-invalid',
    ],
    [
      'shapes of nine dimensions',
      { class_name: 'Sequential', config: { name: 's', layers: [input('x', Array(9).fill(1))] } },
      'keras-config-invalid',
    ],
  ])('%s', async (_, config, code) => {
    expect((await refuse(config)).code).toBe(code);
  });

  it('a configuration that is no JSON, no object, or nested without end', async () => {
    for (const [text, code] of [
      ['{"class_name": ', 'keras-config-invalid'],
      ['[]', 'keras-config-invalid'],
      ['null', 'keras-config-invalid'],
      ['[['.repeat(500_000), 'keras-config-too-deep'],
      [`{"a": [${'[],'.repeat(1_100_000)}[]]}`, 'keras-config-too-large'],
      [`{"text": "${'[['.repeat(300)}"}`, 'keras-config-invalid'],
    ] as const) {
      expect((await refusal(withConfig(text))).code).toBe(code);
    }
  });

  it('models within models, 1,000 deep', async () => {
    let config: object = sequential(node('Flatten', 'flat', []));
    for (let i = 0; i < 1000; i++) {
      config = {
        class_name: 'Sequential',
        config: { name: `m${i}`, layers: [input('x'), config] },
      };
    }
    expect((await refuse(config)).code).toBe('keras-config-too-deep');
    let shallow: object = sequential(node('Flatten', 'flat', []));
    for (let i = 0; i < 14; i++) {
      shallow = {
        class_name: 'Sequential',
        config: { name: `m${i}`, layers: [input('x'), shallow] },
      };
    }
    expect((await refuse(shallow)).code).toBe('keras-config-too-deep');
  });

  it('more layers, calls or connections than are read', async () => {
    const flats = Array.from({ length: 2050 }, (_, i) =>
      node('Flatten', `f${i}`, on(i === 0 ? 'x' : `f${i - 1}`)),
    );
    expect((await refuse(functional([input('x'), ...flats], [['f0', 0, 0]]))).code).toBe(
      'keras-config-too-large',
    );
    const calls = Array.from({ length: 5000 }, () => [['x', 0, 0, {}]]);
    expect(
      (await refuse(functional([input('x'), node('Flatten', 'f', calls)], [['f', 0, 0]]))).code,
    ).toBe('keras-config-too-large');
    const wide = Array.from({ length: 20 }, (_, i) =>
      node('Add', `a${i}`, on(...Array<string>(1000).fill('x'))),
    );
    expect((await refuse(functional([input('x'), ...wide], [['a0', 0, 0]]))).code).toBe(
      'keras-config-too-large',
    );
  });

  it('builds 2,000 layers, one after the other', async () => {
    const layers = Array.from({ length: 2000 }, (_, i) =>
      node('Activation', `a${i}`, on(i === 0 ? 'x' : `a${i - 1}`), { activation: 'relu' }),
    );
    const start = performance.now();
    const model = await loadModel(
      h5File(functional([input('x'), ...layers], [['a1999', 0, 0]]), {}),
    );
    console.log(`2,000 layers: ${(performance.now() - start).toFixed(0)} ms`);
    expect(model.layers).toHaveLength(2001);
    expect(Array.from((model.predict(tf.tensor2d([[-1, 2]])) as tf.Tensor).dataSync())).toEqual([
      0, 2,
    ]);
  });
});

/** A `.h5` file whose configuration is any text. */
function withConfig(text: string): Uint8Array {
  const root = newGroup();
  root.attributes.set('model_config', text);
  groupAt(root, 'model_weights');
  return writeHdf5(root);
}

describe('weights that do not fit', () => {
  it('are refused by name, and by shape', async () => {
    expect(await refuse(denseConfig(), {})).toMatchObject({ code: 'keras-weight-missing' });
    expect(
      await refuse(denseConfig(), { dense: { 'dense/kernel:0': rising([2, 3]) } }),
    ).toMatchObject({
      code: 'keras-weight-missing',
      explain: 'The file holds no weight bias for the layer dense.',
    });
    expect(
      await refuse(denseConfig(), {
        dense: { ...DENSE_WEIGHTS.dense, 'dense/kernel:0': rising([3, 2]) },
      }),
    ).toMatchObject({
      code: 'keras-weight-shape',
      explain:
        'The weight kernel of the layer dense must have the shape [2, 3]; in the file it has [3, 2].',
    });
    expect(
      await refuse(denseConfig(), {
        dense: { ...DENSE_WEIGHTS.dense, 'dense/more:0': rising([1]) },
      }),
    ).toMatchObject({ code: 'keras-weight-unknown' });
    expect(
      await refuse(denseConfig(), { ...DENSE_WEIGHTS, other: { 'other/kernel:0': rising([1]) } }),
    ).toMatchObject({ code: 'keras-weight-unknown' });
  });

  it('take no memory for what a configuration claims', async () => {
    const before = process.memoryUsage().arrayBuffers;
    expect(await refuse(denseConfig({ units: 2 ** 30 }), DENSE_WEIGHTS)).toMatchObject({
      code: 'keras-weight-shape',
    });
    const lstm = sequential(
      node('Reshape', 'r', [], { target_shape: [1, 2] }),
      node('LSTM', 'l', [], { units: 2 ** 28 }),
    );
    expect((await refuse(lstm)).code).toBe('keras-weight-missing');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * 2 ** 20);
  });

  it('of .keras are refused too', async () => {
    const config = denseConfig();
    const [kernel, bias] = [rising([2, 3]), rising([3])];
    const at = (i: number): string => `layers/dense/vars/${i}`;
    expect((await refusal(kerasFile(config, { [at(0)]: kernel }))).code).toBe(
      'keras-weight-missing',
    );
    expect((await refusal(kerasFile(config, { [at(0)]: bias, [at(1)]: kernel }))).code).toBe(
      'keras-weight-shape',
    );
    expect(
      (await refusal(kerasFile(config, { [at(0)]: kernel, [at(1)]: bias, [at(2)]: bias }))).code,
    ).toBe('keras-weight-unknown');
  });

  it('of one model are not those of another', async () => {
    const bytes = await saveModel(smallCnn(1, { units: 4 }), 'b.h5');
    const text = Buffer.from(bytes).toString('latin1').replace('"units":4', '"units":5');
    const changed = new Uint8Array(Buffer.from(text, 'latin1'));
    expect((await refusal(changed)).code).toBe('keras-weight-shape');
  });
});
