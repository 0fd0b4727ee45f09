import '@tensorflow/tfjs-backend-cpu';
import { Interpreter, sparsity, tf, type ReaderError } from 'heavy-weights';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { loadModel } from '../../../src/build/load-model.ts';
import { startTensorFlow } from '../../../src/build/node-tensorflow.ts';
import { compressModel, type CompressOptions } from '../../../src/workbench/compress.ts';
import { datasetFrom } from '../../../src/workbench/dataset.ts';
import { inspectTflite } from '../../../src/workbench/inspect.ts';
import { everyLayer, randomize, smallCnn } from '../engine/random-models.ts';
import { rejectedWith } from './reader-error.ts';
import { mnistArrays, quarterModel, quarters } from './small-data.ts';

let model: tf.LayersModel;
const labelled = quarters(320, 1);
const test = quarters(200, 2);

beforeAll(async () => {
  await startTensorFlow();
  model = await quarterModel(5);
});
afterAll(() => model.dispose());

const valuesOf = (each: tf.LayersModel): number[][] =>
  each.getWeights().map((tensor) => [...tensor.dataSync()]);

const compress = async (options: CompressOptions, from = model) => {
  const made = await compressModel(from, options);
  made.model.dispose();
  return made;
};

const codesOf = ({ report }: Awaited<ReturnType<typeof compress>>): string[] =>
  report.warnings.map(({ code }) => code);

describe('compressModel', () => {
  it('int8 on bn-cnn, calibrated on MNIST: within one point on 1,000 test images', async () => {
    const network = await loadModel('bn-cnn');
    const shape = network.inputs[0]!.shape.slice(1);
    const train = mnistArrays('train', 512);
    const held = mnistArrays('test', 1000);
    const arrays = new Map([
      ['x_train', train.x],
      ['y_train', train.y],
      ['x_test', held.x],
      ['y_test', held.y],
    ]);
    const { examples, heldOut } = datasetFrom(arrays, shape, { classes: 10 });
    const progress: [number, number, string][] = [];
    const before = tf.memory().numTensors;
    const made = await compressModel(
      network,
      { mode: 'int8', calibration: examples, test: heldOut! },
      { onProgress: (...told) => progress.push(told) },
    );
    made.model.dispose();
    expect(tf.memory().numTensors).toBe(before);
    const { accuracy, agreement, sizes, macs, memory, devices, operators } = made.report;
    expect(accuracy!.before.total).toBe(1000);
    expect(accuracy!.before.correct).toBeGreaterThan(970);
    expect(Math.abs(accuracy!.after.accuracy - accuracy!.before.accuracy)).toBeLessThan(0.01);
    expect(accuracy!.after.interval.low).toBeLessThan(accuracy!.after.accuracy);
    expect(accuracy!.mcNemar.pValue).toBeGreaterThan(0.05);
    expect(agreement!.same).toBeGreaterThan(980);
    expect(sizes[1]!.bytes).toBe(made.tflite.length);
    expect(sizes[1]!.ratio).toBeGreaterThan(3);
    expect(macs).toBe(650_272);
    expect(memory.arenaBytes).toBeLessThan(10_000);
    expect(devices).toMatchObject([{ fits: true }]);
    expect(operators.find(({ code }) => code === 'CONV_2D')).toMatchObject({
      version: 3,
      count: 3,
    });
    expect(made.report.warnings).toEqual([]);
    expect(structuredClone(made.report)).toEqual(made.report);
    const total = progress[0]![1];
    expect(progress.every(([done, all]) => all === total && done <= all)).toBe(true);
    expect(progress.at(-1)!.slice(0, 2)).toEqual([total, total]);
    expect(progress.at(-2)![0]).toBe(total);
    expect(progress.map(([done]) => done)).toEqual(
      progress.map(([done]) => done).toSorted((a, b) => a - b),
    );
  }, 180_000);

  it('pruned one-shot: nine tenths of zeros in the file, and in the model that comes with it', async () => {
    const network = await loadModel('bn-cnn');
    const before = valuesOf(network);
    const made = await compressModel(network, {
      mode: 'int8',
      prune: { sparsity: 0.9 },
      calibration: 'generated',
      calibrationExamples: 32,
    });
    expect(sparsity.sparsityOf(made.model).sparsity).toBeCloseTo(0.9, 3);
    expect(made.report.sparsity).toEqual({
      before: 0,
      after: sparsity.sparsityOf(made.model).sparsity,
    });
    for (const { name, shape, type, constant } of inspectTflite(made.tflite).tensors) {
      if (!constant || type !== 'int8') continue;
      const size = shape.reduce((all, each) => all * each, 1);
      expect(constant.values!.zeros / size, name).toBeGreaterThan(0.89);
    }
    const [float, int8] = made.report.sizes;
    expect(int8!.gzipBytes).toBeLessThan(0.5 * int8!.bytes);
    expect(float!.gzipBytes).toBeGreaterThan(0.5 * float!.bytes);
    expect(made.report.warnings.map(({ code }) => code)).toContain('zeros-take-room');
    const stored = new Map(made.report.storage!.after.map((row) => [row.name, row.bytes]));
    expect(stored.get('sparse')!).toBeLessThan(0.3 * stored.get('float32')!);
    expect(valuesOf(network)).toEqual(before);
    made.model.dispose();
  }, 180_000);

  it('clusters after pruning and keeps the zeros; the same seed gives the same file', async () => {
    const options = {
      mode: 'dynamic',
      prune: { sparsity: 0.5 },
      cluster: { clusters: 8 },
      calibrationExamples: 16,
    } as const;
    const made = await compressModel(model, options);
    for (const name of ['conv', 'hidden', 'answer']) {
      const kernel = made.model.getLayer(name).getWeights()[0]!.dataSync();
      const values = new Set(kernel);
      expect(values.size).toBeLessThanOrEqual(8);
      expect(values.has(0)).toBe(true);
      expect(kernel.filter((value) => value === 0).length).toBeGreaterThanOrEqual(
        kernel.length / 2,
      );
    }
    made.model.dispose();
    const again = await compress(options);
    expect(again.tflite).toEqual(made.tflite);
    const other = await compress({ ...options, seed: 3 });
    expect(other.tflite).not.toEqual(made.tflite);
  });

  it.each(['float32', 'dynamic', 'float16', 'int8', 'int16x8', 'int4'] as const)(
    'writes %s as a file that runs and agrees with what the report says',
    async (mode) => {
      const before = tf.memory().numTensors;
      const { tflite, report } = await compress({ mode, labelled });
      expect(tf.memory().numTensors).toBe(before);
      const interpreter = new Interpreter(tflite);
      interpreter.allocateTensors();
      const { examples, outputShapes, outputSteps } = report.reference;
      expect(examples).toHaveLength(8);
      expect(outputShapes).toEqual([[4]]);
      for (const { inputs, outputs } of examples) {
        interpreter.setTensor(interpreter.getInputDetails()[0]!.index, inputs[0]!);
        interpreter.invoke();
        const found = interpreter.getTensor(interpreter.getOutputDetails()[0]!.index);
        expect(found).toEqual(outputs[0]);
      }
      expect(outputSteps[0]).toBe({ int8: 1 / 256, int16x8: 1 / 32768 }[mode as string]);
      expect(report.outputSqnr).toBeGreaterThan(mode === 'int4' ? 5 : 20);
      expect(report.layers.map(({ layer }) => layer)).toContain('answer');
      expect(report.agreement!.same / report.agreement!.total).toBeGreaterThan(0.9);
      expect(report.accuracy!.before.accuracy).toBeGreaterThan(0.9);
    },
  );

  it('takes and gives integers when told', async () => {
    const types = { inferenceInputType: 'int8', inferenceOutputType: 'int8' } as const;
    const { tflite, report } = await compress({ mode: 'int8', labelled, ...types });
    const interpreter = new Interpreter(tflite);
    expect(interpreter.getInputDetails()[0]!.dtype).toBe('int8');
    expect(interpreter.getOutputDetails()[0]!.dtype).toBe('int8');
    expect(report.operators.map(({ code }) => code)).not.toContain('QUANTIZE');
    expect(report.reference.examples[0]!.outputs[0]!.constructor).toBe(Float32Array);
    expect(report.reference.outputSteps).toEqual([1 / 256]);
    expect(report.accuracy!.after.accuracy).toBeGreaterThan(0.9);
  });

  it('fine-tunes while it prunes: better than one-shot, repeatable, on other examples than it measures', async () => {
    const prune = { sparsity: 0.9, method: 'fine-tune', epochs: 3, learningRate: 0.005 } as const;
    const options = { mode: 'int8', labelled, test, calibrationExamples: 128 } as const;
    const tuned = await compress({ ...options, prune });
    const shot = await compress({ ...options, prune: { sparsity: 0.9 } });
    expect(tuned.report.sparsity!.after).toBeCloseTo(0.9, 2);
    expect(tuned.report.accuracy!.after.accuracy).toBeGreaterThan(
      shot.report.accuracy!.after.accuracy + 0.02,
    );
    expect(tuned.report.accuracy!.source).toBe('quarters 2');
    expect(tuned.report.choices.prune).toMatchObject({ method: 'fine-tune', examples: 320 });
    expect((await compress({ ...options, prune })).tflite).toEqual(tuned.tflite);
    const apart = await compress({ mode: 'int8', labelled, prune: { ...prune, epochs: 1 } });
    expect(apart.report.choices.prune).toMatchObject({ examples: 256 });
    expect(apart.report.accuracy!.after.total).toBe(64);
    expect(codesOf(apart)).toContain('split');
  }, 180_000);

  it('does not share Math.random: dropout is drawn from the seed', async () => {
    const random = vi.spyOn(Math, 'random');
    const network = await quarterModel(6, 1);
    (network.getLayer('dropout') as unknown as { seed: undefined }).seed = undefined;
    random.mockClear();
    const prune = { sparsity: 0.5, method: 'fine-tune', epochs: 1 } as const;
    const first = await compress({ mode: 'float32', labelled, prune }, network);
    const second = await compress({ mode: 'float32', labelled, prune }, network);
    expect(second.tflite).toEqual(first.tflite);
    random.mockRestore();
    network.dispose();
  });

  it('warns of noise in place of inputs, of few inputs, and of a file that grows', async () => {
    const made = await compress({ mode: 'int8', calibrationExamples: 16 });
    expect(codesOf(made)).toContain('calibration-generated');
    expect(made.report.choices.calibration).toContain('noise between 0 and 1');
    expect(made.report.accuracy).toBeUndefined();
    expect(made.report.agreement!.total).toBe(16);
    expect(codesOf(await compress({ mode: 'dynamic', calibrationExamples: 16 }))).not.toContain(
      'calibration-generated',
    );
    const few = await compress({ mode: 'int8', calibration: quarters(20, 3) });
    expect(codesOf(few)).toContain('calibration-few');
    const tiny = randomize(
      tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2], name: 'd' })] }),
      1,
    );
    expect(codesOf(await compress({ mode: 'int8', calibrationExamples: 8 }, tiny))).toContain(
      'file-not-smaller',
    );
    expect(codesOf(await compress({ mode: 'dynamic', calibrationExamples: 8 }, tiny))).toContain(
      'nothing-quantized',
    );
    expect(codesOf(await compress({ mode: 'int8', test: quarters(40, 4) }))).toContain(
      'calibration-on-test',
    );
  });

  it('compresses a functional model with every layer', async () => {
    const network = everyLayer(3);
    const before = tf.memory().numTensors;
    const { report } = await compress(
      {
        mode: 'int8',
        prune: { sparsity: 0.3 },
        cluster: { clusters: 16 },
        calibrationExamples: 32,
      },
      network,
    );
    expect(tf.memory().numTensors).toBe(before);
    expect(report.agreement!.total).toBe(32);
    network.dispose();
  });

  it('fits devices that are named', async () => {
    const { report } = await compress({
      mode: 'int8',
      labelled,
      devices: [{ name: 'a crumb', flash: 1000, ram: 500 }],
    });
    expect(report.devices.map(({ name, fits }) => [name, fits])).toEqual([
      ['256 KB flash, 64 KB RAM', true],
      ['a crumb', false],
    ]);
    expect(report.devices[1]!.problem).toMatch(/bytes more than/);
  });
});

describe('compressModel stops', () => {
  const options: CompressOptions = {
    mode: 'int8',
    labelled: quarters(64, 1),
    test: quarters(32, 2),
    prune: { sparsity: 0.5, method: 'fine-tune', epochs: 1 },
    cluster: { clusters: 8 },
    calibrationExamples: 64,
  };

  it('anywhere, and leaves no tensor', async () => {
    const counts: [number, number][] = [];
    const whole = await compressModel(model, options, {
      onProgress: (done, total) => counts.push([done, total]),
    });
    whole.model.dispose();
    const told = counts.length;
    expect(told).toBeGreaterThan(24);
    // The units of every step add up to what was said at the beginning.
    expect(counts.at(-2)).toEqual(counts.at(-1));
    expect(new Set(counts.map(([, total]) => total)).size).toBe(1);
    const weights = valuesOf(model);
    const before = tf.memory().numTensors;
    for (let at = 1; at < told; at++) {
      const controller = new AbortController();
      let count = 0;
      const error: ReaderError = await rejectedWith(() =>
        compressModel(model, options, {
          signal: controller.signal,
          onProgress: () => {
            if (++count === at) controller.abort();
          },
        }),
      );
      expect(error.code, `stopped at ${at}`).toBe('stopped');
      expect(tf.memory().numTensors, `stopped at ${at}`).toBe(before);
    }
    expect(valuesOf(model)).toEqual(weights);
  }, 180_000);

  it('at once when it was stopped before', async () => {
    const controller = new AbortController();
    controller.abort();
    const before = tf.memory().numTensors;
    const error = await rejectedWith(() =>
      compressModel(model, { mode: 'float32' }, { signal: controller.signal }),
    );
    expect(error.code).toBe('stopped');
    expect(tf.memory().numTensors).toBe(before);
  });

  it('by a message that comes while it works: others get their turn', async () => {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), 1);
    const error = await rejectedWith(() =>
      compressModel(model, { ...options, testExamples: 64 }, { signal: controller.signal }),
    );
    clearTimeout(timer);
    expect(error.code).toBe('stopped');
  });

  it('leaves no tensor when a step fails', async () => {
    const network = smallCnn(1);
    const before = tf.memory().numTensors;
    // With zeros kept, two values are one too few.
    const error = await rejectedWith(() =>
      compressModel(network, {
        mode: 'int8',
        prune: { sparsity: 0.5 },
        cluster: { clusters: 2 },
        calibrationExamples: 8,
      }),
    );
    expect(error.code).toBe('clusters-too-few');
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('compressModel refuses', () => {
  const refusal = async (options: object, from: unknown = model): Promise<string> => {
    const before = tf.memory().numTensors;
    const told = vi.fn();
    const { code } = await rejectedWith(() =>
      compressModel(from as tf.LayersModel, options as CompressOptions, { onProgress: told }),
    );
    expect(tf.memory().numTensors).toBe(before);
    expect(told).not.toHaveBeenCalled();
    return code;
  };

  it('a .tflite file, with the reason', async () => {
    const { tflite } = await compress({ mode: 'float32' });
    expect(await refusal({ mode: 'int8' }, tflite)).toBe('tflite-not-requantized');
  });

  const one = quarters(1, 1);
  const fineTune = { sparsity: 0.5, method: 'fine-tune' };
  it.each<[string, string, object]>([
    ['mode-unknown', 'a mode that there is not', { mode: 'int3' }],
    ['mode-unknown', 'no mode', {}],
    ['option-unknown', 'an option that there is not', { mode: 'int8', sparsity: 0.5 }],
    ['option-unknown', 'one of pruning', { mode: 'int8', prune: { share: 0.5 } }],
    ['sparsity-out-of-range', 'nothing left', { mode: 'int8', prune: { sparsity: 1 } }],
    ['method-unknown', 'a method', { mode: 'int8', prune: { sparsity: 0.5, method: 'slowly' } }],
    ['fine-tune-needs-labels', 'no labels', { mode: 'int8', prune: fineTune }],
    ['too-few-examples', 'few', { mode: 'int8', prune: fineTune, labelled: quarters(30, 1) }],
    ['not-an-integer-in-range', 'one cluster', { mode: 'int8', cluster: { clusters: 1 } }],
    ['not-an-integer-in-range', 'a seed below 0', { mode: 'int8', seed: -1 }],
    ['inference-type-impossible', 'int8 in', { mode: 'dynamic', inferenceInputType: 'int8' }],
    ['inference-type-impossible', 'int16 out', { mode: 'int8', inferenceOutputType: 'int16' }],
    ['range-invalid', 'a range upside down', { mode: 'int8', generatedRange: [1, 0] }],
    ['labels-missing', 'no labels', { mode: 'int8', test: { ...one, labels: undefined } }],
    ['examples-wrong-shape', 'a shape', { mode: 'int8', test: { ...one, shape: [64] } }],
    ['label-not-a-class', 'a label', { mode: 'int8', test: { ...one, labels: Int32Array.of(4) } }],
  ])('%s: %s', async (code, _, options) => {
    expect(await refusal(options)).toBe(code);
  });

  it('labels for a model that tells no classes apart', async () => {
    const network = tf.sequential({
      layers: [
        tf.layers.flatten({ inputShape: [8, 8, 1] }),
        tf.layers.dense({ units: 1, name: 'd' }),
      ],
    });
    expect(await refusal({ mode: 'int8', test }, network)).toBe('outputs-not-classes');
    const { report } = await compress({ mode: 'int8', calibration: quarters(120, 2) }, network);
    expect(report.agreement).toBeUndefined();
    expect(report.outputSqnr).toBeGreaterThan(20);
    network.dispose();
  });

  it('a layer that cannot be converted, before anything takes long', async () => {
    const network = tf.sequential({
      layers: [tf.layers.lstm({ units: 4, inputShape: [5, 2], name: 'memory' })],
    });
    const steps: string[] = [];
    const error = await rejectedWith(() =>
      compressModel(
        network,
        { mode: 'int8', prune: { sparsity: 0.5 } },
        { onProgress: (_, __, label) => steps.push(label) },
      ),
    );
    expect(error.code).toBe('layer-unsupported');
    expect(error.explain).toContain('memory');
    expect(new Set(steps)).toEqual(new Set(['writing the model as it is']));
    network.dispose();
  });
});
