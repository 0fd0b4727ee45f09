import '@tensorflow/tfjs-backend-cpu';
import fc from 'fast-check';
import { createRng, evaluation, quantization, tf, training } from 'heavy-weights';
import { beforeAll, describe, expect, it } from 'vitest';
import { startTensorFlow } from '../../../src/build/node-tensorflow.ts';
import { inputsFor, smallCnn } from './random-models.ts';

beforeAll(() => startTensorFlow());

const identity = { predict: (x: tf.Tensor) => x.clone() };

describe('accuracy and confusionMatrix', () => {
  it('count over batches, and agree', async () => {
    const rng = createRng(3);
    const outputs = tf.tensor2d(rng.floats(700 * 4), [700, 4]);
    const labels = Array.from({ length: 700 }, () => rng.integer(0, 3));
    const answers = tf.argMax(outputs, 1).dataSync();
    const correct = labels.filter((label, i) => answers[i] === label).length;
    const found = await evaluation.accuracy(identity, outputs, labels, { confidence: 0.99 });
    expect(found).toMatchObject({ correct, total: 700, accuracy: correct / 700, confidence: 0.99 });
    const matrix = await evaluation.confusionMatrix(identity, outputs, labels);
    expect(matrix.reduce((sum, row, i) => sum + row[i]!, 0)).toBe(correct);
    expect(matrix.flat().reduce((sum, count) => sum + count)).toBe(700);
    expect(matrix[labels[5]!]![answers[5]!]).toBeGreaterThan(0);
  });

  it('refuse labels and outputs that do not fit', async () => {
    const x = tf.eye(3);
    const attempt = (labels: unknown, inputs: tf.Tensor = x) =>
      evaluation.accuracy(identity, inputs, labels as number[]);
    await expect(attempt([0, 1])).rejects.toThrow(/each of the 3 examples; there are 2/);
    await expect(attempt([0, 1, 1.5])).rejects.toThrow(/labels\[2\] .* 1.5/);
    await expect(attempt([0, 1, 2], tf.zeros([3, 2, 2]))).rejects.toThrow(/\[3, 2, 2\]/);
  });
});

describe('wilsonInterval', () => {
  it('is wider for more confidence and narrower for more trials', () => {
    const width = (n: number, confidence: number): number => {
      const { low, high } = evaluation.wilsonInterval(0.9 * n, n, confidence);
      return high - low;
    };
    expect(width(100, 0.99)).toBeGreaterThan(width(100, 0.95));
    expect(width(1000, 0.95)).toBeLessThan(width(100, 0.95));
    expect(() => evaluation.wilsonInterval(1, 2, 95)).toThrow(/confidence/);
  });
});

describe('mcNemar', () => {
  it('is the exact binomial test', () => {
    // 9 against 1 of ten: 2·(1 + 10)/1024.
    const labels = new Array<number>(20).fill(1);
    const first = labels.map((_, i) => (i < 9 || i >= 10 ? 1 : 0));
    const second = labels.map((_, i) => (i < 9 ? 0 : 1));
    const { onlyFirst, onlySecond, pValue } = evaluation.mcNemar(first, second, labels);
    expect([onlyFirst, onlySecond]).toEqual([9, 1]);
    expect(pValue).toBeCloseTo(22 / 1024, 12);
  });

  it('holds for thousands, and is 1 where nothing differs', () => {
    const labels = new Array<number>(6000).fill(1);
    const first = labels.map((_, i) => i % 2);
    const second = labels.map((_, i) => 1 - (i % 2));
    expect(evaluation.mcNemar(first, second, labels).pValue).toBeGreaterThan(0.9);
    expect(evaluation.mcNemar(labels, labels, labels).pValue).toBe(1);
    expect(() => evaluation.mcNemar([1], [1, 2], [1])).toThrow(/one length/);
  });
});

describe('benchmark', () => {
  /** A clock that a call of the work moves on, and that shows whole steps only. */
  const clockOf = (step: number) => {
    let time = 0;
    return {
      work: (cost: number) => () => {
        time += cost;
      },
      now: () => {
        time += step / 20;
        return Math.floor(time / step) * step;
      },
    };
  };

  it('repeats what is too short for the clock', async () => {
    const { work, now } = clockOf(1);
    const found = await evaluation.benchmark(work(0.25), { now });
    expect(found.callsPerRun).toBeGreaterThanOrEqual(128);
    expect(found.median).toBeGreaterThan(0.24);
    expect(found.median).toBeLessThan(0.27);
    expect(found.warning).toBe('');
    expect(found.samples.length).toBe(30);
  });

  it('has the median within its interval, whatever the times', async () => {
    const rng = createRng(7);
    let time = 0;
    const now = () => (time += 0.001);
    const found = await evaluation.benchmark(() => void (time += rng.uniform(1, 3)), {
      now,
      runs: 100,
    });
    expect(found.interval.low).toBeLessThan(found.median);
    expect(found.interval.high).toBeGreaterThan(found.median);
    expect(found.median).toBeGreaterThan(1.5);
    expect(found.median).toBeLessThan(2.5);
  });

  it('waits for promises, warms up, and passes errors on', async () => {
    let calls = 0;
    await evaluation.benchmark(
      async () => {
        await new Promise((resolve) => setTimeout(resolve, 1));
        calls++;
      },
      { warmUp: 2, runs: 6 },
    );
    expect(calls).toBeGreaterThanOrEqual(8);
    await expect(
      evaluation.benchmark(() => {
        throw new Error('broken');
      }),
    ).rejects.toThrow('broken');
    await expect(evaluation.benchmark(null as never)).rejects.toThrow(/takes a function/);
  });
});

describe('cost, roofline, energy', () => {
  it('counts multiplications as the layers make them', () => {
    const model = smallCnn(1);
    const cost = evaluation.modelCost(model);
    expect(cost.operators.map(({ macs }) => macs)).toEqual([36 * 4 * 9, 16 * 6 * 36, 0, 96 * 3]);
    expect(cost.macs).toBe(36 * 4 * 9 + 16 * 6 * 36 + 96 * 3);
  });

  it('says what holds work back', () => {
    const machine = { peakOperations: 100, bandwidth: 10 };
    expect(evaluation.roofline({ operations: 50, bytes: 10, ...machine })).toEqual({
      intensity: 5,
      ridge: 10,
      attainable: 50,
      boundBy: 'memory',
      seconds: 1,
    });
    expect(evaluation.roofline({ operations: 500, bytes: 10, ...machine })).toMatchObject({
      attainable: 100,
      boundBy: 'compute',
    });
    expect(() => evaluation.roofline({ operations: 1, bytes: 0, ...machine })).toThrow(
      /bytes .* it is 0/,
    );
  });

  it('adds up the energy, and knows no other operations', () => {
    const float = evaluation.energy({ float32Multiply: 1, float32Add: 1 }).picojoules;
    const integer = evaluation.energy({ int8Multiply: 1, int8Add: 1 }).picojoules;
    expect(float / integer).toBeCloseTo(20, 10);
    expect(() => evaluation.energy({ int4Add: 1 } as never)).toThrow(/no figure for int4Add/);
    expect(() => evaluation.energy({ int8Add: -1 })).toThrow(/int8Add .* it is -1/);
  });
});

describe('fitsDevice', () => {
  it('lets tensors share memory that are not there together', async () => {
    const model = smallCnn(2);
    const network = await quantization.quantizePostTraining(model, {
      mode: 'int8',
      representativeDataset: () => [inputsFor(model, 8, 1)],
    });
    const { fits, ramBytes, flashBytes, peakAt } = evaluation.fitsDevice(network, {
      flash: 2000,
      ram: 420,
    });
    // The input in float32, 256 bytes, with itself in int8; then 64 + 144, and 144 + 96.
    expect(ramBytes).toBe(256 + 64);
    expect(peakAt).toMatch(/conv_1_input|image/);
    expect(flashBytes).toBeGreaterThan(36 + 216 + 288);
    expect(fits).toBe(true);
    const tight = evaluation.fitsDevice(network, { flash: flashBytes - 1, ram: ramBytes - 1 });
    expect(tight.fits).toBe(false);
    expect(tight.problem).toMatch(/1 bytes more than the flash.*1 bytes more than the RAM/);
    expect(() => evaluation.fitsDevice(network, {} as never)).toThrow(/flash/);
  });
});

describe('pareto', () => {
  it('keeps exactly what nothing beats', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 })), {
          minLength: 1,
        }),
        (points) => {
          const best = evaluation.pareto(points, [
            { of: ([x]) => x, best: 'least' },
            { of: ([, y]) => y, best: 'most' },
          ]);
          const beats = (a: number[], b: number[]) =>
            a[0]! <= b[0]! && a[1]! >= b[1]! && (a[0]! < b[0]! || a[1]! > b[1]!);
          expect(best).toEqual(points.filter((p) => !points.some((q) => beats(q, p))));
          expect(best.length).toBeGreaterThan(0);
        },
      ),
    );
    expect(() => evaluation.pareto([1], [])).toThrow(/objective/);
    expect(() => evaluation.pareto([1], [{ of: () => NaN, best: 'least' }])).toThrow(/points\[0\]/);
  });
});

describe('perLayerError', () => {
  it('finds the layer that was spoilt', async () => {
    const model = quantization.foldBatchNorm(smallCnn(3));
    const data = () => [inputsFor(model, 32, 1)];
    const spoilt = quantization.fakeQuantizeWeights(model, {
      bits: { conv_1: 8, conv_2: 2, logits: 8 },
    });
    const errors = await evaluation.perLayerError(model, spoilt, data);
    expect(errors.map(({ layer }) => layer)).toEqual([
      'conv_1',
      'relu_1',
      'conv_2',
      'flatten',
      'logits',
    ]);
    const worst = errors.reduce(
      (a, b) => (b.sqnrLoss > a.sqnrLoss && b.sqnrLoss < Infinity ? b : a),
      {
        layer: '',
        sqnrLoss: -Infinity,
      },
    );
    expect(worst.layer).toBe('conv_2');
  });

  it('compares the integers of a network with the floats they stand for', async () => {
    const model = smallCnn(4);
    const data = () => [inputsFor(model, 32, 1)];
    const network = await quantization.quantizePostTraining(model, {
      mode: 'int8',
      representativeDataset: data,
    });
    const errors = await evaluation.perLayerError(model, network, data);
    expect(errors.map(({ layer }) => layer)).toEqual([
      'relu_1',
      'conv_2_relu',
      'flatten',
      'logits',
    ]);
    for (const { sqnr, errorInSteps } of errors) {
      expect(sqnr).toBeGreaterThan(20);
      expect(errorInSteps).toBeGreaterThan(0.1);
      expect(errorInSteps).toBeLessThan(5);
    }
    const other = tf.sequential({
      layers: [tf.layers.dense({ units: 1, inputShape: [8], name: 'z' })],
    });
    await expect(evaluation.perLayerError(model, other, data)).rejects.toThrow(
      /no layer of the same name/,
    );
  });
});

describe('distillation', () => {
  it('has the gradient of its formula', () => {
    const rng = createRng(2);
    const [student, teacher] = [rng.normals(6), rng.normals(6)].map((v) => tf.tensor2d(v, [2, 3]));
    const labels = tf.tensor2d([
      [1, 0, 0],
      [0, 0, 1],
    ]);
    const [T, alpha] = [3, 0.7];
    const gradient = tf.grad((z: tf.Tensor) =>
      training.distillationLoss(z as tf.Tensor2D, teacher!, labels, { temperature: T, alpha }),
    )(student!);
    // dL/dz = (α·T·(softmax(z_s/T) − softmax(z_t/T)) + (1 − α)·(softmax(z_s) − y)) / n
    const wanted = tf.tidy(() => {
      const soft = tf.sub(tf.softmax(tf.div(student!, T)), tf.softmax(tf.div(teacher!, T)));
      const hard = tf.sub(tf.softmax(student!), labels);
      return tf.div(tf.add(tf.mul(soft, alpha * T), tf.mul(hard, 1 - alpha)), 2).dataSync();
    });
    gradient.dataSync().forEach((value, i) => expect(value).toBeCloseTo(wanted[i]!, 5));
  });

  it('refuses what has no meaning', () => {
    const z = tf.zeros([2, 3]) as tf.Tensor2D;
    const loss = (options: object) => () => training.distillationLoss(z, z, z, options);
    expect(loss({ temperature: 0.5 })).toThrow(/temperature .* 0.5/);
    expect(loss({ alpha: -1 })).toThrow(/alpha .* -1/);
    expect(() => training.distillationLoss(z, tf.zeros([2, 4]), z)).toThrow(/\[2, 3\], \[2, 4\]/);
  });
});
