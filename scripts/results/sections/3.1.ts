/** Section 3.1: three networks in int8, layer by layer, well and badly calibrated; and how many specimens the heavy one wants. */
import * as tf from '@tensorflow/tfjs';
import { countEqual } from '../../../src/build/answers.ts';
import { loadModel } from '../../../src/build/load-model.ts';
import type { MnistSet } from '../../../src/build/mnist.ts';
import { MinMax, type Observer } from '../../../src/engine/calibration/index.ts';
import { perLayerError } from '../../../src/engine/evaluation/index.ts';
import type { RepresentativeDataset } from '../../../src/engine/model-graph/representative-dataset.ts';
import {
  quantizePostTraining,
  type PostTrainingOptions,
  type QuantizedModel,
} from '../../../src/engine/quantization/index.ts';
import { TFLiteConverter } from '../../../src/engine/tflite/index.ts';
import { magnitudePrune } from '../../../src/engine/sparsity/index.ts';
import { imageBatch } from '../quantization/images.ts';

export const models = ['lenet-5', 'bn-cnn', 'depthwise-net'];
export const images = ['train', 'test'] as const;

const SPECIMENS = 100;
/** Test images that errors are measured on, and that are read. */
const TRIED = 100;
const READ = 500;
const PIXELS = 784;

/** These only move values, or end the network: nothing of their own is to be seen there. */
const LEFT_OUT = ['flatten', 'softmax'];

/** Layers whose range is halved: a convolution with all that shares its scale. */
const HALVED: Record<string, readonly string[]> = {
  'lenet-5': ['conv_2', 'pool_2', 'flatten'],
  'bn-cnn': ['relu_2'],
  'depthwise-net': ['relu_3'],
};

/** Anything that predicts. */
type Readable = tf.LayersModel | QuantizedModel;

const digits = (value: number, count = 5): number => Number(value.toPrecision(count));

/** Half of the range of what was seen. */
class Stingy extends MinMax {
  override range() {
    const { min, max } = super.range();
    return { min: min / 2, max: max / 2 };
  }
}

export async function compute({ train, test }: { train: MnistSet; test: MnistSet }) {
  const sheets = (count: number): RepresentativeDataset =>
    function* () {
      const batch = Math.min(count, SPECIMENS);
      for (let start = 0; start < count; start += batch) yield imageBatch(train, start, batch);
    };
  const tried = function* () {
    yield imageBatch(test, 0, TRIED);
  };
  const unscaled = function* () {
    yield tf.tidy(() => tf.mul(imageBatch(train, 0, SPECIMENS), 255));
  };

  const layers: Record<string, Record<string, object[]>> = {};
  const networks: Record<string, tf.LayersModel> = {};
  for (const name of models) {
    const model = (networks[name] = await loadModel(name));
    const stingy = (layer: string): Observer =>
      HALVED[name]!.includes(layer) ? new Stingy() : new MinMax();
    const ways: Record<string, Omit<PostTrainingOptions, 'mode'>> = {
      honest: { representativeDataset: sheets(SPECIMENS) },
      'per-tensor': { representativeDataset: sheets(SPECIMENS), granularity: 'per-tensor' },
      'one-specimen': { representativeDataset: sheets(1) },
      unscaled: { representativeDataset: unscaled },
      halved: { representativeDataset: sheets(SPECIMENS), observer: stingy },
    };
    layers[name] = {};
    for (const [way, options] of Object.entries(ways)) {
      const network = await quantizePostTraining(model, { mode: 'int8', ...options });
      const errors = await perLayerError(model, network, tried);
      layers[name][way] = errors
        .filter(({ layer }) => !LEFT_OUT.includes(layer))
        .map(({ layer, sqnr, errorInSteps }) => ({
          layer,
          sqnr: digits(sqnr),
          steps: digits(errorInSteps!),
        }));
    }
  }

  const heavy = networks['lenet-5']!;
  const read = (network: Readable, count: number): number => {
    let correct = 0;
    for (let start = 0; start < count; start += READ) {
      const found = tf.tidy(() =>
        tf.argMax(network.predict(imageBatch(test, start, READ)) as tf.Tensor, 1).dataSync(),
      );
      correct += countEqual(Uint8Array.from(found), test.labels.subarray(start, start + READ));
    }
    return correct;
  };
  const sets: Record<string, RepresentativeDataset> = {
    1: sheets(1),
    10: sheets(10),
    100: sheets(100),
    1000: sheets(1000),
    ones: function* () {
      yield onlyFigure(train, 1, SPECIMENS);
    },
    unscaled,
  };
  const specimens: Record<string, object> = {};
  for (const [name, representativeDataset] of Object.entries(sets)) {
    const network = await quantizePostTraining(heavy, { mode: 'int8', representativeDataset });
    const errors = await perLayerError(heavy, network, tried);
    const logits = errors.find(({ layer }) => layer === 'logits')!;
    const tensor = network.graph.tensors.find((each) => each.name === 'logits' && !each.data)!;
    specimens[name] = {
      correct: read(network, READ),
      logitsSqnr: digits(logits.sqnr),
      logitsScale: digits(tensor.quantization!.scales[0]!),
    };
  }

  const honest = await quantizePostTraining(
    magnitudePrune(networks['depthwise-net']!, {
      conv_1: 0.2,
      conv_2_pointwise: 0.2,
      conv_3_pointwise: 0.2,
      conv_4_pointwise: 0.2,
    }),
    { mode: 'int8', representativeDataset: sheets(SPECIMENS) },
  );
  const file = await TFLiteConverter.fromQuantizedModel(
    await quantizePostTraining(heavy, { mode: 'int8', representativeDataset: sheets(SPECIMENS) }),
  ).convert();
  return {
    tried: TRIED,
    read: READ,
    layers,
    specimens,
    heavyFileBytes: file.length,
    light: {
      images: test.count,
      float: read(networks['depthwise-net']!, test.count),
      honest: read(honest, test.count),
    },
  };
}

/** The first sheets of one figure. */
function onlyFigure({ pixels, labels }: MnistSet, figure: number, count: number): tf.Tensor4D {
  const values = new Float32Array(count * PIXELS);
  for (let i = 0, taken = 0; taken < count; i++) {
    if (labels[i] !== figure) continue;
    const sheet = pixels.subarray(i * PIXELS, (i + 1) * PIXELS);
    values.set(
      Float32Array.from(sheet, (pixel) => pixel / 255),
      taken * PIXELS,
    );
    taken += 1;
  }
  return tf.tensor4d(values, [count, 28, 28, 1]);
}
