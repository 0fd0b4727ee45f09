import '@tensorflow/tfjs-backend-cpu';
import {
  createRng,
  evaluation,
  quantization,
  ReaderError,
  tf,
  TFLiteConverter,
} from 'heavy-weights';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadModel } from '../../../src/build/load-model.ts';
import { startTensorFlow } from '../../../src/build/node-tensorflow.ts';
import { inspectModel, inspectTflite } from '../../../src/workbench/inspect.ts';
import { summarizeWeights } from '../../../src/workbench/weight-summary.ts';
import { everyLayer, inputsFor, smallCnn } from '../engine/random-models.ts';
import { readerError } from './reader-error.ts';

beforeAll(() => startTensorFlow());

const sum = (values: readonly number[]): number => values.reduce((all, each) => all + each, 0);

describe('summarizeWeights', () => {
  it('counts each value once, zero in the middle', () => {
    const { min, max, zeros, histogram } = summarizeWeights([-2, -1, 0, 0, 1, 2, 2]);
    expect([min, max, zeros, histogram.limit]).toEqual([-2, 2, 2, 2]);
    expect(histogram.counts).toHaveLength(41);
    expect(sum(histogram.counts)).toBe(7);
    expect(histogram.counts[20]).toBe(2);
    expect(histogram.counts[0]).toBe(1);
    expect(histogram.counts[40]).toBe(2);
  });

  it('puts weights where they lie, and mirrors them', () => {
    const values = createRng(3).normals(5000);
    const { histogram } = summarizeWeights(values);
    const { limit, counts } = histogram;
    const expected = new Array<number>(41).fill(0);
    for (const value of values) {
      expected[Math.min(40, Math.floor(((value + limit) / (2 * limit)) * 41))]! += 1;
    }
    expect(counts).toEqual(expected);
    const mirrored = summarizeWeights(values.map((value) => -value)).histogram.counts.toReversed();
    expect(mirrored.map((n, i) => Math.abs(n - counts[i]!)).every((d) => d <= 1)).toBe(true);
  });

  it('bears zeros alone, none, and values that are not finite', () => {
    expect(summarizeWeights([0, 0]).histogram).toMatchObject({ limit: 0 });
    expect(summarizeWeights([0, 0]).histogram.counts[20]).toBe(2);
    expect(summarizeWeights([])).toMatchObject({ min: 0, max: 0, zeros: 0 });
    expect(sum(summarizeWeights([1, NaN, Infinity]).histogram.counts)).toBe(1);
  });
});

describe('inspectModel', () => {
  it('counts LeNet-5 as its paper does', async () => {
    const model = await loadModel('lenet-5');
    const found = inspectModel(model);
    expect(found.totals.parameters).toBe(model.countParams());
    expect(found.totals.bytes).toBe(4 * model.countParams());
    const conv = found.layers.find(({ name }) => name === 'conv_2')!;
    expect(conv).toMatchObject({
      className: 'Conv2D',
      outputShape: [8, 8, 50],
      parameters: 5 * 5 * 20 * 50 + 50,
      macs: 8 * 8 * 50 * 5 * 5 * 20,
      calls: 1,
    });
    expect(conv.weights.map(({ role, shape }) => [role, shape])).toEqual([
      ['kernel', [5, 5, 20, 50]],
      ['bias', [50]],
    ]);
    const [kernel] = model.getLayer('conv_2').getWeights();
    const values = kernel!.dataSync();
    expect(conv.weights[0]!.max).toBe(Math.max(...values));
    expect(conv.weights[0]!.min).toBe(Math.min(...values));
    expect(found.inputs).toEqual([{ name: expect.any(String), shape: [28, 28, 1] }]);
  });

  it.each(['lenet-5', 'bn-cnn', 'depthwise-net', 'lenet-300-100'])(
    'counts the multiplications of %s as the engine does',
    async (name) => {
      const model = await loadModel(name);
      expect(inspectModel(model).totals.macs).toBe(evaluation.modelCost(model).macs);
    },
  );

  it('is plain data that crosses a message port', () => {
    const found = inspectModel(everyLayer(1));
    expect(structuredClone(found)).toEqual(found);
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });

  it('looks into layers that are shared and models used as layers', () => {
    const dense = tf.layers.dense({ units: 4, name: 'shared' });
    const inner = tf.sequential({
      name: 'inner',
      layers: [tf.layers.dense({ units: 2, inputShape: [4], name: 'deep' })],
    });
    const input = tf.input({ shape: [4] });
    const twice = dense.apply(dense.apply(input)) as tf.SymbolicTensor;
    // A call that leads to no output counts nothing.
    inner.apply(twice);
    const outputs = inner.apply(twice) as tf.SymbolicTensor;
    const { layers, totals } = inspectModel(tf.model({ inputs: input, outputs }));
    const byName = new Map(layers.map((layer) => [layer.name, layer]));
    expect(byName.get('shared')).toMatchObject({ calls: 2, parameters: 20, macs: 32 });
    expect(byName.get('deep')).toMatchObject({ calls: 1, parameters: 10, macs: 8 });
    expect(totals.parameters).toBe(30);
  });

  it('says that it does not know, rather than guess', () => {
    const model = tf.sequential({
      layers: [
        tf.layers.conv2d({ filters: 2, kernelSize: 1, inputShape: [null as never, 4, 1] }),
        tf.layers.globalAveragePooling2d({}),
      ],
    });
    const [conv] = inspectModel(model).layers.filter(({ className }) => className === 'Conv2D');
    expect(conv).toMatchObject({ outputShape: [-1, 4, 2], macs: undefined });
  });

  it('counts separable, transposed and recurrent layers', () => {
    const macs = (layer: tf.layers.Layer) =>
      inspectModel(tf.sequential({ layers: [layer] })).totals.macs;
    const { layers } = tf;
    expect(macs(layers.separableConv2d({ filters: 5, kernelSize: 3, inputShape: [6, 6, 2] }))).toBe(
      4 * 4 * (9 * 2 + 2 * 5),
    );
    expect(
      macs(
        layers.conv2dTranspose({ filters: 3, kernelSize: 2, strides: 2, inputShape: [4, 4, 2] }),
      ),
    ).toBe(4 * 4 * 2 * 2 * 3 * 2);
    expect(macs(layers.lstm({ units: 3, inputShape: [7, 2] }))).toBe(7 * 4 * 3 * (2 + 3));
  });

  it('leaves no tensor and refuses what is no model', () => {
    const model = smallCnn(1);
    const before = tf.memory().numTensors;
    inspectModel(model);
    expect(tf.memory().numTensors).toBe(before);
    expect(readerError(() => inspectModel(undefined as never)).code).toBe('model-not-a-model');
  });
});

describe('inspectTflite', () => {
  const fileOf = async (model: tf.LayersModel, mode: quantization.PostTrainingMode) =>
    TFLiteConverter.fromQuantizedModel(
      await quantization.quantizePostTraining(model, {
        mode,
        representativeDataset: () => [inputsFor(model, 8, 1)],
      }),
    ).convert();

  it('lists operators, tensors, types and scales of an int8 file', async () => {
    const bytes = await fileOf(smallCnn(1), 'int8');
    const found = inspectTflite(bytes);
    expect(structuredClone(found)).toEqual(found);
    expect(found.problem).toBeUndefined();
    expect(found.operators.map(({ code, version }) => `${code} ${version}`)).toEqual([
      'QUANTIZE 1',
      'CONV_2D 3',
      'CONV_2D 3',
      'RESHAPE 1',
      'FULLY_CONNECTED 4',
      'DEQUANTIZE 2',
    ]);
    const typeOf = (index: number): string => found.tensors[index]!.type;
    expect(found.inputs.map(typeOf)).toEqual(['float32']);
    expect(found.outputs.map(typeOf)).toEqual(['float32']);
    const conv = found.operators[1]!;
    const [input, kernel, bias] = conv.inputs.map((index) => found.tensors[index]!);
    expect(input).toMatchObject({ type: 'int8', constant: undefined });
    expect(input!.quantization!.scales).toHaveLength(1);
    expect(kernel).toMatchObject({ type: 'int8', shape: [4, 3, 3, 1], constant: { bytes: 36 } });
    expect(kernel!.quantization!.scales).toHaveLength(4);
    expect(bias).toMatchObject({ type: 'int32', constant: { bytes: 16 } });
  });

  it('counts bytes as the file holds them, and real values of quantized weights', async () => {
    const model = smallCnn(2);
    const [float, int8, half, int4] = await Promise.all(
      (['float32', 'int8', 'float16', 'int4'] as const).map(async (mode) => {
        const bytes = await fileOf(model, mode);
        return { bytes, found: inspectTflite(bytes) };
      }),
    );
    for (const { bytes, found } of [float!, int8!, half!, int4!]) {
      const { constantBytes, otherBytes } = found.totals;
      expect(constantBytes + otherBytes).toBe(bytes.length);
      expect(found.fileBytes).toBe(bytes.length);
    }
    const parameters = float!.found.totals.parameters;
    expect(int8!.found.totals.parameters).toBe(parameters);
    expect(float!.found.totals.constantBytes).toBeGreaterThanOrEqual(4 * parameters);
    expect(half!.found.totals.constantBytes).toBeLessThan(2 * parameters + 64);
    const kernelOf = ({ found }: NonNullable<typeof float>) =>
      found.tensors.find(({ name, constant }) => name === 'conv_2/kernel' && constant)!.constant!;
    const wanted = kernelOf(float!).values!;
    for (const [file, steps] of [
      [int8!, 127],
      [half!, 1000],
      [int4!, 7],
    ] as const) {
      const { values } = kernelOf(file);
      const step = wanted.histogram.limit / steps;
      expect(Math.abs(values!.max - wanted.max)).toBeLessThan(step);
      expect(Math.abs(values!.min - wanted.min)).toBeLessThan(step);
      expect(sum(values!.histogram.counts)).toBe(6 * 4 * 9);
    }
  });

  it('counts zeros of pruned weights', async () => {
    const model = smallCnn(3);
    const kernel = model.getLayer('conv_2').getWeights()[0]!;
    const bias = model.getLayer('conv_2').getWeights()[1]!;
    model.getLayer('conv_2').setWeights([tf.zerosLike(kernel), bias]);
    const zeros = (bytes: Uint8Array): number => inspectTflite(bytes).totals.zeros;
    expect(zeros(await fileOf(model, 'int8'))).toBeGreaterThanOrEqual(kernel.size);
    expect(zeros(await fileOf(smallCnn(3), 'float32'))).toBeLessThan(10);
  });

  it('gives the multiplications that the engine counts', async () => {
    const model = smallCnn(4);
    const { totals, operators } = inspectTflite(await fileOf(model, 'int8'));
    expect(totals.macs).toBe(evaluation.modelCost(model).macs);
    expect(sum(operators.map(({ macs }) => macs!))).toBe(totals.macs);
  });

  it('describes a file that the engine cannot run, with the reason', async () => {
    const bytes = await fileOf(smallCnn(5), 'float32');
    // Operator code 22, RESHAPE, becomes 117, HARD_SWISH, in both of its fields.
    const altered = bytes.slice();
    let changed = 0;
    for (let at = 0; at < altered.length; at++) {
      if (altered[at] === 22 && inspectable(altered, at)) changed++;
    }
    expect(changed).toBeGreaterThan(0);
    const found = inspectTflite(altered);
    expect(found.operators.map(({ code }) => code)).toContain('HARD_SWISH');
    expect(found.problem).toMatchObject({ code: 'tflite-operator-unsupported' });
    expect(found.totals.macs).toBeUndefined();
    expect(found.tensors.length).toBe(inspectTflite(bytes).tensors.length);
  });

  /** Makes a byte 117 and keeps it if the file then has such an operator. */
  function inspectable(bytes: Uint8Array, at: number): boolean {
    bytes[at] = 117;
    try {
      if (inspectTflite(bytes).operators.some(({ code }) => code === 'HARD_SWISH')) return true;
    } catch {
      // Another 22.
    }
    bytes[at] = 22;
    return false;
  }

  it('refuses what is no .tflite file', () => {
    expect(readerError(() => inspectTflite(new Uint8Array(20))).code).toBe('tflite-not-one');
  });

  it('ends in an error for readers or a description, whatever is altered', async () => {
    const files = [await fileOf(smallCnn(6), 'int8'), await fileOf(everyLayer(7), 'int4')];
    const rng = createRng(12);
    const outcomes = new Map<string, number>();
    for (let trial = 0; trial < 3000; trial++) {
      const bytes = files[trial % 2]!.slice();
      for (let changes = rng.integer(1, 3); changes > 0; changes--) {
        bytes[rng.integer(0, Math.min(bytes.length, 6000) - 1)] = rng.integer(0, 255);
      }
      let outcome = 'described';
      const started = performance.now();
      try {
        const { problem } = inspectTflite(bytes);
        if (problem) outcome = `described, ${problem.code}`;
      } catch (error) {
        if (!(error instanceof ReaderError)) throw error;
        outcome = error.code;
      }
      expect(performance.now() - started).toBeLessThan(2000);
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
    console.log('inspectTflite fuzz:', Object.fromEntries(outcomes));
    expect(outcomes.get('described')).toBeGreaterThan(100);
    expect(outcomes.size).toBeGreaterThan(3);
  });
});
