/** What section 4.3 says in words about its numbers. */
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-cpu';
import { describe, expect, it } from 'vitest';
import type { Section43Results } from '../../scripts/results/sections/4.3.ts';
import { sectionResults } from '../../src/build/section-results.ts';
import { computedValue } from '../../src/components/Computed/registry.ts';
import { TFLiteConverter } from '../../src/engine/tflite/index.ts';

const number = (id: string): number => computedValue(id) as number;
const results = sectionResults<Section43Results>('4.3');

describe('section 4.3', () => {
  it('about one byte in a hundred of the file is neither a weight nor a bias', () => {
    expect(number('4.3.file.rest-share')).toBeGreaterThan(0.005);
    expect(number('4.3.file.rest-share')).toBeLessThan(0.02);
    const { bytes, numbers, weights, biases, scales, rest } = results.file;
    expect(numbers + 12 * scales + rest).toBe(bytes);
    // The constants that are neither say a shape.
    expect(numbers - weights - biases).toBeLessThanOrEqual(16);
  });

  it('the small layer grows, and by the rule of the equation', () => {
    expect(number('4.3.grow.int8')).toBeGreaterThan(number('4.3.grow.float'));
    expect(number('4.3.grow.weights')).toBe(64);
    const least = (12 * number('4.3.grow.scales') + number('4.3.grow.descriptions')) / 3;
    expect(number('4.3.grow.even-weights')).toBeGreaterThan(least);
    expect(number('4.3.grow.even-weights') - results.grow.inputs).toBeLessThan(least + 16);
    const grown = number('4.3.grow.int8') - number('4.3.grow.float');
    const brought = 12 * number('4.3.grow.scales') + number('4.3.grow.descriptions');
    expect(grown).toBe(brought - number('4.3.grow.shrunk'));
  });

  it('has the same number of scales in a layer of any size', () => {
    expect(new Set(results.grow.rows.map(({ scales }) => scales)).size).toBe(1);
  });

  it.each(['float32', 'int8', 'int4'])('the line %s of the ledger does not move', (way) => {
    for (const state of ['pruned', 'deep']) {
      expect(number(`4.3.ledger.${state}.${way}`)).toBe(number(`4.3.ledger.whole.${way}`));
    }
  });

  it('the scales of the light reader are a burden beside its numbers, and those of the heavy model are not', () => {
    expect(number('4.3.light.scale-bytes')).toBeGreaterThan(0.5 * number('4.3.light.numbers'));
    expect(number('4.3.file.scale-bytes')).toBeLessThan(0.01 * number('4.3.file.bytes'));
  });

  it('as trained the model hardly shrinks, and with zeros it does', () => {
    const whole = number('4.3.ledger.whole.float32');
    expect(number('4.3.ledger.whole.gzip')).toBeGreaterThan(0.9 * whole);
    expect(number('4.3.ledger.pruned.gzip')).toBeLessThan(0.2 * whole);
    expect(number('4.3.zipped.saved')).toBeLessThan(0.25);
    expect(number('4.3.zipped.saved.pruned')).toBeGreaterThan(0.7);
  });

  it('the arena of the light reader is that of its two largest neighbours, and of the fullest step', () => {
    const { tenants, fullest, ramBytes } = results.arenas.lightInt8;
    expect(ramBytes).toBe(fullest);
    const neighbours = tenants.flatMap((a) =>
      tenants.flatMap((b) => (a.last === b.first && a !== b ? a.bytes + b.bytes : [])),
    );
    expect(Math.max(...neighbours)).toBe(ramBytes);
  });

  it('the light reader wants about two thirds of the heavy model’s room', () => {
    expect(number('4.3.arena.light-over-heavy')).toBeGreaterThan(0.6);
    expect(number('4.3.arena.light-over-heavy')).toBeLessThan(0.7);
  });

  it('two honest files of one network agree in their length to the byte, whatever the numbers are', async () => {
    await tf.setBackend('cpu');
    const lengthOf = async (seed: number, most: number): Promise<number> => {
      const kernelInitializer = tf.initializers.randomUniform({ minval: -1, maxval: 1, seed });
      const model = tf.sequential({
        layers: [
          tf.layers.conv2d({
            filters: 3,
            kernelSize: 3,
            inputShape: [6, 6, 1],
            kernelInitializer,
            name: 'a',
          }),
          tf.layers.flatten({ name: 'b' }),
          tf.layers.dense({ units: 4, kernelInitializer, name: 'c' }),
        ],
      });
      const converter = TFLiteConverter.fromLayersModel(model);
      converter.optimizations = ['DEFAULT'];
      converter.representativeDataset = function* () {
        yield tf.randomUniform([4, 6, 6, 1], 0, most, 'float32', seed);
      };
      return (await converter.convert()).length;
    };
    expect(await lengthOf(1, 1)).toBe(await lengthOf(2, 7));
  });
});
