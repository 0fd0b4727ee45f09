/** What section 2.2 tells: one scale for a kernel or many, along which axis, and in what groups. */
import type * as tf from '@tensorflow/tfjs';
import { loadModel } from '../../../src/build/load-model.ts';
import {
  chooseQuantizationParams,
  chooseQuantizationParamsPerAxis,
  chooseQuantizationParamsPerGroup,
  dequantize,
  minMax,
  quantize,
  sqnr,
} from '../../../src/engine/numerics/index.ts';
import { foldBatchNorm } from '../../../src/engine/quantization/fold-batch-norm.ts';

export const models = ['depthwise-net', 'lenet-5'] as const;
export const images = [] as const;

const DEPTHWISE = ['depthwise_2', 'depthwise_3', 'depthwise_4'] as const;
const GROUPS = [800, 400, 200, 100, 50, 32, 16, 8];
const symmetric = (numBits: number) => ({ numBits, symmetric: true, narrowRange: true });

export async function compute(): Promise<object> {
  const light = foldBatchNorm(await loadModel('depthwise-net'));
  const heavy = await loadModel('lenet-5');
  const kernelOf = (model: tf.LayersModel, layer: string): Kernel => {
    const tensor = model.getLayer(layer).getWeights()[0]!;
    return { values: tensor.dataSync<'float32'>(), shape: tensor.shape };
  };
  return {
    // Row-major in [3, 3, channels, 1]: enough digits for a drawing and for every code of it.
    depthwise: DEPTHWISE.map((name) => {
      const { values, shape } = kernelOf(light, name);
      const weights = Array.from(values, (value) => Number(value.toPrecision(6)));
      return { name, channels: shape[2]!, weights };
    }),
    axes: alongAxes(kernelOf(light, 'conv_2_pointwise')),
    groups: inGroups(kernelOf(heavy, 'dense_1')),
  };
}

interface Kernel {
  values: Float32Array;
  shape: number[];
}

/** The weights after a round trip. */
function restored({ values }: Kernel, params: Parameters<typeof quantize>[1]): Float32Array {
  return dequantize(quantize(values, params), params);
}

/** A pointwise kernel with one scale, with scales along either axis, and with its table read along the wrong one. */
function alongAxes(kernel: Kernel): object {
  const { values, shape } = kernel;
  const one = chooseQuantizationParams(minMax(values), symmetric(8));
  const units = chooseQuantizationParamsPerAxis(values, shape, 3, symmetric(8));
  const inputs = chooseQuantizationParamsPerAxis(values, shape, 2, symmetric(8));
  const crossed = dequantize(quantize(values, inputs), units);
  return {
    one: sqnr(values, restored(kernel, one)),
    units: sqnr(values, restored(kernel, units)),
    inputs: sqnr(values, restored(kernel, inputs)),
    crossed: sqnr(values, crossed),
    scales: { units: units.scales.length, inputs: inputs.scales.length },
  };
}

/** The heavy model's widest layer in four bits by groups of its inputs, and in five with one scale a unit. */
function inGroups(kernel: Kernel): object {
  const { values, shape } = kernel;
  const units = (numBits: number) =>
    chooseQuantizationParamsPerAxis(values, shape, 1, symmetric(numBits));
  const tensor = chooseQuantizationParams(minMax(values), symmetric(4));
  return {
    weights: values.length,
    tensor: sqnr(values, restored(kernel, tensor)),
    fiveBits: sqnr(values, restored(kernel, units(5))),
    sizes: GROUPS.map((size) => {
      const params = chooseQuantizationParamsPerGroup(values, shape, 0, size, symmetric(4));
      return { size, scales: params.scales.length, sqnr: sqnr(values, restored(kernel, params)) };
    }),
  };
}
