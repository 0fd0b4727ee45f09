import '@tensorflow/tfjs-backend-cpu';
import { tf, TFLiteConverter } from 'heavy-weights';
import { expect, it } from 'vitest';
import type { GraphTensor } from '../../src/engine/graph/index.ts';
import { loadModel } from '../../src/engine/keras/index.ts';
import { readTflite } from '../../src/engine/tflite/read-tflite.ts';
import { referenceModel } from './reference-models.ts';

const keras = referenceModel('pretrainedResnet.h5');
const official = referenceModel('pretrainedResnet_quant.tflite');

/** Weights by the layer they are of: conv2d_3/kernel here, model/conv2d_3/Conv2D or model/dense/MatMul there. */
function weightsOf(file: Uint8Array): Map<string, GraphTensor> {
  const { tensors, operators } = readTflite(file);
  return new Map(
    operators
      .filter(({ code }) => code === 'CONV_2D' || code === 'FULLY_CONNECTED')
      .map(({ inputs }) => {
        const weights = tensors[inputs[1]!]!;
        return [/(?:conv2d|dense)(?:_\d+)?/.exec(weights.name)![0], weights];
      }),
  );
}

// Weights do not depend on the data of calibration, so random numbers do for it.
it('pretrainedResnet.h5 becomes the 77,360 int8 weights of pretrainedResnet_quant.tflite', async (context) => {
  if (!keras || !official) {
    console.log('golden resnet8 weights: skipped: the files are not here');
    context.skip('the files are not here');
    return;
  }
  const model = await loadModel(keras);
  const file = await TFLiteConverter.fromLayersModel(model, {
    optimizations: ['DEFAULT'],
    representativeDataset: () => [tf.randomUniform([2, 32, 32, 3], 0, 255, 'float32', 1)],
    inferenceInputType: 'int8',
    inferenceOutputType: 'int8',
  }).convert();
  model.dispose();
  const [ours, theirs] = [weightsOf(file), weightsOf(official)];
  expect([...ours.keys()].sort()).toEqual([...theirs.keys()].sort());
  let count = 0;
  const different: string[] = [];
  for (const [layer, { data, type, shape, quantization }] of theirs) {
    const own = ours.get(layer)!;
    expect(own, layer).toMatchObject({ type, shape });
    expect(own.quantization!.axis, layer).toBe(quantization!.axis);
    expect(own.quantization!.scales.length, layer).toBe(quantization!.scales.length);
    quantization!.scales.forEach((scale, i) => {
      // The official converter folds normalizations in another order: the last two bits of a scale may differ.
      expect(Math.abs(own.quantization!.scales[i]! / scale - 1), layer).toBeLessThan(2 ** -21);
    });
    data!.forEach((value, i) => {
      count++;
      if (own.data![i] !== value) different.push(`${layer}[${i}]: ${own.data![i]}, not ${value}`);
    });
  }
  expect(different).toEqual([]);
  expect(count).toBe(77_360);
});
