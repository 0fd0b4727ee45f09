import '@tensorflow/tfjs-backend-cpu';
import { createRng, evaluation, numerics, sparsity, tf, type Rng } from 'heavy-weights';
import { beforeAll, describe, expect, it } from 'vitest';
import { startTensorFlow } from '../../../src/build/node-tensorflow.ts';
import { codeOf } from './reader-errors.ts';
import { everyLayer, inputsFor, randomize, smallCnn } from './random-models.ts';

beforeAll(() => startTensorFlow());

const { layers } = tf;
const answers = (model: tf.LayersModel, x: tf.Tensor): Float32Array =>
  (model.predict(x) as tf.Tensor).dataSync() as Float32Array;
const apply = (layer: tf.layers.Layer, ...inputs: tf.SymbolicTensor[]): tf.SymbolicTensor =>
  layer.apply(inputs.length === 1 ? inputs[0]! : inputs) as tf.SymbolicTensor;

const lenet = (): tf.LayersModel =>
  randomize(
    tf.sequential({
      name: 'lenet',
      layers: [
        layers.conv2d({ filters: 20, kernelSize: 5, inputShape: [28, 28, 1], name: 'conv_1' }),
        layers.maxPooling2d({ poolSize: 2, name: 'pool_1' }),
        layers.conv2d({ filters: 50, kernelSize: 5, name: 'conv_2' }),
        layers.maxPooling2d({ poolSize: 2, name: 'pool_2' }),
        layers.flatten({ name: 'flatten' }),
        layers.dense({ units: 500, activation: 'relu', name: 'dense' }),
        layers.dense({ units: 10, activation: 'softmax', name: 'answer' }),
      ],
    }),
    1,
  );

/** Makes channels give 0 exactly: their weights and biases are 0, and no normalization shifts anything. */
function silence(model: tf.LayersModel, channels: Readonly<Record<string, number[]>>): void {
  for (const layer of model.layers) {
    const gone = channels[layer.name];
    const weights = layer.weights.map((variable, i) => {
      const tensor = layer.getWeights()[i]!;
      const name = variable.originalName.split('/').at(-1)!;
      const values = tensor.dataSync().slice();
      if (/beta|moving_mean/.test(name)) values.fill(0);
      if (/depthwise/.test(layer.name) && name === 'bias') values.fill(0);
      if (gone && /bias|kernel/.test(name) && name !== 'depthwise_kernel') {
        const last = tensor.shape.at(-1)!;
        values.forEach((_, at) => {
          if (gone.includes(at % last)) values[at] = 0;
        });
      }
      return tf.tensor(values, tensor.shape);
    });
    layer.setWeights(weights);
  }
}

const randomScores = (model: tf.LayersModel, rng: Rng): Record<string, Float32Array> =>
  Object.fromEntries(
    model.layers
      .filter((layer) => /^(Dense|Conv1D|Conv2D|SeparableConv2D)$/.test(layer.getClassName()))
      .map((layer) => [layer.name, rng.floats((layer.outputShape as number[]).at(-1)!)]),
  );

/** Cuts channels by random scores, first to learn which go, then from the model in which those give 0. */
function expectSameAsSilenced(
  model: tf.LayersModel,
  share: number | Record<string, number>,
  seed: number,
): ReturnType<typeof sparsity.pruneChannels> {
  const criterion = randomScores(model, createRng(seed));
  const { removed } = sparsity.pruneChannels(model, { sparsity: share, criterion });
  silence(model, removed);
  const pruned = sparsity.pruneChannels(model, { sparsity: share, criterion });
  expect(pruned.removed).toEqual(removed);
  const x = inputsFor(model, 3, seed);
  const [wanted, found] = [answers(model, x), answers(pruned.model, x)];
  const scale = Math.max(...wanted.map(Math.abs));
  expect(numerics.maxAbsError(wanted, found)).toBeLessThanOrEqual(2e-6 * scale);
  expect(scale).toBeGreaterThan(0);
  return pruned;
}

describe('pruneChannels', () => {
  it('makes a smaller network, as counted by hand', () => {
    const model = lenet();
    const share = { conv_1: 0.4, conv_2: 0.5, dense: 0.8 };
    const { model: small, removed, skipped } = sparsity.pruneChannels(model, { sparsity: share });
    expect(Object.entries(removed).map(([name, gone]) => [name, gone.length])).toEqual([
      ['conv_1', 8],
      ['conv_2', 25],
      ['dense', 400],
    ]);
    expect(skipped).toEqual([]);
    const parameters = 25 * 12 + 12 + (25 * 12 * 25 + 25) + (16 * 25 * 100 + 100) + (1000 + 10);
    expect(small.countParams()).toBe(parameters);
    expect(evaluation.modelCost(model).macs).toBe(
      24 * 24 * 20 * 25 + 64 * 50 * 500 + 800 * 500 + 5000,
    );
    expect(evaluation.modelCost(small).macs).toBe(
      24 * 24 * 12 * 25 + 64 * 25 * 300 + 400 * 100 + 1000,
    );
    expect(small.layers.map(({ name }) => name)).toEqual(model.layers.map(({ name }) => name));
    expect(small.name).toBe('lenet');
  });

  it('keeps the filters of largest norm, and their biases', () => {
    const model = tf.sequential({
      layers: [
        layers.dense({ units: 4, inputShape: [2], name: 'a' }),
        layers.dense({ units: 1, name: 'b' }),
      ],
    });
    model.setWeights([
      tf.tensor2d([
        [3, 2, 0, -3],
        [0, -2, 1, 0.9],
      ]),
      tf.tensor1d([1, 2, 3, 4]),
      tf.tensor2d([[10], [20], [30], [40]]),
      tf.tensor1d([5]),
    ]);
    const cut = (criterion?: Parameters<typeof sparsity.pruneChannels>[1]['criterion']) => {
      const { model: small, removed } = sparsity.pruneChannels(model, {
        sparsity: { a: 0.5 },
        ...(criterion ? { criterion } : {}),
      });
      return [removed['a'], ...small.getWeights().map((tensor) => [...tensor.dataSync()])];
    };
    const approx = (values: number[]) => values.map((value) => expect.closeTo(value, 6));
    // Sums of |w| are 3, 4, 1, 3.9; roots of sums of squares 3, 2.83, 1, 3.13.
    expect(cut()).toEqual([[0, 2], approx([2, -3, -2, 0.9]), [2, 4], [20, 40], [5]]);
    expect(cut('l1')).toEqual(cut());
    expect(cut('l2')).toEqual([[1, 2], approx([3, -3, 0, 0.9]), [1, 4], [10, 40], [5]]);
    expect(cut({ a: [9, 1, 2, 1] })).toEqual([[1, 3], [3, 0, 0, 1], [1, 3], [10, 30], [5]]);
    // Of equal scores the first stay.
    expect(cut({ a: [1, 1, 1, 1] })[0]).toEqual([2, 3]);
  });

  it.each([1, 2, 3])('loses nothing with channels that give 0 (seed %i)', (seed) => {
    const model = randomize(
      tf.sequential({
        layers: [
          layers.zeroPadding2d({ padding: 1, inputShape: [7, 6, 2], name: 'pad' }),
          layers.conv2d({ filters: 6, kernelSize: 3, name: 'conv' }),
          layers.batchNormalization({ name: 'norm' }),
          layers.reLU({ name: 'relu' }),
          layers.maxPooling2d({ poolSize: 2, strides: 1, name: 'pool' }),
          layers.depthwiseConv2d({ kernelSize: 2, depthMultiplier: 2, name: 'depthwise' }),
          layers.batchNormalization({ scale: false, name: 'norm_2' }),
          layers.prelu({ sharedAxes: [1, 2], name: 'prelu' }),
          layers.separableConv2d({
            filters: 5,
            kernelSize: 2,
            activation: 'tanh',
            name: 'separable',
          }),
          layers.upSampling2d({ size: [2, 1], name: 'up' }),
          layers.flatten({ name: 'flatten' }),
          layers.dropout({ rate: 0.5, name: 'dropout' }),
          layers.dense({ units: 7, activation: 'relu', name: 'hidden' }),
          layers.dense({ units: 3, activation: 'softmax', name: 'answer' }),
        ],
      }),
      seed,
    );
    const { model: small, removed, skipped } = expectSameAsSilenced(model, 0.5, seed);
    expect(Object.keys(removed)).toEqual(['conv', 'separable', 'hidden']);
    expect(skipped).toEqual([
      { layer: 'answer', reason: 'its channels are an output of the model' },
    ]);
    const shapeOf = (name: string) => small.getLayer(name).outputShape;
    expect(shapeOf('conv')).toEqual([null, 7, 6, 3]);
    expect(shapeOf('prelu')).toEqual([null, 5, 4, 6]);
    // Half of five is rounded to the even number.
    expect(shapeOf('separable')).toEqual([null, 4, 3, 2]);
    expect(shapeOf('flatten')).toEqual([null, 8 * 3 * 2]);
    expect(shapeOf('hidden')).toEqual([null, 4]);
  });

  it('cuts series, and reads through global pools and Reshape', () => {
    const model = randomize(
      tf.sequential({
        layers: [
          layers.conv1d({ filters: 6, kernelSize: 3, inputShape: [12, 2], name: 'a' }),
          layers.maxPooling1d({ poolSize: 2, name: 'pool' }),
          layers.reshape({ targetShape: [5, 1, 6], name: 'image' }),
          layers.conv2d({ filters: 4, kernelSize: [2, 1], activation: 'relu', name: 'b' }),
          layers.reshape({ targetShape: [16], name: 'flat' }),
          layers.dense({ units: 6, name: 'c' }),
          layers.repeatVector({ n: 3, name: 'repeat' }),
          layers.conv1d({ filters: 4, kernelSize: 2, name: 'd' }),
          layers.globalAveragePooling1d({ name: 'mean' }),
          layers.dense({ units: 2, name: 'answer' }),
        ],
      }),
      3,
    );
    const { removed, model: small } = expectSameAsSilenced(model, 0.5, 4);
    expect(Object.values(removed).map(({ length }) => length)).toEqual([3, 2, 3, 2]);
    expect(small.getLayer('flat').outputShape).toEqual([null, 8]);
  });

  it('cuts what is added together, and through Concatenate', () => {
    const input = tf.input({ shape: [6, 6, 2], name: 'image' });
    const conv = (name: string, filters: number) =>
      layers.conv2d({ filters, kernelSize: 3, padding: 'same', name });
    const a = apply(conv('a', 6), input);
    const b = apply(conv('b', 6), input);
    const sum = apply(layers.add({ name: 'sum' }), a, b);
    const c = apply(conv('c', 4), sum);
    const both = apply(layers.concatenate({ name: 'both' }), sum, c);
    const d = apply(conv('d', 3), both);
    const flat = apply(layers.flatten({ name: 'flat' }), apply(layers.reLU({ name: 'relu' }), d));
    const model = randomize(
      tf.model({ inputs: input, outputs: apply(layers.dense({ units: 2, name: 'answer' }), flat) }),
      5,
    );
    const { removed, model: small } = expectSameAsSilenced(model, { a: 0.5, c: 0.5, d: 0.34 }, 6);
    expect(removed['a']).toEqual(removed['b']);
    expect(Object.values(removed).map(({ length }) => length)).toEqual([3, 3, 2, 1]);
    expect(small.getLayer('both').outputShape).toEqual([null, 6, 6, 5]);
    // The scores of both count: a alone would lose its first channels.
    const criterion = {
      a: [1, 2, 3, 4, 5, 6],
      b: [60, 50, 40, 30, 20, 10],
      c: [1, 1, 1, 1],
      d: [1, 1, 1],
      answer: [1, 1],
    };
    expect(sparsity.pruneChannels(model, { sparsity: { b: 0.5 }, criterion }).removed).toEqual({
      a: [3, 4, 5],
      b: [3, 4, 5],
    });
  });

  it('with a norm of squares takes the root over both filters that are added', () => {
    const input = tf.input({ shape: [1] });
    const dense = (name: string) => layers.dense({ units: 2, useBias: false, name });
    const sum = apply(layers.add(), apply(dense('a'), input), apply(dense('b'), input));
    const model = tf.model({
      inputs: input,
      outputs: apply(layers.dense({ units: 1, name: 'c' }), sum),
    });
    model.getLayer('a').setWeights([tf.tensor2d([[5, 4]])]);
    model.getLayer('b').setWeights([tf.tensor2d([[0, 2]])]);
    const removed = (criterion: 'l1' | 'l2') =>
      sparsity.pruneChannels(model, { sparsity: { a: 0.5 }, criterion }).removed['a'];
    expect(removed('l1')).toEqual([0]);
    expect(removed('l2')).toEqual([1]);
  });

  it.each([1, 2, 3, 4])('treats nearly every layer (seed %i)', (seed) => {
    const model = everyLayer(seed);
    const {
      removed,
      skipped,
      model: small,
    } = expectSameAsSilenced(
      model,
      { conv: 0.5, pointwise: 0.5, dense_tanh: 0.4, logits: 0.5 },
      seed,
    );
    expect(removed['conv']).toEqual(removed['pointwise']);
    expect(removed['dense_tanh']!.length).toBe(2);
    expect(skipped).toEqual([
      { layer: 'logits', reason: 'softmax (Softmax) reads its channels together' },
    ]);
    expect(small.countParams()).toBeLessThan(0.6 * model.countParams());
    expect(evaluation.modelCost(small).macs).toBeLessThan(0.6 * evaluation.modelCost(model).macs);
  });

  it.each(Array.from({ length: 12 }, (_, i) => i + 1))(
    'treats random networks with branches (seed %i)',
    (seed) => {
      expectSameAsSilenced(branching(seed), createRng(seed).uniform(0.2, 0.8), seed);
    },
  );

  it('leaves whole what cannot be cut, and says why', () => {
    const input = tf.input({ shape: [4, 4, 3], name: 'image' });
    const conv = (name: string) => layers.conv2d({ filters: 3, kernelSize: 1, name });
    const added = apply(layers.add({ name: 'sum' }), apply(conv('residual'), input), input);
    const normed = apply(layers.layerNormalization({ name: 'norm' }), apply(conv('normed'), added));
    const gates = apply(
      layers.dense({ units: 3, activation: 'softmax', name: 'gates' }),
      apply(conv('free'), normed),
    );
    const turned = apply(
      layers.permute({ dims: [3, 1, 2], name: 'turn' }),
      apply(conv('turned'), gates),
    );
    const middle = apply(layers.flatten({ name: 'flat' }), turned);
    const answer = apply(layers.dense({ units: 3, name: 'answer' }), middle);
    const model = tf.model({ inputs: input, outputs: answer });
    const { skipped, removed } = sparsity.pruneChannels(model, { sparsity: 0.5 });
    expect(Object.keys(removed)).toEqual(['free']);
    expect(skipped).toEqual([
      { layer: 'residual', reason: 'its channels are joined with those of the input image' },
      { layer: 'normed', reason: 'norm (LayerNormalization) reads its channels together' },
      { layer: 'gates', reason: 'its activation mixes its channels' },
      { layer: 'turned', reason: 'turn (Permute) reads its channels together' },
      { layer: 'answer', reason: 'its channels are an output of the model' },
    ]);
    expect(sparsity.pruneChannels(model, { sparsity: { normed: 0.5 } }).skipped.length).toBe(1);
  });

  it('cuts through depth multipliers of separable layers, and slopes that channels share', () => {
    const model = randomize(
      tf.sequential({
        layers: [
          layers.conv2d({ filters: 4, kernelSize: 1, inputShape: [5, 5, 2], name: 'conv' }),
          layers.prelu({ sharedAxes: [1, 2, 3], name: 'prelu' }),
          layers.separableConv2d({
            filters: 4,
            kernelSize: 2,
            depthMultiplier: 3,
            name: 'separable',
          }),
          layers.flatten(),
          layers.dense({ units: 2, name: 'answer' }),
        ],
      }),
      1,
    );
    const { model: small } = expectSameAsSilenced(model, 0.5, 2);
    expect(small.getLayer('separable').weights.map(({ shape }) => shape)).toEqual([
      [2, 2, 2, 3],
      [1, 1, 6, 2],
      [2],
    ]);
  });

  it('leaves whole what an activation mixes, in the layer or after it', () => {
    const model = tf.sequential({
      layers: [
        layers.dense({ units: 4, inputShape: [3], name: 'a' }),
        layers.activation({ activation: 'softmax', name: 'soft' }),
        layers.dense({ units: 4, name: 'b' }),
        layers.dense({ units: 4, activation: 'logSoftmax' as never, name: 'c' }),
        layers.dense({ units: 1, name: 'answer' }),
      ],
    });
    const { removed, skipped } = sparsity.pruneChannels(model, {
      sparsity: { a: 0.5, b: 0.5, c: 0.5 },
    });
    expect(Object.keys(removed)).toEqual(['b']);
    expect(skipped).toEqual([
      { layer: 'a', reason: 'soft (Activation) reads its channels together' },
      { layer: 'c', reason: 'its activation mixes its channels' },
    ]);
  });

  it('leaves whole every output of a model that has several', () => {
    const input = tf.input({ shape: [3] });
    const a = apply(layers.dense({ units: 4, name: 'a' }), input);
    const b = apply(layers.dense({ units: 4, name: 'b' }), a);
    const model = tf.model({ inputs: input, outputs: [apply(layers.reLU(), a), b] });
    const { skipped, removed } = sparsity.pruneChannels(model, { sparsity: 0.5 });
    expect(removed).toEqual({});
    expect(skipped.map(({ layer }) => layer)).toEqual(['a', 'b']);
  });

  it('leaves whole what lies with its channels first', () => {
    const model = tf.sequential({
      layers: [
        layers.conv2d({ filters: 4, kernelSize: 1, inputShape: [4, 4, 1], name: 'a' }),
        layers.maxPooling2d({ poolSize: 2, dataFormat: 'channelsFirst', name: 'pool' }),
        layers.flatten(),
        layers.dense({ units: 2, name: 'answer' }),
      ],
    });
    expect(sparsity.pruneChannels(model, { sparsity: { a: 0.5 } }).skipped).toEqual([
      { layer: 'a', reason: 'pool (MaxPooling2D) reads its channels together' },
    ]);
  });

  it('leaves every layer a channel', () => {
    const input = tf.input({ shape: [2] });
    const dense = (units: number, name: string) => layers.dense({ units, name });
    const joined = apply(
      layers.concatenate(),
      apply(dense(2, 'a'), input),
      apply(dense(6, 'b'), input),
    );
    const sum = apply(layers.add(), joined, apply(dense(8, 'c'), input));
    const model = tf.model({ inputs: input, outputs: apply(dense(1, 'answer'), sum) });
    const criterion = {
      a: [1, 2],
      b: [3, 4, 5, 6, 7, 8],
      c: new Array(8).fill(0) as number[],
      answer: [1],
    };
    const cut = (share: number) =>
      sparsity.pruneChannels(model, { sparsity: { c: share }, criterion }).removed;
    expect(cut(0.25)).toEqual({ a: [0], b: [0], c: [0, 2] });
    expect(cut(0.99)).toEqual({ a: [0], b: [0, 1, 2, 3, 4], c: [0, 2, 3, 4, 5, 6] });
    // One group, however many layers are named: b alone would lose half of its channels.
    const unlike = { ...criterion, b: [3, 4, 5, 6, 7, 8], a: [11, 12] };
    expect(sparsity.pruneChannels(model, { sparsity: 0.5, criterion: unlike }).removed).toEqual({
      a: [],
      b: [0, 1, 2, 3],
      c: [2, 3, 4, 5],
    });
    unlike.b = [30, 31, 32, 33, 34, 35];
    expect(sparsity.pruneChannels(model, { sparsity: 0.25, criterion: unlike }).removed).toEqual({
      a: [0],
      b: [0],
      c: [0, 2],
    });
    expect(
      sparsity.pruneChannels(lenet(), { sparsity: { conv_1: 0.999 } }).removed['conv_1']!.length,
    ).toBe(19);
    expect(sparsity.pruneChannels(lenet(), { sparsity: 0 }).removed).toEqual({
      conv_1: [],
      conv_2: [],
      dense: [],
    });
  });

  it('keeps what may train, the kind of model and the model itself; no tensor stays behind', () => {
    const model = lenet();
    model.getLayer('conv_2').trainable = false;
    const before = model.getWeights().map((tensor) => tensor.dataSync().slice());
    const first = sparsity.pruneChannels(model, { sparsity: 0.5 });
    expect(first.model).toBeInstanceOf(tf.Sequential);
    expect(first.model.getLayer('conv_2').trainable).toBe(false);
    expect(first.model.getLayer('conv_1').trainable).toBe(true);
    model.getWeights().forEach((tensor, i) => expect(tensor.dataSync()).toEqual(before[i]));
    first.model.dispose();
    const tensors = tf.memory().numTensors;
    sparsity.pruneChannels(model, { sparsity: 0.5 }).model.dispose();
    expect(tf.memory().numTensors).toBe(tensors);
  });

  it('trains on', async () => {
    const { model } = sparsity.pruneChannels(smallCnn(2), { sparsity: 0.5 });
    model.compile({ optimizer: tf.train.sgd(0.01), loss: 'meanSquaredError' });
    const x = inputsFor(model, 4, 1);
    const y = tf.ones([4, 3]);
    const losses = [];
    for (let i = 0; i < 5; i++) losses.push((await model.trainOnBatch(x, y)) as number);
    expect(losses.at(-1)!).toBeLessThan(losses[0]!);
  });

  it('refuses what makes no sense', () => {
    const model = lenet();
    const code = (options: object, given = model) =>
      codeOf(() => sparsity.pruneChannels(given, options as never));
    expect(code({ sparsity: 1 })).toBe('sparsity-out-of-range');
    expect(code({ sparsity: -0.5 })).toBe('sparsity-out-of-range');
    expect(code({})).toBe('sparsity-out-of-range');
    expect(code({ sparsity: [0.5] })).toBe('sparsity-out-of-range');
    expect(code({ sparsity: { conv_1: 'half' } })).toBe('sparsity-out-of-range');
    expect(code({ sparsity: { pool_1: 0.5 } })).toBe('layer-unknown');
    expect(code({ sparsity: 0.5, criterion: 'max' })).toBe('criterion-unknown');
    expect(code({ sparsity: 0.5, criterion: { conv_1: [1, 2] } })).toBe('scores-do-not-fit');
    expect(code({ sparsity: 0.5, criterion: { conv_9: [1, 2] } })).toBe('layer-unknown');
    expect(code({ sparsity: 0.5, criterion: { conv_1: new Array(20).fill(NaN) } })).toBe(
      'value-not-finite',
    );
    expect(code({ sparsity: { conv_2: 0.5 }, criterion: { conv_1: new Array(20).fill(1) } })).toBe(
      'scores-do-not-fit',
    );
    expect(code({ amount: 0.5 })).toBe('option-unknown');
    expect(code({ sparsity: 0.5 }, sparsity.pruneLowMagnitude(model))).toBe('model-pruned-already');
    expect(code({ sparsity: 0.5 }, tf.sequential())).toBe('model-not-built');
    expect(code({ sparsity: 0.5 }, {} as never)).toBe('model-not-a-model');
    const pool = tf.sequential({ layers: [layers.flatten({ inputShape: [2, 2] })] });
    expect(code({ sparsity: 0.5 }, pool)).toBe('nothing-to-prune');
    const input = tf.input({ shape: [2] });
    const [a, b] = ['a', 'b'].map((name) => apply(layers.dense({ units: 2, name }), input));
    const sum = tf.model({
      inputs: input,
      outputs: apply(layers.dense({ units: 1, name: 'c' }), apply(layers.add(), a!, b!)),
    });
    expect(code({ sparsity: { a: 0.5, b: 0.4 } }, sum)).toBe('sparsities-differ');
    const broken = lenet();
    broken.getLayer('answer').setWeights([tf.fill([500, 10], NaN), tf.zeros([10])]);
    expect(code({ sparsity: 0.5 }, broken)).toBe('weights-not-finite');
  });
});

/** A network of random branches, joined by sums and concatenations; every layer gives 0 for 0. */
function branching(seed: number): tf.LayersModel {
  const rng = createRng(seed);
  let made = 0;
  const name = (kind: string): string => `${kind}_${made++}`;
  const channels = (x: tf.SymbolicTensor): number => x.shape.at(-1)!;
  const conv = (x: tf.SymbolicTensor, filters: number) =>
    apply(
      rng.integer(0, 3) === 0
        ? layers.separableConv2d({
            filters,
            kernelSize: 2,
            padding: 'same',
            name: name('separable'),
          })
        : layers.conv2d({
            filters,
            kernelSize: rng.integer(1, 3),
            padding: 'same',
            name: name('conv'),
          }),
      x,
    );
  const input = tf.input({ shape: [5, 4, 2], name: 'image' });
  const open = [conv(input, rng.integer(2, 6))];
  const pick = (): tf.SymbolicTensor => open[rng.integer(0, open.length - 1)]!;
  for (let i = 0; i < 9; i++) {
    const x = pick();
    switch (rng.integer(0, 6)) {
      case 0:
        open.push(conv(x, rng.integer(2, 6)));
        break;
      case 1:
        open.push(apply(layers.batchNormalization({ name: name('norm') }), x));
        break;
      case 2:
        open.push(apply(layers.activation({ activation: 'relu', name: name('relu') }), x));
        break;
      case 3:
        open.push(
          apply(
            layers.depthwiseConv2d({
              kernelSize: 2,
              padding: 'same',
              useBias: rng.integer(0, 1) === 1,
              depthMultiplier: rng.integer(1, 2),
              name: name('depthwise'),
            }),
            x,
          ),
        );
        break;
      case 4: {
        const other = pick();
        // TensorFlow.js disposes too early of what one sum reads twice.
        const fits = other !== x && channels(other) === channels(x);
        const fitting = fits ? other : conv(other, channels(x));
        open.push(apply(layers.add({ name: name('add') }), x, fitting));
        break;
      }
      case 5:
        open.push(apply(layers.concatenate({ name: name('concat') }), x, conv(pick(), 2)));
        break;
      default:
        open.push(
          apply(
            layers.averagePooling2d({
              poolSize: 2,
              strides: 1,
              padding: 'same',
              name: name('pool'),
            }),
            x,
          ),
        );
    }
  }
  const flat = apply(layers.flatten({ name: 'flatten' }), open.at(-1)!);
  const mean = apply(layers.globalAveragePooling2d({ name: 'mean' }), pick());
  const hidden = apply(layers.dense({ units: 5, activation: 'tanh', name: 'hidden' }), flat);
  const all = apply(layers.concatenate({ name: 'all' }), hidden, mean);
  const model = tf.model({
    inputs: input,
    outputs: apply(layers.dense({ units: 2, name: 'answer' }), all),
  });
  return randomize(model, seed);
}
