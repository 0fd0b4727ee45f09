/** Section 2.5: the heavy model under each bargain, its bytes, its arena and the error of its scores. */
import * as tf from '@tensorflow/tfjs';
import { loadModel } from '../../../src/build/load-model.ts';
import type { MnistSet } from '../../../src/build/mnist.ts';
import { calibrateActivations } from '../../../src/engine/calibration/index.ts';
import { fitsDevice, perLayerError } from '../../../src/engine/evaluation/index.ts';
import { layerOutputs } from '../../../src/engine/model-graph/layer-outputs.ts';
import { quantizePostTraining } from '../../../src/engine/quantization/index.ts';
import { TFLiteConverter } from '../../../src/engine/tflite/index.ts';
import { imageBatch } from '../quantization/images.ts';

export const models = ['lenet-5'];
export const images = ['train', 'test'] as const;

const BARGAINS = ['float32', 'float16', 'dynamic', 'int8', 'int16x8', 'int4'] as const;
const DEVICE = { flash: 256 * 1024, ram: 64 * 1024 };
const SPECIMENS = 100;
/** Test images that the errors are measured on. */
const TRIED = 100;

const fiveDigits = (value: number): number => Number(value.toPrecision(5));

export async function compute({ train, test }: { train: MnistSet; test: MnistSet }) {
  const model = await loadModel('lenet-5');
  const specimens = function* () {
    yield imageBatch(train, 0, SPECIMENS);
  };
  const tried = function* () {
    yield imageBatch(test, 0, TRIED);
  };
  const bargains: Record<string, object> = {};
  for (const mode of BARGAINS) {
    const network = await quantizePostTraining(model, { mode, representativeDataset: specimens });
    const file = await TFLiteConverter.fromQuantizedModel(network).convert();
    const { flashBytes, ramBytes } = fitsDevice(network, DEVICE);
    const errors = await perLayerError(model, network, tried);
    const logits = errors.find(({ layer }) => layer === 'logits')!;
    bargains[mode] = {
      fileBytes: file.length,
      flashBytes,
      ramBytes,
      ...(mode !== 'float32' && { logitsSqnr: fiveDigits(logits.sqnr) }),
    };
  }

  // What the last layer reads of the first test image, and the ranges found for both of its ends.
  const observers = await calibrateActivations(model, specimens, { layers: ['dense_1', 'logits'] });
  const read = tf.tidy(() =>
    (layerOutputs(model, ['dense_1']).predict(imageBatch(test, 0, 1)) as tf.Tensor).dataSync(),
  );
  return {
    specimens: SPECIMENS,
    tried: TRIED,
    bargains,
    lastLayer: {
      reads: [...read].map((value) => Number(value.toPrecision(7))),
      readRange: observers.get('dense_1')!.range(),
      scoreRange: observers.get('logits')!.range(),
    },
  };
}
