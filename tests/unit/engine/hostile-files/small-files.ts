/** A small good file of each kind, and a small .tflite file whose every place is known. */
import type { Graph, GraphTensor } from '../../../../src/engine/graph/index.ts';
import { readZip } from '../../../../src/engine/keras/zip/read-zip.ts';
import { writeTflite } from '../../../../src/engine/tflite/write-tflite.ts';
import { npy, npz } from '../../workbench/npy-files.ts';
import { DENSE_WEIGHTS, denseConfig, h5File, kerasFile, rising } from '../keras-files.ts';
import type { Bytes } from './altered.ts';
import type { Kind } from './attempt.ts';

const scaled = (scales: readonly number[], axis = 0): GraphTensor['quantization'] => ({
  scales: Float32Array.from(scales),
  zeroPoints: new Int32Array(scales.length),
  axis,
});

/** Indices of its tensors. */
export const TENSOR = { x: 0, kernel: 1, bias: 2, pixels: 3, shape: 4, flat: 5, y: 8, sum: 9 };
/** Indices of its operators. */
export const OPERATOR = { conv: 0, reshape: 1, dense: 2, add: 3 };

const values = (count: number): Int8Array => Int8Array.from({ length: count }, (_, i) => i - 3);

/** Four operators of int8: a convolution, a reshape, a dense layer and a sum. */
export const SMALL_GRAPH: Graph = {
  name: 'main',
  tensors: [
    { name: 'x', shape: [1, 2, 2, 1], type: 'int8', quantization: scaled([0.5]) },
    {
      name: 'kernel',
      shape: [2, 1, 1, 1],
      type: 'int8',
      quantization: scaled([0.5, 0.25]),
      data: values(2),
    },
    {
      name: 'bias',
      shape: [2],
      type: 'int32',
      quantization: scaled([0.25, 0.125]),
      data: Int32Array.of(3, -3),
    },
    { name: 'pixels', shape: [1, 2, 2, 2], type: 'int8', quantization: scaled([1]) },
    { name: 'shape', shape: [2], type: 'int32', data: Int32Array.of(1, 8) },
    { name: 'flat', shape: [1, 8], type: 'int8', quantization: scaled([1]) },
    {
      name: 'weights',
      shape: [3, 8],
      type: 'int8',
      quantization: scaled([0.5]),
      data: values(24),
    },
    {
      name: 'offsets',
      shape: [3],
      type: 'int32',
      quantization: scaled([0.5]),
      data: Int32Array.of(1, 2, 3),
    },
    { name: 'y', shape: [1, 3], type: 'int8', quantization: scaled([1]) },
    { name: 'sum', shape: [1, 3], type: 'int8', quantization: scaled([2]) },
  ],
  operators: [
    {
      code: 'CONV_2D',
      options: {
        padding: 'VALID',
        strideHeight: 1,
        strideWidth: 1,
        dilationHeight: 1,
        dilationWidth: 1,
        activation: 'RELU',
      },
      inputs: [0, 1, 2],
      output: 3,
    },
    { code: 'RESHAPE', options: { newShape: [1, 8] }, inputs: [3, 4], output: 5 },
    {
      code: 'FULLY_CONNECTED',
      options: { activation: 'NONE', keepNumDims: false },
      inputs: [5, 6, 7],
      output: 8,
    },
    { code: 'ADD', options: { activation: 'NONE' }, inputs: [8, 8], output: 9 },
  ],
  inputs: [0],
  outputs: [9],
};

export const smallTflite = (): Bytes => writeTflite(SMALL_GRAPH) as Bytes;

/** A Dense layer, as Keras 3 tells of it. */
const KERAS_CONFIG = {
  module: 'keras',
  registered_name: null,
  ...denseConfig({ batch_input_shape: undefined, batch_shape: undefined }),
};

export const smallKeras = (): Bytes => {
  const config = structuredClone(KERAS_CONFIG) as unknown as { config: { layers: object[] } };
  config.config.layers.unshift({
    module: 'keras.layers',
    class_name: 'InputLayer',
    config: { name: 'input', batch_shape: [null, 2], dtype: 'float32' },
    registered_name: null,
  });
  return kerasFile(config, {
    'layers/dense/vars/0': rising([2, 3]),
    'layers/dense/vars/1': rising([3]),
  });
};

export const smallNpz = (): Bytes =>
  npz({ x: npy('<f4', [2, 3], [0, 1, 2, 3, 4, 5]), y: npy('|u1', [2], [0, 1]) }) as Bytes;

export const GOOD: Record<Kind, () => Bytes> = {
  h5: () => h5File(denseConfig(), DENSE_WEIGHTS),
  keras: smallKeras,
  tflite: smallTflite,
  npz: smallNpz,
};

/** The files in a .keras file, unpacked. */
export function partsOf(keras: Bytes): { config: Bytes; weights: Bytes } {
  const files = readZip(keras);
  return {
    config: files.get('config.json')!(1e6) as Bytes,
    weights: files.get('model.weights.h5')!(1e6) as Bytes,
  };
}
