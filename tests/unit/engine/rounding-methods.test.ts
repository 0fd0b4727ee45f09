import '@tensorflow/tfjs-backend-cpu';
import fc from 'fast-check';
import { createRng, numerics, quantization, tf } from 'heavy-weights';
import { beforeAll, describe, expect, it } from 'vitest';
import { startTensorFlow } from '../../../src/build/node-tensorflow.ts';
import { roundWithFeedback } from '../../../src/engine/quantization/gptq.ts';
import {
  quantizeKernel,
  dequantizeKernel,
  readWeightQuantization,
} from '../../../src/engine/quantization/quantize-weights.ts';
import { everyLayer, inputsFor, randomize, smallCnn } from './random-models.ts';

beforeAll(() => startTensorFlow());

const answers = (model: tf.LayersModel, x: tf.Tensor): Float32Array =>
  (model.predict(x) as tf.Tensor).dataSync() as Float32Array;

const error = (a: tf.LayersModel, b: tf.LayersModel, x: tf.Tensor): number =>
  numerics.mse(answers(a, x), answers(b, x));

/** Images whose neighbouring pixels go together, as those of photographs and digits do. */
function smooth(model: tf.LayersModel, n: number, seed: number): tf.Tensor {
  return tf.tidy(() => {
    const x = inputsFor(model, n, seed) as tf.Tensor4D;
    return x.rank === 4 ? tf.avgPool(x, 3, 1, 'same').add(0.3) : x;
  });
}

const dataFor = (model: tf.LayersModel, batches = 2) =>
  function* () {
    for (let i = 0; i < batches; i++) yield smooth(model, 32, 100 + i);
  };

const seeds = [1, 2, 3, 4];
const total = (values: number[]): number => values.reduce((sum, value) => sum + value, 0);

describe.each([3, 4])('with %i bits', (numBits) => {
  it('GPTQ and AdaRound change outputs less than rounding to nearest, on new data', async () => {
    const errors = { nearest: [] as number[], gptq: [] as number[], adaRound: [] as number[] };
    for (const seed of seeds) {
      const model = smallCnn(seed);
      const folded = quantization.foldBatchNorm(model);
      const x = smooth(model, 64, 7);
      errors.nearest.push(error(folded, quantization.fakeQuantizeWeights(folded, { numBits }), x));
      errors.gptq.push(
        error(folded, await quantization.gptq(folded, dataFor(model), { numBits }), x),
      );
      errors.adaRound.push(
        error(
          folded,
          await quantization.adaRound(folded, dataFor(model), { numBits, iterations: 200 }),
          x,
        ),
      );
    }
    expect(total(errors.gptq)).toBeLessThan(0.7 * total(errors.nearest));
    expect(total(errors.adaRound)).toBeLessThan(0.9 * total(errors.nearest));
  });

  it('bias correction takes the shift of every channel away', async () => {
    for (const seed of seeds) {
      const model = quantization.foldBatchNorm(smallCnn(seed));
      const rounded = quantization.fakeQuantizeWeights(model, {
        numBits,
        granularity: 'per-tensor',
      });
      const corrected = await quantization.biasCorrection(model, rounded, dataFor(model));
      const x = tf.concat([...dataFor(model)()]);
      const shift = (other: tf.LayersModel): number =>
        tf.tidy(() =>
          tf
            .max(
              tf.abs(
                tf.mean(tf.sub(model.predict(x) as tf.Tensor, other.predict(x) as tf.Tensor), 0),
              ),
            )
            .dataSync(),
        )[0]!;
      expect(shift(corrected)).toBeLessThan(1e-5);
      expect(shift(rounded)).toBeGreaterThan(1e-3);
      expect(error(model, corrected, x)).toBeLessThan(error(model, rounded, x));
    }
  });
});

describe('gptq', () => {
  const options = readWeightQuantization({ numBits: 3 });

  it('is rounding to nearest where inputs do not go together', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 1, max: 12 }), (seed, k) => {
        const rng = createRng(seed);
        const values = rng.normals(k * 4);
        const gram = new Float64Array(k * k);
        for (let i = 0; i < k; i++) gram[i * k + i] = rng.uniform(0.1, 3);
        const found = roundWithFeedback(values, { blocks: 1, k, m: 4, gram }, options, 0.01);
        const nearest = dequantizeKernel(quantizeKernel(values, k, 4, options), 4);
        expect(numerics.maxAbsError(found, nearest)).toBeLessThan(1e-6);
      }),
    );
  });

  it('makes less error in the output where they do', () => {
    let better = 0;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), (seed) => {
        const rng = createRng(seed);
        const [k, rows] = [16, 200];
        const values = rng.normals(k * 8);
        const shared = rng.normals(rows);
        const x = Float32Array.from(
          { length: rows * k },
          (_, i) => shared[Math.floor(i / k)]! + rng.normal(0, 0.5),
        );
        const gram = new Float64Array(k * k);
        for (let r = 0; r < rows; r++) {
          for (let i = 0; i < k; i++)
            for (let j = 0; j < k; j++) gram[i * k + j]! += (x[r * k + i]! * x[r * k + j]!) / rows;
        }
        const cost = (kernel: Float32Array): number => {
          const d = kernel.map((w, i) => w - values[i]!);
          let sum = 0;
          for (let c = 0; c < 8; c++) {
            for (let i = 0; i < k; i++)
              for (let j = 0; j < k; j++) sum += d[i * 8 + c]! * gram[i * k + j]! * d[j * 8 + c]!;
          }
          return sum;
        };
        const found = cost(roundWithFeedback(values, { blocks: 1, k, m: 8, gram }, options, 0.01));
        const nearest = cost(dequantizeKernel(quantizeKernel(values, k, 8, options), 8));
        if (found < nearest) better++;
      }),
      // A greedy choice: better nearly always, never surely. Fixed kernels, so that this cannot fail by chance.
      { numRuns: 40, seed: 7 },
    );
    expect(better).toBe(40);
  });
});

describe('adaRound', () => {
  it('rounds every weight to one of its two neighbours', async () => {
    const model = smallCnn(1);
    const rounded = await quantization.adaRound(model, dataFor(model, 1), {
      numBits: 3,
      iterations: 60,
    });
    for (const name of ['conv_1', 'conv_2', 'logits']) {
      const [before, after] = [model, rounded].map((each) =>
        each.getLayer(name).getWeights()[0]!.dataSync(),
      );
      const channels = model.getLayer(name).getWeights()[0]!.shape.at(-1)!;
      for (let c = 0; c < channels; c++) {
        const own = before!.filter((_, i) => i % channels === c);
        const scale = Math.max(...own.map(Math.abs)) / 3;
        own.forEach((w, p) => {
          const code = after![p * channels + c]! / scale;
          expect(Math.abs(code - Math.round(code))).toBeLessThan(1e-4);
          expect(Math.abs(code - w / scale)).toBeLessThan(1 + 1e-4);
        });
      }
    }
  });
});

describe('crossLayerEqualization', () => {
  /** The same function with channels whose weights differ by factors of hundreds. */
  function wild(seed: number): tf.LayersModel {
    const model = quantization.foldBatchNorm(smallCnn(seed));
    const factors = [0.01, 1, 30, 100];
    tf.tidy(() => {
      const [kernel, bias] = model.getLayer('conv_1').getWeights();
      model.getLayer('conv_1').setWeights([tf.mul(kernel!, factors), tf.mul(bias!, factors)]);
      const [next, nextBias] = model.getLayer('conv_2').getWeights();
      model
        .getLayer('conv_2')
        .setWeights([tf.div(next!, tf.tensor(factors, [1, 1, 4, 1])), nextBias!]);
    });
    return model;
  }

  it.each(seeds)('keeps the function and makes one scale do (seed %i)', (seed) => {
    const model = wild(seed);
    const equal = quantization.crossLayerEqualization(model);
    const x = smooth(model, 32, 3);
    const wanted = answers(model, x);
    const largest = Math.max(...wanted.map(Math.abs));
    expect(numerics.maxAbsError(wanted, answers(equal, x)) / largest).toBeLessThan(1e-4);
    const options = { numBits: 8, granularity: 'per-tensor' } as const;
    const before = error(model, quantization.fakeQuantizeWeights(model, options), x);
    const after = error(equal, quantization.fakeQuantizeWeights(equal, options), x);
    expect(after).toBeLessThan(before / 10);
  });

  it('keeps the function of every layer there is, and what ReLU6 stands between', () => {
    const model = everyLayer(3);
    const x = inputsFor(model, 8, 1);
    const equal = quantization.crossLayerEqualization(model);
    expect(numerics.maxAbsError(answers(model, x), answers(equal, x))).toBeLessThan(1e-4);
    expect(equal.getLayer('relu6').getConfig()['maxValue']).toBe(6);
    const replaced = quantization.crossLayerEqualization(model, { replaceReLU6: true });
    expect(replaced.getLayer('relu6').getConfig()['maxValue'] ?? null).toBeNull();
  });
});

describe('smoothQuant', () => {
  it('keeps the function, and lets int8 hold activations with outliers', async () => {
    for (const seed of seeds) {
      const model = randomize(
        tf.sequential({
          layers: [
            tf.layers.dense({ units: 16, inputShape: [8], activation: 'relu', name: 'a' }),
            tf.layers.dense({ units: 8, name: 'b' }),
          ],
        }),
        seed,
      );
      tf.tidy(() => {
        const outliers = Float32Array.from({ length: 16 }, (_, i) => (i % 8 === 0 ? 60 : 1));
        const [kernel, bias] = model.getLayer('a').getWeights();
        model.getLayer('a').setWeights([tf.mul(kernel!, outliers), tf.mul(bias!, outliers)]);
      });
      const data = dataFor(model);
      const smoothed = await quantization.smoothQuant(model, data);
      const x = smooth(model, 64, 2);
      const wanted = answers(model, x);
      expect(numerics.sqnr(wanted, answers(smoothed, x))).toBeGreaterThan(100);
      const noise = async (each: tf.LayersModel): Promise<number> => {
        const options = { mode: 'int8', representativeDataset: data } as const;
        const network = await quantization.quantizePostTraining(each, options);
        return numerics.mse(wanted, (network.predict(x) as tf.Tensor).dataSync());
      };
      expect(await noise(smoothed)).toBeLessThan(await noise(model));
    }
  });

  it('refuses an alpha outside 0 … 1', async () => {
    const model = smallCnn(1);
    await expect(quantization.smoothQuant(model, dataFor(model), { alpha: 2 })).rejects.toThrow(
      /alpha .* it is 2/,
    );
  });
});

describe('mixedPrecision', () => {
  it('finds the best there is under the budget', async () => {
    const model = quantization.foldBatchNorm(smallCnn(2));
    const smallest = await quantization.mixedPrecision(model, dataFor(model, 1), {
      budgetBytes: 1e9,
    });
    const layers = [...new Set(smallest.sensitivity.map(({ layer }) => layer))];
    expect(layers).toEqual(['conv_1', 'conv_2', 'logits']);
    for (const budgetBytes of [250, 300, 400, 600]) {
      const found = await quantization.mixedPrecision(model, dataFor(model, 1), { budgetBytes });
      // All combinations, one by one.
      let best = Infinity;
      const choices = layers.map((layer) =>
        smallest.sensitivity.filter((each) => each.layer === layer),
      );
      for (const a of choices[0]!)
        for (const b of choices[1]!)
          for (const c of choices[2]!) {
            if (a.bytes + b.bytes + c.bytes <= budgetBytes)
              best = Math.min(best, a.error + b.error + c.error);
          }
      expect(found.bytes).toBeLessThanOrEqual(budgetBytes);
      expect(found.error).toBeCloseTo(best, 12);
    }
  });

  it('says how small the model can be', async () => {
    const model = smallCnn(2);
    await expect(
      quantization.mixedPrecision(model, dataFor(model, 1), { budgetBytes: 10 }),
    ).rejects.toThrow(/still take \d+ bytes/);
  });
});

describe('all of them', () => {
  it('leave the model as it was and refuse weights that are not numbers', async () => {
    const model = smallCnn(5);
    const x = smooth(model, 4, 1);
    const before = answers(model, x);
    const run = (each: tf.LayersModel): (() => Promise<unknown>)[] => [
      () => quantization.gptq(each, dataFor(each, 1)),
      () => quantization.adaRound(each, dataFor(each, 1), { iterations: 5 }),
      () => quantization.smoothQuant(each, dataFor(each, 1)),
      () => Promise.resolve().then(() => quantization.crossLayerEqualization(each)),
      () => quantization.mixedPrecision(each, dataFor(each, 1), { budgetBytes: 1e6 }),
      () => quantization.biasCorrection(each, each, dataFor(each, 1)),
    ];
    for (const method of run(model)) await method();
    expect(answers(model, x)).toEqual(before);
    const [kernel, ...rest] = model.getLayer('conv_2').getWeights();
    const broken = smallCnn(5);
    broken.getLayer('conv_2').setWeights([tf.mul(kernel!, NaN), ...rest]);
    for (const method of run(broken)) await expect(method()).rejects.toThrow(/conv_2 holds NaN/);
  });

  it('bias correction refuses models of other layers', async () => {
    const [a, b] = [smallCnn(1), smallCnn(1, { units: 4 })];
    await expect(quantization.biasCorrection(a, b, dataFor(a, 1))).rejects.toThrow(
      /logits \[96, 3\].*logits \[96, 4\]/,
    );
  });
});
