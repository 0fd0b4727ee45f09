import type * as tf from '@tensorflow/tfjs';
import { loadModel } from '../../src/build/load-model.ts';
import { readMnist } from '../../src/build/mnist.ts';
import { withFloatEnds } from '../../src/engine/graph/graph-ends.ts';
import type { ConverterOptions } from '../../src/engine/tflite/converter.ts';
import { TFLiteConverter } from '../../src/engine/tflite/index.ts';
import { readTflite } from '../../src/engine/tflite/read-tflite.ts';
import { writeTflite } from '../../src/engine/tflite/write-tflite.ts';
import { representativeData } from '../results/quantization/images.ts';

export const NETWORKS = ['lenet-300-100', 'lenet-5', 'bn-cnn', 'depthwise-net'] as const;

const optimizations = ['DEFAULT'] as const;
const INT16 = 'EXPERIMENTAL_TFLITE_BUILTINS_ACTIVATIONS_INT16_WEIGHTS_INT8' as const;
type Data = NonNullable<ConverterOptions['representativeDataset']>;

/** Every way in which the converter writes a model. */
export const MODES = {
  float32: () => ({}),
  dynamic: () => ({ optimizations }),
  float16: () => ({ optimizations, targetSpec: { supportedTypes: ['float16'] } }),
  int8: (representativeDataset) => ({ optimizations, representativeDataset }),
  'int8, int8 in and out': (representativeDataset) => ({
    optimizations,
    representativeDataset,
    inferenceInputType: 'int8',
    inferenceOutputType: 'int8',
  }),
  int16x8: (representativeDataset) => ({
    optimizations,
    representativeDataset,
    targetSpec: { supportedOps: [INT16] },
  }),
  int4: () => ({ optimizations, targetSpec: { supportedTypes: ['int4'] } }),
} satisfies Record<string, (data: Data) => ConverterOptions>;

export type Mode = keyof typeof MODES;
export const modeNames = Object.keys(MODES) as Mode[];

/** Calibration sees so many training images. */
const CALIBRATION_IMAGES = 256;

/** A network of the book as a file in each mode. Start a backend first. */
export async function writeNetwork(name: string): Promise<Map<Mode, Uint8Array>> {
  const model = await loadModel(name);
  const shape = model.inputs[0]!.shape.slice(1) as number[];
  const train = readMnist('train');
  const data: Data = function* () {
    for (const batch of representativeData(train, CALIBRATION_IMAGES)()) {
      const shaped = batch.reshape([batch.shape[0]!, ...shape]);
      batch.dispose();
      yield shaped;
    }
  };
  const files = await writeModes(model, data);
  model.dispose();
  return files;
}

/** A model as a file in each mode. */
export async function writeModes(
  model: tf.LayersModel,
  data: Data,
): Promise<Map<Mode, Uint8Array>> {
  const files = new Map<Mode, Uint8Array>();
  for (const mode of modeNames) {
    files.set(mode, await TFLiteConverter.fromLayersModel(model, MODES[mode](data)).convert());
  }
  return files;
}

/**
 * The file without its softmax. Probabilities of MNIST are nearly all 0 or 1, where any two runtimes agree; the values
 * before them show every difference.
 */
export function withoutSoftmax(bytes: Uint8Array): Uint8Array {
  const graph = readTflite(bytes);
  const last = graph.operators.findIndex(({ code }) => code === 'SOFTMAX');
  if (last < 0) throw new Error('The file has no softmax.');
  return writeTflite(
    withFloatEnds({
      ...graph,
      operators: graph.operators.slice(0, last),
      outputs: [graph.operators[last]!.inputs[0]!],
    }),
  );
}

/** The first test images, each 784 values from 0, paper, to 1, ink. */
export function testImages(count: number): Float32Array[][] {
  const { pixels } = readMnist('test');
  return Array.from({ length: count }, (_, i) => [
    Float32Array.from(pixels.subarray(i * 784, (i + 1) * 784), (pixel) => pixel / 255),
  ]);
}
