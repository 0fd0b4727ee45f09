import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import {
  layerOutputs,
  modelGraph,
  predictLayers,
  readSamples,
  rebuildModel,
  separateActivations,
} from '../../../src/engine/model-graph/index.ts';

function smallNet(): tf.LayersModel {
  const input = tf.input({ shape: [6, 6, 2], name: 'image' });
  const conv = tf.layers
    .conv2d({ filters: 3, kernelSize: 3, activation: 'relu', name: 'conv' })
    .apply(input) as tf.SymbolicTensor;
  const norm = tf.layers.batchNormalization({ name: 'norm' }).apply(conv) as tf.SymbolicTensor;
  const side = tf.layers
    .conv2d({ filters: 3, kernelSize: 3, name: 'side' })
    .apply(input) as tf.SymbolicTensor;
  const sum = tf.layers.add({ name: 'sum' }).apply([norm, side]) as tf.SymbolicTensor;
  const flat = tf.layers.flatten({ name: 'flat' }).apply(sum) as tf.SymbolicTensor;
  const out = tf.layers
    .dense({ units: 4, activation: 'softmax', name: 'out' })
    .apply(flat) as tf.SymbolicTensor;
  return tf.model({ inputs: input, outputs: out });
}

const agree = (a: tf.LayersModel, b: tf.LayersModel): void => {
  const x = tf.randomNormal([2, 6, 6, 2], 0, 1, 'float32', 7);
  const [left, right] = [a, b].map((model) => (model.predict(x) as tf.Tensor).dataSync());
  right!.forEach((value, i) => expect(value).toBeCloseTo(left![i]!, 5));
};

describe('modelGraph', () => {
  it('lists each layer after what it reads, with its readers', () => {
    const { nodes, inputs, outputs } = modelGraph(smallNet());
    const names = nodes.map(({ name }) => name);
    expect([...names].sort()).toEqual(['conv', 'flat', 'image', 'norm', 'out', 'side', 'sum']);
    nodes.forEach(({ inputs: reads }, index) =>
      expect(reads.every((read) => read < index)).toBe(true),
    );
    const sum = nodes[names.indexOf('sum')]!;
    expect(sum.inputs.map((index) => names[index])).toEqual(['norm', 'side']);
    expect(nodes[names.indexOf('image')]!.readers).toHaveLength(2);
    expect(inputs.map((index) => names[index])).toEqual(['image']);
    expect(outputs.map((index) => names[index])).toEqual(['out']);
    expect(sum.outputShape).toEqual([4, 4, 3]);
  });

  it('reads a Sequential model, its input included', () => {
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [3] })] });
    expect(modelGraph(model).nodes.map(({ className }) => className)).toEqual([
      'InputLayer',
      'Dense',
    ]);
  });

  it.each([
    ['model-not-built', () => tf.sequential()],
    ['model-not-a-model', () => null],
    [
      'layer-shared',
      () => {
        const input = tf.input({ shape: [3] });
        const dense = tf.layers.dense({ units: 3 });
        return tf.model({
          inputs: input,
          outputs: dense.apply(dense.apply(input)) as tf.SymbolicTensor,
        });
      },
    ],
    [
      'model-nested',
      () => {
        const inner = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [3] })] });
        return tf.sequential({ layers: [inner, tf.layers.dense({ units: 1 })] });
      },
    ],
  ])('refuses: %s', (code, make) => {
    expect(() => modelGraph(make() as tf.LayersModel)).toThrow(expect.objectContaining({ code }));
  });
});

describe('rebuildModel', () => {
  it('keeps the multiplier of a separable convolution', () => {
    const model = tf.sequential({
      layers: [
        tf.layers.separableConv2d({
          inputShape: [6, 6, 2],
          filters: 3,
          kernelSize: 3,
          depthMultiplier: 2,
        }),
      ],
    });
    agree(model, rebuildModel(model));
  });

  it('copies a model that computes the same and shares nothing', () => {
    const model = smallNet();
    const copy = rebuildModel(model);
    agree(model, copy);
    expect(copy.layers.map(({ name }) => name).sort()).toEqual(
      model.layers.map(({ name }) => name).sort(),
    );
    const before = (model.predict(tf.ones([1, 6, 6, 2])) as tf.Tensor).dataSync();
    copy.dispose();
    expect((model.predict(tf.ones([1, 6, 6, 2])) as tf.Tensor).dataSync()).toEqual(before);
  });

  it('separates activations without changing the function', () => {
    const model = smallNet();
    const apart = separateActivations(model);
    agree(model, apart);
    expect(apart.getLayer('conv').getConfig()['activation']).toBe('linear');
    expect(apart.getLayer('conv_relu').getClassName()).toBe('Activation');
  });
});

describe('layerOutputs', () => {
  it('gives the outputs of the layers named, in order', () => {
    const model = smallNet();
    const found = predictLayers(layerOutputs(model, ['sum', 'conv']), [tf.ones([2, 6, 6, 2])]);
    expect(found.map(({ shape }) => shape)).toEqual([
      [2, 4, 4, 3],
      [2, 4, 4, 3],
    ]);
    expect(() => layerOutputs(model, ['nobody'])).toThrow(/no layer named nobody/);
  });
});

describe('readSamples', () => {
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [3] })] });
  const read = async (dataset: unknown): Promise<number> => {
    let count = 0;
    for await (const _ of readSamples(model, dataset as () => [])) count += 1;
    return count;
  };

  it('gives each batch once and leaves no tensor behind', async () => {
    const before = tf.memory().numTensors;
    const data = function* () {
      yield tf.ones([2, 3]);
      yield [tf.zeros([1, 3])];
    };
    expect(await read(data)).toBe(2);
    expect(tf.memory().numTensors).toBe(before);
  });

  it.each([
    ['dataset-not-a-function', [tf.ones([1, 3])]],
    ['dataset-empty', () => []],
    ['sample-wrong-shape', () => [tf.ones([1, 4])]],
    ['sample-wrong-shape', () => [tf.ones([3])]],
    ['sample-not-a-tensor', () => [[1, 2, 3]]],
    ['sample-not-finite', () => [tf.tensor2d([[1, NaN, 2]])]],
  ])('refuses: %s', async (code, dataset) => {
    await expect(read(dataset)).rejects.toMatchObject({ code });
  });
});
