import '@tensorflow/tfjs-backend-cpu';
import fc from 'fast-check';
import { sparsity, tf } from 'heavy-weights';
import { beforeAll, describe, expect, it } from 'vitest';
import { startTensorFlow } from '../../../src/build/node-tensorflow.ts';
import { codeOf } from './reader-errors.ts';
import { everyLayer, randomize, smallCnn } from './random-models.ts';

beforeAll(() => startTensorFlow());

const { layers } = tf;
const kernelOf = (model: tf.LayersModel, name: string, index = 0): Float32Array =>
  model.getLayer(name).getWeights()[index]!.dataSync().slice() as Float32Array;

/** Dense layers side by side, each of one input: a kernel is a row of numbers. */
const sideBySide = (kernels: Record<string, number[]>): tf.LayersModel => {
  const input = tf.input({ shape: [1] });
  const outputs = Object.entries(kernels).map(
    ([name, kernel]) =>
      layers
        .dense({ units: kernel.length, useBias: false, name })
        .apply(input) as tf.SymbolicTensor,
  );
  const model = tf.model({ inputs: input, outputs });
  for (const [name, kernel] of Object.entries(kernels)) {
    model.getLayer(name).setWeights([tf.tensor2d([kernel])]);
  }
  return model;
};

describe('magnitudePrune', () => {
  it('prunes as magnitudeMask does, layer by layer', () => {
    const model = everyLayer(1);
    for (const share of [0, 0.3, 0.5, 0.9, 0.999]) {
      const pruned = sparsity.magnitudePrune(model, share);
      for (const name of ['conv', 'pointwise', 'dense_tanh', 'dense_sigmoid', 'logits']) {
        const kernel = model.getLayer(name).getWeights()[0]!;
        const wanted = tf.mul(kernel, sparsity.magnitudeMask(kernel, share).mask).dataSync();
        expect([...kernelOf(pruned, name)]).toEqual([...wanted].map((value) => value + 0));
        expect(kernelOf(pruned, name, 1)).toEqual(kernelOf(model, name, 1));
      }
      for (const name of ['depthwise', 'norm', 'norm_2', 'norm_alone']) {
        expect(kernelOf(pruned, name)).toEqual(kernelOf(model, name));
      }
    }
  });

  it('prunes the pointwise part of a SeparableConv2D, and no other', () => {
    const model = randomize(
      tf.sequential({
        layers: [
          layers.separableConv2d({ filters: 4, kernelSize: 3, inputShape: [5, 5, 3], name: 's' }),
        ],
      }),
      1,
    );
    const pruned = sparsity.magnitudePrune(model, 0.5);
    expect(kernelOf(pruned, 's')).toEqual(kernelOf(model, 's'));
    expect(kernelOf(pruned, 's', 1).filter((value) => value === 0).length).toBe(6);
  });

  it('takes one threshold over all layers with scope global', () => {
    const model = sideBySide({ a: [5, -4, 3], b: [0.5, -1, 2, 0.1, 0.2] });
    const prune = (share: number) => {
      const pruned = sparsity.magnitudePrune(model, share, { scope: 'global' });
      return [[...kernelOf(pruned, 'a')], [...kernelOf(pruned, 'b')]];
    };
    expect(prune(0.5)).toEqual([
      [5, -4, 3],
      [0, 0, 2, 0, 0],
    ]);
    expect(prune(0.75)).toEqual([
      [5, -4, 0],
      [0, 0, 0, 0, 0],
    ]);
    // 8·(1 − 0.3125) = 5.5 is rounded to the even 6, 8·(1 − 0.4375) = 4.5 to 4.
    expect(
      prune(0.3125)
        .flat()
        .filter((value) => value !== 0).length,
    ).toBe(6);
    expect(
      prune(0.4375)
        .flat()
        .filter((value) => value !== 0).length,
    ).toBe(4);
  });

  it('keeps all that tie with the threshold, and at least one', () => {
    const model = sideBySide({ a: [1, -1, 1, 0.5], b: [2, 3] });
    const pruned = sparsity.magnitudePrune(model, 0.5);
    expect([...kernelOf(pruned, 'a')]).toEqual([1, -1, 1, 0]);
    expect([...kernelOf(sparsity.magnitudePrune(model, 0.9999), 'b')]).toEqual([0, 3]);
  });

  it('takes a record of layers and leaves the others', () => {
    const model = sideBySide({ a: [1, 2, 3, 4], b: [1, 2, 3, 4], c: [1, 2, 3, 4] });
    const pruned = sparsity.magnitudePrune(model, { a: 0.75, c: 0.25 });
    expect([...kernelOf(pruned, 'a')]).toEqual([0, 0, 0, 4]);
    expect([...kernelOf(pruned, 'b')]).toEqual([1, 2, 3, 4]);
    expect([...kernelOf(pruned, 'c')]).toEqual([0, 2, 3, 4]);
  });

  it('holds for any weights: the right number stay, the largest, unchanged', () => {
    const weight = fc.float({ noNaN: true, noDefaultInfinity: true, min: -100, max: 100 });
    fc.assert(
      fc.property(
        fc.array(weight, { minLength: 1, maxLength: 30 }),
        fc.array(weight, { minLength: 1, maxLength: 30 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        fc.constantFrom('layer' as const, 'global' as const),
        (a, b, share, scope) => {
          const model = sideBySide({ a, b });
          const pruned = sparsity.magnitudePrune(model, share, { scope });
          const [wholes, parts] = [model, pruned].map((each) => [
            [...kernelOf(each, 'a')],
            [...kernelOf(each, 'b')],
          ]) as [number[][], number[][]];
          const groups = scope === 'layer' ? [[0], [1]] : [[0, 1]];
          for (const group of groups) {
            const whole = group.flatMap((i) => wholes[i]!);
            const part = group.flatMap((i) => parts[i]!);
            const kept = whole.filter((value, i) => part[i] === value);
            const gone = whole.filter((value, i) => part[i] !== value);
            expect(part.every((value, i) => value === whole[i] || value === 0)).toBe(true);
            const smallest = Math.min(...kept.filter((v) => v !== 0).map(Math.abs));
            expect(gone.every((value) => Math.abs(value) < smallest)).toBe(true);
            const exact = whole.length * (1 - share);
            expect(kept.length).toBeGreaterThanOrEqual(Math.max(1, Math.floor(exact)));
          }
          model.dispose();
          pruned.dispose();
        },
      ),
      { numRuns: 60 },
    );
  });

  it('keeps the kind of model, names, what may train, and the model itself', () => {
    const model = smallCnn(1);
    model.getLayer('conv_2').trainable = false;
    const before = model.getWeights().map((tensor) => tensor.dataSync().slice());
    const pruned = sparsity.magnitudePrune(model, 0.5);
    expect(pruned).toBeInstanceOf(tf.Sequential);
    expect(pruned.layers.map(({ name }) => name)).toEqual(model.layers.map(({ name }) => name));
    expect(pruned.getLayer('conv_2').trainable).toBe(false);
    expect(pruned.name).toBe(model.name);
    model.getWeights().forEach((tensor, i) => expect(tensor.dataSync()).toEqual(before[i]));
    pruned.dispose();
    const tensors = tf.memory().numTensors;
    sparsity.magnitudePrune(model, 0.5, { scope: 'global' }).dispose();
    sparsity.mByNPrune(model, [2, 4]).model.dispose();
    sparsity.sparsityOf(model);
    expect(tf.memory().numTensors).toBe(tensors);
  });

  it('reaches into nested models', () => {
    const inner = tf.sequential({
      name: 'inner',
      layers: [layers.dense({ units: 4, inputShape: [3], name: 'deep' })],
    });
    const model = tf.sequential({ layers: [inner, layers.dense({ units: 2, name: 'top' })] });
    const { layers: rows } = sparsity.sparsityOf(sparsity.magnitudePrune(model, { deep: 0.5 }));
    expect(rows.map(({ layer, zeros }) => [layer, zeros])).toEqual([
      ['deep', 6],
      ['top', 0],
    ]);
  });

  it('refuses what makes no sense', () => {
    const model = sideBySide({ a: [1, 2], b: [3, 4] });
    const code = (share: unknown, options: object = {}, given = model) =>
      codeOf(() => sparsity.magnitudePrune(given, share as number, options));
    for (const share of [1, -0.1, NaN, '0.5', undefined, null, [0.5], { a: 1 }, { a: NaN }]) {
      expect(code(share)).toBe('sparsity-out-of-range');
    }
    expect(code({ c: 0.5 })).toBe('layer-unknown');
    expect(code(0.5, { scope: 'model' })).toBe('scope-unknown');
    expect(code({ a: 0.5 }, { scope: 'global' })).toBe('scope-and-record');
    expect(code(0.5, { scopes: 'global' })).toBe('option-unknown');
    expect(code(0.5, {}, tf.sequential())).toBe('model-not-built');
    expect(code(0.5, {}, null as never)).toBe('model-not-a-model');
    expect(code(0.5, {}, sparsity.pruneLowMagnitude(model))).toBe('model-pruned-already');
    const flat = tf.sequential({ layers: [layers.flatten({ inputShape: [2, 2] })] });
    expect(code(0.5, {}, flat)).toBe('nothing-to-prune');
    const broken = sideBySide({ a: [1, 2], b: [3, 4] });
    broken.getLayer('b').setWeights([tf.tensor2d([[NaN, 1]])]);
    expect(code({ a: 0.5 }, {}, broken)).toBe('weights-not-finite');
  });
});

describe('sparsityOf', () => {
  it('counts zeros of kernels, layer by layer and in all', () => {
    const model = sideBySide({ a: [0, 1, -0, 2], b: [0, 0, 3] });
    expect(sparsity.sparsityOf(model)).toEqual({
      weights: 7,
      zeros: 4,
      sparsity: 4 / 7,
      layers: [
        { layer: 'a', weights: 4, zeros: 2, sparsity: 0.5 },
        { layer: 'b', weights: 3, zeros: 2, sparsity: 2 / 3 },
      ],
    });
    // Biases start at 0 and do not count.
    const withBias = tf.sequential({
      layers: [layers.dense({ units: 3, inputShape: [2], name: 'd', biasInitializer: 'zeros' })],
    });
    expect(sparsity.sparsityOf(withBias).weights).toBe(6);
  });

  it('counts wrapped layers by their masks', async () => {
    const model = randomize(
      tf.sequential({ layers: [layers.dense({ units: 5, inputShape: [4], name: 'd' })] }),
      1,
    );
    const wrapped = sparsity.rewind(sparsity.magnitudePrune(model, 0.75), model);
    // After a step the variable itself holds what the optimizer let grow.
    wrapped.compile({ optimizer: tf.train.adam(0.1), loss: 'meanSquaredError' });
    await wrapped.trainOnBatch(tf.ones([2, 4]), tf.zeros([2, 5]));
    expect(wrapped.getWeights()[0]!.dataSync().includes(0)).toBe(false);
    const { layers: rows } = sparsity.sparsityOf(wrapped);
    expect(rows).toEqual([
      { layer: 'prune_low_magnitude_d', weights: 20, zeros: 15, sparsity: 0.75 },
    ]);
    expect(codeOf(() => sparsity.sparsityOf({} as never))).toBe('model-not-a-model');
    const flat = tf.sequential({ layers: [layers.flatten({ inputShape: [2, 2] })] });
    expect(codeOf(() => sparsity.sparsityOf(flat))).toBe('nothing-to-prune');
  });
});

describe('mByNPrune', () => {
  it('masks every kernel that has input channels enough', () => {
    const model = everyLayer(2);
    const { model: pruned, skipped } = sparsity.mByNPrune(model, [2, 4]);
    expect(skipped).toEqual([]);
    for (const name of ['conv', 'pointwise', 'dense_tanh', 'dense_sigmoid', 'logits']) {
      const kernel = model.getLayer(name).getWeights()[0]!;
      const wanted = tf.mul(kernel, sparsity.mByNMask(kernel, [2, 4])).dataSync();
      expect([...kernelOf(pruned, name)]).toEqual([...wanted].map((value) => value + 0));
      expect(sparsity.isPrunedMByN(pruned.getLayer(name).getWeights()[0]!, [2, 4])).toBe(true);
      expect(kernelOf(pruned, name).includes(0)).toBe(true);
      expect(kernelOf(pruned, name, 1)).toEqual(kernelOf(model, name, 1));
    }
    expect(kernelOf(pruned, 'depthwise')).toEqual(kernelOf(model, 'depthwise'));
  });

  it('says what it left alone, and why', () => {
    const model = randomize(
      tf.sequential({
        layers: [
          layers.conv2d({ filters: 3, kernelSize: 2, inputShape: [6, 6, 2], name: 'first' }),
          layers.separableConv2d({ filters: 4, kernelSize: 2, name: 'second' }),
          layers.reshape({ targetShape: [16, 4] }),
          layers.conv1d({ filters: 4, kernelSize: 2, name: 'third' }),
          layers.flatten(),
          layers.dense({ units: 2, name: 'fourth' }),
        ],
      }),
      1,
    );
    const { model: pruned, skipped } = sparsity.mByNPrune(model, [2, 4]);
    expect(skipped).toEqual([
      { layer: 'first', reason: 'of 4 input channels 2 are kept; it has 2' },
      {
        layer: 'third',
        reason: 'only Dense, Conv2D, SeparableConv2D are so pruned; it is Conv1D',
      },
    ]);
    expect(kernelOf(pruned, 'first')).toEqual(kernelOf(model, 'first'));
    // Of three input channels, filled up to four, one goes.
    expect(kernelOf(pruned, 'second', 1).filter((value) => value === 0).length).toBe(4);
    expect(kernelOf(pruned, 'fourth').filter((value) => value === 0).length).toBe(60);
  });

  it('refuses other patterns', () => {
    const model = sideBySide({ a: [1, 2] });
    expect(codeOf(() => sparsity.mByNPrune(model, [4, 4]))).toBe('m-not-below-n');
    expect(codeOf(() => sparsity.mByNPrune(model, [2] as never))).toBe('not-a-pair');
    expect(codeOf(() => sparsity.mByNPrune(sparsity.pruneLowMagnitude(model), [2, 4]))).toBe(
      'model-pruned-already',
    );
  });
});
