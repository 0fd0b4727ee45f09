import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  allScores,
  bargains,
  lastLayer,
} from '../../../src/components/figures/KindsOfQuantization/kinds-of-quantization-data.ts';
import {
  ROWS,
  STAGES,
  WIDTH,
  bitsPath,
  drawing,
  type BargainId,
} from '../../../src/components/figures/KindsOfQuantization/kinds-of-quantization.ts';
import { quantizePostTraining } from '../../../src/engine/quantization/index.ts';

const layer = lastLayer();
const IDS = Object.keys(STAGES) as BargainId[];

describe('the scores under each bargain', () => {
  beforeAll(() => tf.setBackend('cpu'));

  // The engine's own network of the same layer, calibrated so that it finds the very ranges of the figure.
  it.each(IDS)('%s: are those of the engine’s network', async (mode) => {
    const { reads, kernel, bias, readRange, scoreRange } = layer;
    const model = tf.sequential({
      layers: [tf.layers.dense({ units: 10, inputShape: [500], name: 'logits' })],
    });
    model.setWeights([tf.tensor2d(kernel, [500, 10]), tf.tensor1d(bias)]);
    const network = await quantizePostTraining(model, {
      mode,
      observer: (name) => {
        const range = name === 'logits' ? scoreRange : readRange;
        return {
          observe: () => undefined,
          range: () => range,
          params: () => {
            throw new Error('not asked for');
          },
        };
      },
      representativeDataset: function* () {
        yield tf.tensor2d(reads, [1, 500]);
      },
    });
    const wanted = (network.predict(tf.tensor2d(reads, [1, 500])) as tf.Tensor).dataSync();
    allScores(layer)[mode].forEach(({ score }, unit) =>
      expect(score).toBeCloseTo(wanted[unit]!, 3),
    );
    model.dispose();
  });

  it('lose least in float16, and more in four bits than in eight', () => {
    const worst = Object.fromEntries(
      Object.entries(allScores(layer)).map(([id, scores]) => [
        id,
        Math.max(...scores.map(({ exact, score }) => Math.abs(exact - score))),
      ]),
    ) as Record<BargainId, number>;
    expect(worst.float32).toBeLessThan(1e-9);
    expect(worst.float16).toBeLessThan(worst.dynamic);
    expect(worst.int16x8).toBeLessThan(worst.int8);
    expect(worst.int8).toBeLessThan(worst.int4);
  });
});

describe('the drawing', () => {
  it('has a square for each bit, inside the drawing at the widest', () => {
    expect(bitsPath(4, 0).match(/M/g)).toHaveLength(4);
    const last = [...bitsPath(64, 0).matchAll(/M([\d.]+)/g)].at(-1)!;
    expect(Number(last[1]) + 9).toBeLessThanOrEqual(WIDTH);
  });

  it('follows a product from the flash to the score', () => {
    const all = bargains();
    const int4 = drawing(
      all.find(({ id }) => id === 'int4')!,
      7,
      0,
    );
    expect(int4.bits.flash.d.match(/M/g)).toHaveLength(4);
    expect(int4.bits.weight.d.match(/M/g)).toHaveLength(32);
    expect(int4.texts['flash']).toMatch(/^int4: −?[0-7]$/);
    const int8 = all.find(({ id }) => id === 'int8')!;
    for (const { products } of int8.scores) {
      for (const { weight, input, product } of products) {
        expect(product).toBe(weight * input);
        expect(Number.isInteger(product)).toBe(true);
      }
    }
    expect(ROWS.every((row) => (drawing(int8, 0, 4).texts[row] ?? '').length > 0)).toBe(true);
  });

  it('knows of no bargain that fits flash and RAM together', () => {
    const fits = bargains().filter(
      ({ fileBytes, ramBytes }) => fileBytes <= 256 * 1024 && ramBytes <= 64 * 1024,
    );
    expect(fits).toEqual([]);
  });
});
