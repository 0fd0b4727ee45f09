import '@tensorflow/tfjs-backend-cpu';
import { createRng, numerics, quantization, tf } from 'heavy-weights';
import { beforeAll, describe, expect, it } from 'vitest';
import { startTensorFlow } from '../../../src/build/node-tensorflow.ts';
import {
  quantizeKernel,
  readWeightQuantization,
} from '../../../src/engine/quantization/quantize-weights.ts';
import { everyLayer } from './random-models.ts';

beforeAll(() => startTensorFlow());

const kernelOf = (model: tf.LayersModel, name: string): Float32Array =>
  model.getLayer(name).getWeights()[0]!.dataSync() as Float32Array;

describe('fakeQuantizeWeights', () => {
  it.each([2, 3, 4, 8])(
    'gives what numerics gives, per tensor and per channel, in %i bits',
    (numBits) => {
      const model = everyLayer(1);
      const options = { numBits, symmetric: true, narrowRange: true };
      const perTensor = quantization.fakeQuantizeWeights(model, {
        numBits,
        granularity: 'per-tensor',
      });
      const perChannel = quantization.fakeQuantizeWeights(model, { numBits });
      for (const name of ['conv', 'pointwise', 'logits']) {
        const { shape } = model.getLayer(name).getWeights()[0]!;
        const values = kernelOf(model, name);
        const tensorParams = numerics.chooseQuantizationParams(numerics.minMax(values), options);
        const wanted = numerics.dequantize(numerics.quantize(values, tensorParams), tensorParams);
        expect(numerics.maxAbsError(kernelOf(perTensor, name), wanted)).toBeLessThan(1e-6);
        const axisParams = numerics.chooseQuantizationParamsPerAxis(values, shape, -1, options);
        const each = numerics.dequantize(numerics.quantize(values, axisParams), axisParams);
        expect(numerics.maxAbsError(kernelOf(perChannel, name), each)).toBeLessThan(1e-6);
      }
    },
  );

  it('gives each of the channels of a depthwise kernel its scale', () => {
    const model = tf.sequential({
      layers: [
        tf.layers.depthwiseConv2d({
          kernelSize: 1,
          inputShape: [2, 2, 3],
          useBias: false,
          name: 'd',
        }),
      ],
    });
    model.setWeights([tf.tensor4d([0.001, 1, 30], [1, 1, 3, 1])]);
    const each = kernelOf(quantization.fakeQuantizeWeights(model, { numBits: 4 }), 'd');
    expect(Array.from(each, (w) => Number(w.toPrecision(4)))).toEqual([0.001, 1, 30]);
    const one = kernelOf(
      quantization.fakeQuantizeWeights(model, { numBits: 4, granularity: 'per-tensor' }),
      'd',
    );
    expect(Array.from(one)).toEqual([0, 0, 30]);
  });

  it('is finer per channel than per tensor, and finer still per group', () => {
    const model = tf.sequential({
      layers: [tf.layers.dense({ units: 16, inputShape: [64], name: 'd' })],
    });
    const values = createRng(3).normals(64 * 16);
    model.setWeights([tf.tensor2d(values, [64, 16]), tf.zeros([16])]);
    const noise = (granularity: quantization.Granularity): number =>
      numerics.mse(
        values,
        kernelOf(quantization.fakeQuantizeWeights(model, { numBits: 4, granularity }), 'd'),
      );
    expect(noise('per-channel')).toBeLessThan(noise('per-tensor'));
    expect(noise({ groupSize: 16 })).toBeLessThan(noise('per-channel'));
    expect(noise({ groupSize: 4 })).toBeLessThan(noise({ groupSize: 16 }));
  });

  it('takes the largest group that divides, at most the one asked for', () => {
    const options = readWeightQuantization({ numBits: 4, granularity: { groupSize: 32 } });
    expect(quantizeKernel(new Float32Array(500), 500, 1, options).groupSize).toBe(25);
    expect(quantizeKernel(new Float32Array(9), 9, 1, options).groupSize).toBe(9);
  });

  it('takes bits for single layers, 32 for none', () => {
    const model = everyLayer(2);
    const mixed = quantization.fakeQuantizeWeights(model, { bits: { conv: 32, logits: 2 } });
    expect(kernelOf(mixed, 'conv')).toEqual(kernelOf(model, 'conv'));
    const units = new Set(Array.from(kernelOf(mixed, 'logits'), (w) => Math.sign(w)));
    expect(units.size).toBeLessThanOrEqual(3);
  });

  it('rounds by the converter’s product with the inverse, not by a division', () => {
    // 127/max·w and w/(max/127) fall on different sides of a half here.
    const options = readWeightQuantization({});
    let differing = 0;
    const rng = createRng(5);
    for (let trial = 0; trial < 300; trial++) {
      const values = rng.normals(1000);
      const { codes, scales } = quantizeKernel(values, 1000, 1, options);
      const max = Math.max(...values.map(Math.abs));
      const inverse = Math.fround(127 / max);
      values.forEach((value, i) => {
        const x = Math.fround(value * inverse);
        const wanted = Math.sign(x) * Math.floor(Math.abs(x) + 0.5);
        expect(codes[i]! - wanted).toBe(0);
        const divided = Math.fround(value / scales[0]!);
        if (Math.sign(divided) * Math.floor(Math.abs(divided) + 0.5) !== wanted) differing++;
      });
    }
    expect(differing).toBeGreaterThan(0);
  });

  it('refuses layers and options that do not exist', () => {
    const model = everyLayer(3);
    const attempt = (options: object) => () => quantization.fakeQuantizeWeights(model, options);
    expect(attempt({ bits: { relu6: 4 } })).toThrow(/no layer relu6 with weights/);
    expect(attempt({ granularity: 'per-row' })).toThrow(/"per-row"/);
    expect(attempt({ numBits: 9 })).toThrow(/numBits must be an integer from 2 to 8; it is 9/);
    expect(attempt({ granularity: { groupSize: 0 } })).toThrow(/groupSize/);
  });
});
