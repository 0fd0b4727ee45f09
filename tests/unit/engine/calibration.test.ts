import '@tensorflow/tfjs-backend-cpu';
import { calibration, createRng, numerics, tf } from 'heavy-weights';
import { describe, expect, it } from 'vitest';

type Observers = Record<string, () => calibration.Observer>;

const observers: Observers = {
  MinMax: () => new calibration.MinMax(),
  MovingAverageMinMax: () => new calibration.MovingAverageMinMax(),
  Percentile: () => new calibration.Percentile(),
  Entropy: () => new calibration.Entropy(),
  Mse: () => new calibration.Mse(),
};
const clipping = ['Percentile', 'Entropy', 'Mse'];

/** Decibels after quantization with the range an observer found. */
function quality(values: Float32Array, observer: calibration.Observer, options = {}): number {
  for (let i = 0; i < values.length; i += 1000) observer.observe(values.subarray(i, i + 1000));
  const params = observer.params(options);
  return numerics.sqnr(values, numerics.dequantize(numerics.quantize(values, params), params));
}

describe('data with outliers', () => {
  const rng = createRng(221);
  const normal = rng.normals(50_000);
  const withOutliers = normal.map((x, i) =>
    i % 1000 === 7 ? Math.sign(x) * rng.uniform(25, 30) : x,
  );
  /** What matters to a network is the bulk: outliers saturate, as activations may. */
  const bulk = withOutliers.filter((_, i) => i % 1000 !== 7);

  it.each(clipping)('%s serves the bulk of the values better than MinMax at 4 bits', (name) => {
    const options = { numBits: 4 };
    const of = (observer: calibration.Observer): number => {
      observer.observe(withOutliers);
      const params = observer.params(options);
      return numerics.sqnr(bulk, numerics.dequantize(numerics.quantize(bulk, params), params));
    };
    const maker =
      name === 'Percentile'
        ? () => new calibration.Percentile({ percentile: 99.8 })
        : observers[name]!;
    const [clipped, whole] = [of(maker()), of(new calibration.MinMax())];
    console.log(`calibration: ${name} ${clipped.toFixed(1)} dB, MinMax ${whole.toFixed(1)} dB`);
    expect(clipped).toBeGreaterThan(whole + 3);
  });

  it('Mse is never worse than any other by its own measure, in every format', () => {
    for (const data of [normal, withOutliers, normal.map(Math.abs), rng.floats(20_000, -1, 3)]) {
      for (const numBits of [3, 4, 8]) {
        const best = quality(data, new calibration.Mse(), { numBits });
        for (const make of Object.values(observers)) {
          expect(best).toBeGreaterThan(quality(data, make(), { numBits }) - 0.15);
        }
      }
    }
  });

  it('all agree on uniform data', () => {
    const uniform = rng.floats(50_000, -1, 1);
    const found = Object.values(observers).map((make) => quality(uniform, make()));
    for (const sqnr of found) expect(Math.abs(sqnr - found[0]!)).toBeLessThan(0.6);
  });

  it('MSE finds the known best clip of a normal distribution', () => {
    // Optimal uniform quantizers of a unit normal (Max 1960): the step for 4 bits is 0.335, for 3 bits 0.586.
    for (const [numBits, step] of [
      [4, 0.335],
      [3, 0.586],
    ] as const) {
      const observer = new calibration.Mse();
      observer.observe(normal);
      const { scale } = observer.params({ numBits });
      expect(Math.abs(scale / step - 1)).toBeLessThan(0.08);
    }
  });
});

describe('every observer', () => {
  const names = Object.keys(observers);
  it.each(names)('%s keeps no more than a bounded memory, whatever the batches', (name) => {
    if (name === 'MovingAverageMinMax') return;
    const values = createRng(5)
      .normals(5000)
      .map((x, i) => (i === 2000 ? 300 : x));
    const ranges = [5000, 100, 7].map((size) => {
      const observer = observers[name]!();
      for (let i = 0; i < values.length; i += size) observer.observe(values.subarray(i, i + size));
      return observer.range();
    });
    expect(ranges[1]).toEqual(ranges[0]);
    expect(ranges[2]).toEqual(ranges[0]);
  });

  it.each(names)('%s takes one-sided, constant, tiny and huge values', (name) => {
    for (const values of [
      [0, 0, 0],
      [5],
      [-3, -3],
      [1e-30, 2e-30],
      [1e30, -1e30, 5],
      [0, 1, 2, 3],
    ]) {
      const observer = observers[name]!();
      observer.observe(values);
      const { min, max } = observer.range();
      expect(min).toBeLessThanOrEqual(max);
      // A range may be cut, but never reaches beyond what was seen and 0.
      expect(min).toBeGreaterThanOrEqual(Math.min(0, ...values));
      expect(max).toBeLessThanOrEqual(Math.max(0, ...values));
      expect(observer.params().scale).toBeGreaterThan(0);
    }
  });

  it.each(names)(
    '%s refuses to answer before it has seen anything, and what is no number',
    (name) => {
      expect(() => observers[name]!().range()).toThrow(
        expect.objectContaining({ code: 'nothing-observed' }),
      );
      expect(() => observers[name]!().observe([1, NaN])).toThrow(
        expect.objectContaining({ code: 'value-not-finite' }),
      );
      expect(() => observers[name]!().observe([])).toThrow(
        expect.objectContaining({ code: 'array-empty' }),
      );
    },
  );

  it('is unharmed by a batch that was refused', () => {
    const observer = new calibration.Percentile();
    observer.observe([1, 2]);
    expect(() => observer.observe([7, Infinity])).toThrow();
    expect(observer.range().max).toBeLessThanOrEqual(2);
  });
});

describe('MovingAverageMinMax', () => {
  it('forgets a start of ±6 slowly: after 469 steps 63 % of it is left', () => {
    const observer = new calibration.MovingAverageMinMax({ initialRange: { min: -6, max: 6 } });
    for (let step = 0; step < 469; step++) observer.observe([0, 0]);
    expect(observer.range().max / 6).toBeCloseTo(0.6255, 3);
  });

  it('refuses a decay that is no share, and a start that is inverted', () => {
    expect(() => new calibration.MovingAverageMinMax({ decay: 1 })).toThrow(
      expect.objectContaining({ code: 'decay-not-a-share' }),
    );
    expect(() => new calibration.MovingAverageMinMax({ initialRange: { min: 1, max: 0 } })).toThrow(
      expect.objectContaining({ code: 'range-inverted' }),
    );
  });
});

describe('Percentile', () => {
  it('is the quantile, to one bin', () => {
    const values = Float32Array.from({ length: 20_001 }, (_, i) => i / 100);
    const observer = new calibration.Percentile({ percentile: 90 });
    observer.observe(values);
    const { min, max } = observer.range();
    expect(Math.abs(min - 10)).toBeLessThan(0.1);
    expect(Math.abs(max - 190)).toBeLessThan(0.1);
  });

  it('counts zeros', () => {
    const observer = new calibration.Percentile({ percentile: 98 });
    observer.observe([
      ...new Array<number>(990).fill(0),
      ...Array.from({ length: 10 }, (_, i) => i + 1),
    ]);
    expect(observer.range()).toEqual({ min: 0, max: 0 });
  });

  it('refuses a percentile outside 0 … 100', () => {
    expect(() => new calibration.Percentile({ percentile: 101 })).toThrow(
      expect.objectContaining({ code: 'percentile-out-of-range' }),
    );
  });
});

describe('calibrateActivations', () => {
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ units: 2, inputShape: [2], kernelInitializer: 'identity', name: 'same' }),
      tf.layers.reLU({ name: 'relu' }),
    ],
  });
  const two = function* () {
    yield tf.tensor2d([[1, -2]]);
    yield tf.tensor2d([
      [3, 0],
      [0, -1],
    ]);
  };

  it('watches every layer and the input over all batches', async () => {
    const before = tf.memory().numTensors;
    const seen: number[] = [];
    const found = await calibration.calibrateActivations(model, two, {
      onBatch: (n) => seen.push(n),
    });
    const input = model.inputs[0]!.sourceLayer.name;
    expect([...found.keys()].sort()).toEqual([input, 'relu', 'same'].sort());
    expect(found.get(input)!.range()).toEqual({ min: -2, max: 3 });
    expect(found.get('relu')!.range()).toEqual({ min: 0, max: 3 });
    expect(seen).toEqual([1, 2]);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('uses the observer it is given, for the layers it is given', async () => {
    const found = await calibration.calibrateActivations(model, two, {
      layers: ['relu'],
      observer: () => new calibration.Mse(),
    });
    expect([...found.keys()]).toEqual(['relu']);
    expect(found.get('relu')).toBeInstanceOf(calibration.Mse);
  });

  it.each([
    ['dataset-empty', function* () {}],
    [
      'dataset-constant',
      function* () {
        yield tf.zeros([4, 2]);
      },
    ],
    [
      'sample-wrong-shape',
      function* () {
        yield tf.zeros([4, 3]);
      },
    ],
    [
      'sample-not-finite',
      function* () {
        yield tf.tensor2d([[NaN, 1]]);
      },
    ],
  ])('refuses %s, and leaves no tensor', async (code, dataset) => {
    const before = tf.memory().numTensors;
    await expect(
      calibration.calibrateActivations(model, dataset as () => Generator<tf.Tensor>),
    ).rejects.toThrow(expect.objectContaining({ code }));
    expect(tf.memory().numTensors).toBe(before);
  });

  it('names the layer whose output is not finite, and one it does not know', async () => {
    const broken = tf.sequential({
      layers: [tf.layers.dense({ units: 1, inputShape: [2], name: 'broken' })],
    });
    broken.setWeights([tf.tensor2d([[NaN], [1]]), tf.tensor1d([0])]);
    await expect(calibration.calibrateActivations(broken, two)).rejects.toThrow(/broken/);
    await expect(
      calibration.calibrateActivations(model, two, { layers: ['nowhere'] }),
    ).rejects.toThrow(expect.objectContaining({ code: 'layer-unknown' }));
  });
});
