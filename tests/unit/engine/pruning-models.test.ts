import '@tensorflow/tfjs-backend-cpu';
import { createRng, ReaderError, sparsity, tf } from 'heavy-weights';
import { beforeAll, describe, expect, it } from 'vitest';
import { cloneModel } from '../../../src/engine/model-graph/clone-model.ts';
import { withFixedMask } from '../../../src/engine/sparsity/fixed-mask.ts';
import { allLayers } from '../../../src/engine/sparsity/pruned-layers.ts';
import {
  always,
  data,
  never,
  refill,
  reloaded,
  twoDense,
  valuesOf,
  weightsOf,
  zerosIn,
} from './pruning-support.ts';
import { everyLayer, inputsFor } from './random-models.ts';

const { layers } = tf;
const { pruneLowMagnitude, PruningSummaries, stripPruning, UpdatePruningStep } = sparsity;

// The layers of this file's models are not all to be had in wasm.
beforeAll(() => tf.setBackend('cpu'));

const coded = (code: string) => expect.objectContaining({ code, name: 'ReaderError' });
const quiet = { onWarning: () => undefined };
const answers = (model: tf.LayersModel, x: tf.Tensor | tf.Tensor[]): Float32Array[] =>
  [model.predict(x) as tf.Tensor | tf.Tensor[]]
    .flat()
    .map((tensor) => tensor.dataSync() as Float32Array);
const call = (layer: tf.layers.Layer, ...inputs: tf.SymbolicTensor[]): tf.SymbolicTensor =>
  layer.apply(inputs.length === 1 ? inputs[0]! : inputs) as tf.SymbolicTensor;
const namesOf = (model: tf.LayersModel): string[] => model.layers.map(({ name }) => name);

async function trained(model: tf.LayersModel, x: tf.Tensor, y: tf.Tensor): Promise<tf.LayersModel> {
  model.compile({ optimizer: tf.train.sgd(0.05), loss: 'meanSquaredError' });
  const callbacks = [new UpdatePruningStep()];
  await model.fit(x, y, { epochs: 2, batchSize: 4, shuffle: false, verbose: 0, callbacks });
  return model;
}

/** Two towers that share a model, itself with a model in it; a layer called twice; two outputs. */
function nestedModel(): tf.LayersModel {
  const core = tf.sequential({
    name: 'core',
    layers: [layers.dense({ units: 5, inputShape: [6], name: 'inner' })],
  });
  const towerInput = tf.input({ shape: [6], name: 'tower_input' });
  const tower = tf.model({
    name: 'tower',
    inputs: towerInput,
    outputs: call(layers.dense({ units: 4, name: 'outer' }), call(core, towerInput)),
  });
  const [a, b] = [tf.input({ shape: [6], name: 'a' }), tf.input({ shape: [6], name: 'b' })];
  const shared = layers.dense({ units: 4, activation: 'tanh', name: 'shared' });
  const sum = call(layers.add({ name: 'sum' }), call(tower, a), call(tower, b));
  const twice = call(shared, call(shared, sum));
  const model = tf.model({ name: 'nested', inputs: [a, b], outputs: [twice, sum] });
  refill(model, 1);
  return model;
}

describe('cloneModel', () => {
  it.each([
    ['a functional model', () => everyLayer(1)],
    ['a Sequential', () => twoDense(1)],
    [
      'a Sequential that begins with a model',
      () => tf.sequential({ layers: [twoDense(2), layers.dense({ units: 2, name: 'last' })] }),
    ],
    [
      'a Sequential that begins with an input layer',
      () =>
        tf.sequential({
          layers: [layers.inputLayer({ inputShape: [6] }), layers.dense({ units: 2 })],
        }),
    ],
  ])('copies %s, of its own kind, and shares nothing', (_, make) => {
    const model = make();
    const copy = cloneModel(model);
    expect(copy.getClassName()).toBe(model.getClassName());
    expect(copy.name).toBe(model.name);
    expect(namesOf(copy)).toEqual(namesOf(model));
    const x = inputsFor(model, 3, 1);
    const before = answers(model, x);
    expect(answers(copy, x)).toEqual(before);
    refill(copy, 9);
    expect(answers(copy, x)).not.toEqual(before);
    copy.dispose();
    expect(answers(model, x)).toEqual(before);
  });

  it('copies nested models, shared layers and several outputs', () => {
    const model = nestedModel();
    const copy = cloneModel(model);
    expect(allLayers(copy).map(({ name }) => name)).toEqual(
      allLayers(model).map(({ name }) => name),
    );
    const xs = [data(3, [6], [1], 2)[0], data(3, [6], [1], 3)[0]];
    expect(answers(copy, xs)).toEqual(answers(model, xs));
    expect(copy.getLayer('shared').inboundNodes.length).toBe(2);
    expect(copy.countParams()).toBe(model.countParams());
  });

  it('leaves frozen layers and models frozen', () => {
    const model = nestedModel();
    model.getLayer('tower').trainable = false;
    model.getLayer('shared').trainable = false;
    expect(cloneModel(model).trainableWeights.length).toBe(0);
    const whole = twoDense(1);
    whole.trainable = false;
    expect(cloneModel(whole).trainableWeights.length).toBe(0);
  });

  it('goes through hundreds of layers', () => {
    let x = tf.input({ shape: [2] });
    const input = x;
    for (let i = 0; i < 500; i++) x = call(layers.activation({ activation: 'linear' }), x);
    const copy = cloneModel(tf.model({ inputs: input, outputs: x }));
    expect(copy.layers.length).toBe(501);
  });

  it('copies weights exactly, past their constraints', () => {
    const model = tf.sequential({
      layers: [
        layers.dense({ units: 3, inputShape: [4], kernelConstraint: tf.constraints.unitNorm({}) }),
      ],
    });
    expect(weightsOf(cloneModel(model))).toEqual(weightsOf(model));
  });
});

describe('pruneLowMagnitude on models', () => {
  it('wraps the layers with kernels, and only them', () => {
    const model = everyLayer(2);
    const pruned = pruneLowMagnitude(model);
    const wrapped = namesOf(pruned).filter((name) => name.startsWith('prune_low_magnitude_'));
    expect(wrapped.map((name) => name.replace('prune_low_magnitude_', '')).sort()).toEqual([
      'conv',
      'dense_sigmoid',
      'dense_tanh',
      'logits',
      'pointwise',
    ]);
    expect(namesOf(pruned)).toEqual(
      expect.arrayContaining(['norm', 'depthwise', 'flatten', 'dropout', 'softmax', 'image']),
    );
    expect(pruned.layers.length).toBe(model.layers.length);
    const x = inputsFor(model, 2, 1);
    expect(answers(pruned, x)).toEqual(answers(model, x));
  });

  it('prunes neither biases nor depthwise kernels nor normalizations', async () => {
    const x = tf.tensor(createRng(3).normals(4 * 64), [4, 8, 8, 1]);
    const model = tf.sequential({
      layers: [
        layers.conv2d({ filters: 4, kernelSize: 3, inputShape: [8, 8, 1], name: 'conv' }),
        layers.batchNormalization({ name: 'norm' }),
        layers.depthwiseConv2d({ kernelSize: 3, name: 'depthwise' }),
        layers.separableConv2d({ filters: 6, kernelSize: 2, name: 'separable' }),
        layers.flatten(),
        layers.dense({ units: 2, name: 'logits' }),
      ],
    });
    refill(model, 4);
    const pruned = pruneLowMagnitude(model, { pruningSchedule: always() });
    expect(pruned.getClassName()).toBe('Sequential');
    const stripped = stripPruning(await trained(pruned, x, tf.ones([4, 2])));
    expect(stripped.getClassName()).toBe('Sequential');
    expect(namesOf(stripped)).toEqual(namesOf(model));
    const zeros = Object.fromEntries(
      stripped.weights.map(({ originalName }, i) => [
        originalName,
        zerosIn(weightsOf(stripped)[i]!),
      ]),
    );
    expect(zeros).toEqual({
      'conv/kernel': 18,
      'conv/bias': 0,
      'norm/gamma': 0,
      'norm/beta': 0,
      'depthwise/depthwise_kernel': 0,
      'depthwise/bias': 0,
      'separable/depthwise_kernel': 0,
      'separable/pointwise_kernel': 12,
      'separable/bias': 0,
      'logits/kernel': 54,
      'logits/bias': 0,
      'norm/moving_mean': 0,
      'norm/moving_variance': 0,
    });
  });

  it.each<[string, () => tf.layers.Layer[], number[], string[]]>([
    ['Conv1D', () => [layers.conv1d({ filters: 4, kernelSize: 3 })], [8, 3], ['mask']],
    [
      'Conv2DTranspose',
      () => [layers.conv2dTranspose({ filters: 3, kernelSize: 2 })],
      [4, 4, 2],
      ['mask'],
    ],
    ['Conv3D', () => [layers.conv3d({ filters: 3, kernelSize: 2 })], [4, 4, 4, 2], ['mask']],
    [
      'Embedding',
      () => [layers.embedding({ inputDim: 10, outputDim: 4, maskZero: false })],
      [5],
      ['mask'],
    ],
    [
      'SimpleRNN',
      () => [layers.simpleRNN({ units: 4 })],
      [5, 3],
      ['kernel_mask', 'recurrentKernel_mask'],
    ],
    [
      'GRU',
      () => [layers.gru({ units: 4, returnSequences: true })],
      [5, 3],
      ['kernel_mask', 'recurrentKernel_mask'],
    ],
    ['LSTM', () => [layers.lstm({ units: 4 })], [5, 3], ['kernel_mask', 'recurrentKernel_mask']],
    [
      'RNN of stacked cells',
      () => [
        layers.rnn({
          cell: [layers.gruCell({ units: 3 }), layers.simpleRNNCell({ units: 2 })] as never,
        }),
      ],
      [5, 3],
      ['kernel1_mask', 'recurrentKernel1_mask', 'kernel2_mask', 'recurrentKernel2_mask'],
    ],
  ])('prunes %s as TFMOT does', async (_, make, inputShape, masks) => {
    const input = tf.input({ shape: inputShape });
    const middle = make()[0]!;
    const between = call(middle, input);
    const flat = between.rank > 2 ? call(layers.flatten(), between) : between;
    const model = tf.model({ inputs: input, outputs: call(layers.dense({ units: 2 }), flat) });
    refill(model, 5);
    const x = tf.tensor(createRng(6).floats(8 * inputShape.reduce((p, n) => p * n, 1), 0, 9), [
      8,
      ...inputShape,
    ]);
    const y = tf.ones([8, 2]);
    const pruned = pruneLowMagnitude(model, { pruningSchedule: always() });
    expect(answers(pruned, x)).toEqual(answers(model, x));
    await trained(pruned, x, y);
    const again = await reloaded(pruned);
    expect(answers(again, x)).toEqual(answers(pruned, x));
    const wrapper = again.getLayer(`prune_low_magnitude_${middle.name}`);
    for (const name of masks) {
      const mask = valuesOf(wrapper, name);
      // Halves go to the even number.
      expect(Math.abs(zerosIn(mask) - mask.length / 2)).toBeLessThanOrEqual(0.5);
    }
    const stripped = stripPruning(pruned);
    expect(answers(stripped, x)).toEqual(answers(pruned, x));
    expect(weightsOf(stripped).filter((values) => zerosIn(values) > 0).length).toBe(
      masks.length + 1,
    );
  });

  it('passes the masks of sequences on', () => {
    const model = tf.sequential({
      layers: [
        layers.embedding({ inputDim: 10, outputDim: 4, maskZero: true, inputLength: 5 }),
        layers.lstm({ units: 3, name: 'lstm' }),
      ],
    });
    const pruned = pruneLowMagnitude(model);
    const x = tf.tensor2d([
      [1, 2, 0, 0, 0],
      [3, 4, 5, 6, 7],
    ]);
    expect(answers(pruned, x)).toEqual(answers(model, x));
  });

  it('goes into nested models, and finds their layers again', async () => {
    const model = nestedModel();
    const pruned = pruneLowMagnitude(model, { pruningSchedule: always() });
    const xs = [data(4, [6], [1], 2)[0], data(4, [6], [1], 3)[0]];
    expect(answers(pruned, xs)).toEqual(answers(model, xs));
    pruned.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    const summaries = new PruningSummaries();
    await pruned.fit(xs, [tf.ones([4, 4]), tf.ones([4, 4])], {
      epochs: 1,
      verbose: 0,
      callbacks: [new UpdatePruningStep(), summaries],
    });
    expect(
      summaries.records.map(({ layer, step, sparsity: share }) => [layer, step, share]).sort(),
    ).toEqual([
      // Called twice a batch, by both towers; so is the shared layer.
      ['inner', 2, 0.5],
      ['outer', 2, 0.5],
      ['shared', 2, 0.5],
    ]);
    const again = await reloaded(pruned);
    expect(answers(again, xs)).toEqual(answers(pruned, xs));
    const stripped = stripPruning(again);
    expect(allLayers(stripped).map(({ name }) => name)).toEqual(
      allLayers(model).map(({ name }) => name),
    );
    expect(answers(stripped, xs)).toEqual(answers(pruned, xs));
    expect(weightsOf(stripped).filter((values) => zerosIn(values) > 0).length).toBe(3);
  });

  it('prunes a layer that two nested models share once', async () => {
    const dense = layers.dense({ units: 6, name: 'both' });
    const [a, b] = [0, 1].map((i) => {
      const input = tf.input({ shape: [6] });
      return tf.model({ name: `model_${i}`, inputs: input, outputs: call(dense, input) });
    });
    const input = tf.input({ shape: [6] });
    const model = tf.model({ inputs: input, outputs: call(b!, call(a!, input)) });
    const pruned = pruneLowMagnitude(model, { pruningSchedule: always() });
    pruned.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    const summaries = new PruningSummaries();
    const callbacks = [new UpdatePruningStep(), summaries];
    await pruned.fit(...data(4, [6], [6]), { epochs: 1, verbose: 0, callbacks });
    expect(summaries.records.map(({ layer, step }) => [layer, step])).toEqual([['both', 2]]);
    expect(allLayers(stripPruning(pruned)).filter(({ name }) => name === 'both').length).toBe(1);
  });

  it('prunes the layers that a record names, each by its own schedule', async () => {
    const model = tf.sequential({
      layers: [twoDense(7), layers.prelu({ name: 'bend' }), layers.dense({ units: 4, name: 'c' })],
    });
    const pruned = pruneLowMagnitude(model, {
      pruningSchedule: { hidden: always(0.75), c: always(0.25) },
    });
    const [x, y] = data(4, [6], [4]);
    const stripped = stripPruning(await trained(pruned, x, y));
    const kernels = allLayers(stripped).filter(({ name }) => name !== 'bend');
    const zeros = kernels.map((layer) => [layer.name, zerosIn(weightsOf(layer)[0]!)]);
    expect(zeros).toEqual([
      ['hidden', 36],
      ['logits', 0],
      ['c', 3],
    ]);
  });

  it('leaves the model as it was', async () => {
    const model = nestedModel();
    const before = weightsOf(model);
    const names = allLayers(model).map(({ name }) => name);
    const pruned = pruneLowMagnitude(model, { pruningSchedule: always() });
    const x = data(4, [6], [4])[0];
    pruned.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    await pruned.fit([x, x], [tf.ones([4, 4]), tf.ones([4, 4])], {
      epochs: 2,
      verbose: 0,
      callbacks: [new UpdatePruningStep()],
    });
    const during = weightsOf(pruned);
    stripPruning(pruned);
    expect(weightsOf(pruned)).toEqual(during);
    expect(weightsOf(model)).toEqual(before);
    expect(allLayers(model).map(({ name }) => name)).toEqual(names);
  });

  it('leaves frozen what was', () => {
    const model = twoDense(8);
    model.getLayer('hidden').trainable = false;
    const pruned = pruneLowMagnitude(model);
    expect(pruned.trainableWeights.length).toBe(2);
    pruned.getLayer('prune_low_magnitude_logits').trainable = false;
    expect(pruned.trainableWeights.length).toBe(0);
    expect(stripPruning(pruned).trainableWeights.length).toBe(0);
    expect(stripPruning(pruned, quiet).getLayer('logits').trainable).toBe(false);
  });
});

describe('pruneLowMagnitude on a layer', () => {
  it('gives one that a Sequential takes, as its first too', async () => {
    const model = tf.sequential({
      layers: [
        pruneLowMagnitude(layers.dense({ units: 8, inputShape: [6], name: 'first' }), {
          pruningSchedule: always(0.25),
        }),
        layers.dropout({ rate: 0.1 }),
        pruneLowMagnitude(layers.dense({ units: 4, name: 'last' }), { pruningSchedule: always() }),
      ],
    });
    expect(model.inputs[0]!.shape).toEqual([null, 6]);
    const [x, y] = data(8, [6], [4]);
    await trained(model, x, y);
    const stripped = stripPruning(await reloaded(model));
    expect(namesOf(stripped).filter((name) => !name.startsWith('dropout'))).toEqual([
      'first',
      'last',
    ]);
    const kernels = weightsOf(stripped).filter((_, i) => i % 2 === 0);
    expect(kernels.map(zerosIn)).toEqual([12, 16]);
    expect(answers(stripped, x)).toEqual(answers(model, x));
  });

  it('keeps the weights that a layer has or was made with', () => {
    const donor = twoDense(9).getLayer('hidden');
    const fromBuilt = tf.sequential({ layers: [pruneLowMagnitude(donor)] });
    expect(weightsOf(fromBuilt).slice(0, 2)).toEqual(weightsOf(donor));
    const kernel = tf.tensor2d(createRng(10).normals(12), [6, 2]);
    const made = layers.dense({ units: 2, inputShape: [6], weights: [kernel, tf.ones([2])] });
    const fromMade = tf.sequential({ layers: [pruneLowMagnitude(made)] });
    expect(weightsOf(fromMade)[0]).toEqual(kernel.dataSync());
    // The layer given stays free.
    expect(donor.inboundNodes.length).toBe(1);
    expect(made.built).toBe(false);
  });

  it('refuses kernels of a rank that cannot be, when it comes to know them', () => {
    const conv = layers.conv1d({ filters: 2, kernelSize: 2, inputShape: [4, 2], name: 'conv' });
    expect(() =>
      tf.sequential({ layers: [pruneLowMagnitude(conv, { sparsityMByN: [2, 4] })] }),
    ).toThrow(coded('m-by-n-rank'));
    expect(() =>
      tf.sequential({ layers: [pruneLowMagnitude(conv, { blockSize: [2, 2] })] }),
    ).toThrow(/blockSize .* kernel of the layer conv/);
  });
});

describe('stripPruning', () => {
  it('applies the last mask, and writes zeros that are not negative', async () => {
    const pruned = pruneLowMagnitude(twoDense(11), { pruningSchedule: always() });
    pruned.compile({ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError' });
    const callback = new UpdatePruningStep();
    callback.setModel(pruned);
    await callback.onTrainBegin();
    await pruned.trainOnBatch(...data(4, [6], [3]));
    // No epoch has ended: the optimizer's step stands in the variables.
    const wrapper = pruned.getLayer('prune_low_magnitude_logits');
    const mask = valuesOf(wrapper, 'mask');
    const kernel = valuesOf(wrapper, 'kernel');
    expect(zerosIn(kernel)).toBeLessThan(12);
    const stripped = weightsOf(stripPruning(pruned).getLayer('logits'))[0]!;
    stripped.forEach((value, i) => expect(value).toBe(mask[i] === 1 ? kernel[i] : 0));
    expect(stripped.some((value) => Object.is(value, -0))).toBe(false);
    expect(Array.from(kernel).some((value, i) => value < 0 && mask[i] === 0)).toBe(true);
  });

  it('gives a copy of a model that was never wrapped, and says so', () => {
    const model = twoDense(12);
    const said: string[] = [];
    const copy = stripPruning(model, { onWarning: (message) => said.push(message) });
    expect(said).toEqual([expect.stringMatching(/no layer wrapped for pruning/)]);
    expect(copy).not.toBe(model);
    expect(weightsOf(copy)).toEqual(weightsOf(model));
    said.length = 0;
    stripPruning(pruneLowMagnitude(model), { onWarning: (message) => said.push(message) });
    expect(said).toEqual([]);
  });

  it('gives what can be pruned again', () => {
    const pruned = pruneLowMagnitude(twoDense(13));
    expect(() => pruneLowMagnitude(pruned)).toThrow(coded('model-pruned-already'));
    expect(namesOf(pruneLowMagnitude(stripPruning(pruned)))).toEqual(namesOf(pruned));
  });
});

describe('withFixedMask', () => {
  const mask = () => Float32Array.from({ length: 48 }, (_, i) => i % 3 && 1);

  it('holds zeros through training, without a callback', async () => {
    const model = twoDense(14);
    const fixed = withFixedMask(model, new Map([['hidden', mask()]]));
    expect(zerosIn(weightsOf(fixed)[0]!)).toBe(16);
    const [x, y] = data(8, [6], [3]);
    fixed.compile({ optimizer: tf.train.adam(0.01), loss: 'meanSquaredError' });
    await fixed.fit(x, y, { epochs: 3, verbose: 0 });
    await fixed.fit(x, y, { epochs: 3, verbose: 0, callbacks: [new UpdatePruningStep()] });
    const again = await reloaded(fixed);
    for (const each of [fixed, again]) {
      const stripped = stripPruning(each);
      expect(namesOf(stripped)).toEqual(namesOf(model));
      const [kernel, , logits] = weightsOf(stripped);
      expect(Array.from(kernel!, (value) => Number(value !== 0))).toEqual(Array.from(mask()));
      expect(zerosIn(logits!)).toBe(0);
    }
    expect(zerosIn(weightsOf(model)[0]!)).toBe(0);
    const before = valuesOf(again.getLayer('prune_low_magnitude_hidden'), 'kernel');
    again.compile({ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError' });
    await again.trainOnBatch(x, y);
    expect(valuesOf(again.getLayer('prune_low_magnitude_hidden'), 'kernel')).not.toEqual(before);
  });

  it.each<[string, () => [string, Float32Array]]>([
    ['layer-unknown', () => ['nobody', mask()]],
    ['mask-length', () => ['hidden', new Float32Array(5)]],
    ['mask-not-binary', () => ['hidden', mask().fill(0.5, 7, 8)]],
    ['layer-unsupported', () => ['bend', mask()]],
  ])('refuses: %s', (code, entry) => {
    const model = tf.sequential({ layers: [twoDense(1), layers.reLU({ name: 'bend' })] });
    const tensors = tf.memory().numTensors;
    expect(() => withFixedMask(model, new Map([entry()]))).toThrow(coded(code));
    if (code === 'layer-unknown') expect(tf.memory().numTensors).toBe(tensors);
  });

  it('refuses a layer that is wrapped', () => {
    const pruned = pruneLowMagnitude(twoDense(1));
    expect(() => withFixedMask(pruned, new Map([['prune_low_magnitude_hidden', mask()]]))).toThrow(
      coded('model-pruned-already'),
    );
  });
});

describe('callbacks', () => {
  it('note how sparse each layer is, by epochs or by batches', async () => {
    const make = () => {
      const model = pruneLowMagnitude(twoDense(15), {
        pruningSchedule: new sparsity.PolynomialDecay({
          initialSparsity: 0.25,
          finalSparsity: 0.75,
          beginStep: 1,
          endStep: 5,
          power: 1,
          frequency: 1,
        }),
      });
      model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
      return model;
    };
    const [x, y] = data(8, [6], [3]);
    const run = async (options?: sparsity.SummariesOptions) => {
      const summaries = new PruningSummaries(options);
      const callbacks = [new UpdatePruningStep(), summaries];
      const model = make();
      await model.fit(x, y, { epochs: 3, batchSize: 4, verbose: 0, callbacks });
      const mask = valuesOf(model.getLayer('prune_low_magnitude_hidden'), 'mask');
      const hidden = summaries.records.filter(({ layer }) => layer === 'hidden');
      expect(hidden.at(-1)!.sparsity).toBe(1 - tf.mean(tf.tensor(mask)).dataSync()[0]!);
      expect(hidden.at(-1)!.threshold).toBe(
        valuesOf(model.getLayer('prune_low_magnitude_hidden'), 'threshold')[0],
      );
      expect(summaries.records.length).toBe(2 * hidden.length);
      return hidden.map(({ epoch, step, weight, sparsity: share }) => [epoch, step, weight, share]);
    };
    const byEpoch = [
      [0, 2, 'kernel', 0.375],
      [1, 4, 'kernel', 0.625],
      [2, 6, 'kernel', 0.75],
    ];
    expect(await run()).toEqual(byEpoch);
    expect(await run({ updateFreq: 'epoch' })).toEqual(byEpoch);
    expect(await run({ updateFreq: 3 })).toEqual([
      [1, 3, 'kernel', 0.5],
      [2, 6, 'kernel', 0.75],
    ]);
  });

  it('do no harm to a model without pruned layers', async () => {
    const model = twoDense(16);
    model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    const summaries = new PruningSummaries();
    const callbacks = [new UpdatePruningStep(), summaries];
    await model.fit(...data(4, [6], [3]), { epochs: 1, verbose: 0, callbacks });
    expect(summaries.records).toEqual([]);
  });

  it('refuse to run without a model, and unknown options', async () => {
    await expect(new UpdatePruningStep().onTrainBegin()).rejects.toThrow(
      coded('callback-without-model'),
    );
    await expect(new UpdatePruningStep().onEpochEnd()).rejects.toThrow(
      /UpdatePruningStep.*setModel/,
    );
    await expect(new PruningSummaries().onEpochEnd()).rejects.toThrow(/PruningSummaries/);
    expect(() => new PruningSummaries({ updateFreq: 0 })).toThrow(coded('not-an-integer-in-range'));
    expect(() => new PruningSummaries({ logDir: 'x' } as never)).toThrow(coded('option-unknown'));
  });
});

describe('pruning refuses', () => {
  const wrong = (value: unknown) => value as never;
  const withConv = () =>
    tf.sequential({
      layers: [
        layers.conv1d({ filters: 2, kernelSize: 2, inputShape: [4, 2], name: 'conv' }),
        layers.flatten(),
        layers.dense({ units: 1, name: 'end' }),
      ],
    });
  const strange = () =>
    tf.sequential({
      layers: [
        layers.dense({ units: 2, inputShape: [3], name: 'd' }),
        layers.prelu({ name: 'bend' }),
      ],
    });
  it.each<[string, RegExp, () => unknown]>([
    ['model-not-a-model', /model must be/, () => pruneLowMagnitude(wrong(null))],
    [
      'model-not-a-model',
      /model must be/,
      () => pruneLowMagnitude(wrong([layers.dense({ units: 1 })])),
    ],
    ['model-not-a-model', /model must be/, () => stripPruning(wrong({}))],
    ['model-not-a-model', /model must be/, () => stripPruning(layers.dense({ units: 1 }) as never)],
    ['model-not-built', /inputShape/, () => pruneLowMagnitude(tf.sequential())],
    ['model-not-built', /inputShape/, () => stripPruning(tf.sequential())],
    [
      'layer-unsupported',
      /bend \(PReLU\).*pruningSchedule: \{ d: schedule \}/s,
      () => pruneLowMagnitude(strange()),
    ],
    [
      'layer-unsupported',
      /bend/,
      () => pruneLowMagnitude(strange(), { pruningSchedule: { bend: always() } }),
    ],
    ['layer-unsupported', /Flatten/, () => pruneLowMagnitude(layers.flatten())],
    [
      'layer-unsupported',
      /BatchNormalization/,
      () => pruneLowMagnitude(layers.batchNormalization()),
    ],
    [
      'layer-unsupported',
      /DepthwiseConv2D/,
      () => pruneLowMagnitude(layers.depthwiseConv2d({ kernelSize: 3 })),
    ],
    [
      'layer-unsupported',
      /LSTM.*return their state/s,
      () => pruneLowMagnitude(layers.lstm({ units: 2, returnState: true })),
    ],
    ['layer-unsupported', /GRU/, () => pruneLowMagnitude(layers.gru({ units: 2, stateful: true }))],
    [
      'layer-unknown',
      /nobody.*d/s,
      () => pruneLowMagnitude(strange(), { pruningSchedule: { nobody: always() } }),
    ],
    [
      'nothing-to-prune',
      /no layer whose kernel/,
      () => pruneLowMagnitude(tf.sequential({ layers: [layers.flatten({ inputShape: [2, 2] })] })),
    ],
    [
      'pruning-schedule-invalid',
      /undefined|null came/,
      () => pruneLowMagnitude(twoDense(1), { pruningSchedule: wrong(null) }),
    ],
    [
      'pruning-schedule-invalid',
      /0.5 came/,
      () => pruneLowMagnitude(twoDense(1), { pruningSchedule: wrong(0.5) }),
    ],
    [
      'pruning-schedule-invalid',
      /at least/,
      () => pruneLowMagnitude(twoDense(1), { pruningSchedule: {} }),
    ],
    [
      'pruning-schedule-invalid',
      /pruningSchedule\.hidden.*0.5/,
      () => pruneLowMagnitude(twoDense(1), { pruningSchedule: wrong({ hidden: 0.5 }) }),
    ],
    [
      'pruning-schedule-invalid',
      /at\(step\)/,
      () => pruneLowMagnitude(layers.dense({ units: 1 }), { pruningSchedule: { d: always() } }),
    ],
    [
      'model-pruned-already',
      /already/,
      () => pruneLowMagnitude(pruneLowMagnitude(layers.dense({ units: 1 }))),
    ],
    [
      'block-size-rank',
      /blockSize \[2, 2\].*layer conv.*\[2, 2, 2\]/,
      () => pruneLowMagnitude(withConv(), { blockSize: [2, 2] }),
    ],
    ['m-by-n-rank', /layer conv/, () => pruneLowMagnitude(withConv(), { sparsityMByN: [2, 4] })],
    [
      'm-not-below-n',
      /sparsityMByN.*\[4, 4\]/,
      () => pruneLowMagnitude(twoDense(1), { sparsityMByN: [4, 4] }),
    ],
    [
      'not-a-pair',
      /sparsityMByN/,
      () => pruneLowMagnitude(twoDense(1), { sparsityMByN: wrong([2]) }),
    ],
    [
      'not-an-integer-in-range',
      /sparsityMByN\[1\]/,
      () => pruneLowMagnitude(twoDense(1), { sparsityMByN: [2, 4.5] }),
    ],
    ['not-a-pair', /blockSize/, () => pruneLowMagnitude(twoDense(1), { blockSize: wrong('2x2') })],
    [
      'block-pooling-type-unknown',
      /blockPoolingType/,
      () => pruneLowMagnitude(twoDense(1), { blockPoolingType: wrong('SUM') }),
    ],
    [
      'option-unknown',
      /pruning_schedule.*camelCase/,
      () => pruneLowMagnitude(twoDense(1), wrong({ pruning_schedule: always() })),
    ],
    [
      'options-not-an-object',
      /a ConstantSparsity|object/,
      () => pruneLowMagnitude(twoDense(1), wrong(0.5)),
    ],
    [
      'option-unknown',
      /onWarn/,
      () => stripPruning(twoDense(1), wrong({ onWarn: () => undefined })),
    ],
  ])('%s, %s', (code, words, attempt) => {
    expect(attempt).toThrow(coded(code));
    expect(attempt).toThrow(words);
    expect(attempt).toThrow(ReaderError);
  });

  it('weights that are no numbers, by name', () => {
    const model = twoDense(1);
    model.getLayer('logits').setWeights([tf.fill([8, 3], NaN), tf.zeros([3])]);
    expect(() => pruneLowMagnitude(model)).toThrow(coded('weights-not-finite'));
  });

  it('nothing of a model when a record leaves the strange layer alone', () => {
    const pruned = pruneLowMagnitude(strange(), { pruningSchedule: { d: never() } });
    expect(namesOf(pruned)).toEqual(['prune_low_magnitude_d', 'bend']);
  });
});
