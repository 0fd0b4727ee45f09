/** What section 3.2 tells of five observers: on honest sheets, on poisoned ones, on more and more, and under a clip. */
import * as tf from '@tensorflow/tfjs';
import { loadModel } from '../../../src/build/load-model.ts';
import type { MnistSet } from '../../../src/build/mnist.ts';
import * as calibration from '../../../src/engine/calibration/index.ts';
import { dequantize, quantize, sqnr } from '../../../src/engine/numerics/index.ts';
import * as quantization from '../../../src/engine/quantization/index.ts';
import { imageBatch } from '../quantization/images.ts';

export const models = ['lenet-5', 'depthwise-net'] as const;
export const images = ['train', 'test'] as const;

type Observer = calibration.Observer;
type Sheets = () => Generator<tf.Tensor>;

const SHEETS = 100;
const POISON = 500;
/** The sheet that is poisoned, and the pixel. */
const SHEET = 41;
const PIXEL = 300;
/** Test images that integers read, and those that are read at every clip. */
const READ = 1000;
const CLIPPED = 2000;
const BITS = [8, 4, 3, 2];
const CLIPS = [0.6, 0.9, 1.2, 1.5, 1.8, 2.1, 2.4, 2.7, 3, 3.6, 4.2, 4.8, 5.4, 6, 7.5, 9, 12];
const BINS = 60;
const MORE = [10, 100, 1000, 10_000];

const OBSERVERS: Record<string, () => Observer> = {
  'min-max': () => new calibration.MinMax(),
  'moving-average': () => new calibration.MovingAverageMinMax({ decay: 0.9 }),
  percentile: () => new calibration.Percentile({ percentile: 99.99 }),
  entropy: () => new calibration.Entropy(),
  mse: () => new calibration.Mse(),
};

export async function compute({
  train,
  test,
}: {
  train: MnistSet;
  test: MnistSet;
}): Promise<object> {
  const light = await loadModel('depthwise-net');
  const drawers = drawersOf(train);
  return {
    observers: await onLayer(light, drawers['honest']!, test),
    blank: blankPaper(light, drawers['honest']!),
    float: correct((x) => light.predict(x) as tf.Tensor, test, READ),
    read: await read(light, drawers, test),
    drawers: ranges(drawers),
    more: await moreSheets(train, test),
    clip: await underClips(light, drawers['honest']!, test),
  };
}

/** The honest hundred, and three drawers with one bad sheet among them. */
function drawersOf(train: MnistSet): Record<string, Sheets> {
  const sheets = (spoilt: number, spoil: (pixels: Float32Array) => void): Sheets =>
    function* () {
      for (let i = 0; i < SHEETS; i++) {
        const sheet = imageBatch(train, i, 1);
        if (i !== spoilt) {
          yield sheet;
          continue;
        }
        const pixels = sheet.dataSync<'float32'>().slice();
        sheet.dispose();
        spoil(pixels);
        yield tf.tensor4d(pixels, [1, 28, 28, 1]);
      }
    };
  const speck = (pixels: Float32Array): void => {
    pixels[PIXEL] = POISON;
  };
  const undivided = (pixels: Float32Array): void => pixels.forEach((v, i) => (pixels[i] = v * 255));
  return {
    honest: sheets(-1, speck),
    speck: sheets(SHEET, speck),
    last: sheets(SHEETS - 1, speck),
    undivided: sheets(SHEET, undivided),
  };
}

/** What each observer makes of what the first ReLU sends on, judged on images that it has not seen. */
async function onLayer(light: tf.LayersModel, sheets: Sheets, test: MnistSet): Promise<object> {
  const folded = quantization.foldBatchNorm(light);
  const fresh = outputs(folded, 'relu_1', imageBatch(test, 0, 100));
  const rows: Record<string, object> = {};
  for (const [name, observer] of Object.entries(OBSERVERS)) {
    const seen = await calibration.calibrateActivations(folded, sheets, {
      layers: ['relu_1'],
      observer,
    });
    const found = seen.get('relu_1')!;
    const { max } = found.range({ numBits: 8 });
    rows[name] = {
      max: places(max),
      beyond: fresh.reduce((count, value) => count + (value > max ? 1 : 0), 0) / fresh.length,
      sqnr: Object.fromEntries(
        [8, 4].map((bits) => [bits, decibels(fresh, found.params({ numBits: bits }))]),
      ),
    };
  }
  return rows;
}

/** What blank paper makes the first ReLU send on: a number for each filter, and how many of all values are one of them. */
function blankPaper(light: tf.LayersModel, sheets: Sheets): object {
  const folded = quantization.foldBatchNorm(light);
  const [side, filters] = [14, 16];
  const blank = outputs(folded, 'relu_1', tf.zeros([1, 28, 28, 1]));
  const middle = (side / 2) * side + side / 2; // away from the padding
  const constants = new Set(
    blank.slice(middle * filters, (middle + 1) * filters).filter((value) => value > 0),
  );
  const inked = outputs(folded, 'relu_1', stack(sheets)).filter((value) => value > 0);
  return {
    constants: constants.size,
    largest: places(Math.max(...constants)),
    share: inked.filter((value) => constants.has(value)).length / inked.length,
  };
}

/** Of {@link READ} test images, those that the light reader reads in int8 after each calibration. */
async function read(
  light: tf.LayersModel,
  drawers: Record<string, Sheets>,
  test: MnistSet,
): Promise<object> {
  const after = async (drawer: string, observer: string): Promise<number> => {
    const network = await quantization.quantizePostTraining(light, {
      mode: 'int8',
      representativeDataset: drawers[drawer]!,
      observer: OBSERVERS[observer]!,
    });
    return correct((x) => network.predict(x) as tf.Tensor, test, READ);
  };
  const honest: Record<string, number> = {};
  for (const name of Object.keys(OBSERVERS)) honest[name] = await after('honest', name);
  return {
    honest,
    speck: {
      'min-max': await after('speck', 'min-max'),
      percentile: await after('speck', 'percentile'),
    },
    undivided: { percentile: await after('undivided', 'percentile') },
  };
}

/** The upper end of the range of the pixels: by drawer, then by observer. */
function ranges(drawers: Record<string, Sheets>): object {
  const upper = (sheets: Sheets, observer: Observer): number => {
    for (const sheet of sheets()) {
      observer.observe(sheet.dataSync());
      sheet.dispose();
    }
    return places(observer.range({ numBits: 8 }).max);
  };
  return Object.fromEntries(
    Object.entries(drawers).map(([drawer, sheets]) => [
      drawer,
      Object.fromEntries(
        Object.entries(OBSERVERS).map(([name, observer]) => [name, upper(sheets, observer())]),
      ),
    ]),
  );
}

/** What more and more sheets do to the range of the heavy model's `dense_1`, and to the error on fresh images. */
async function moreSheets(train: MnistSet, test: MnistSet): Promise<object[]> {
  const heavy = await loadModel('lenet-5');
  const fresh = outputs(heavy, 'dense_1', imageBatch(test, 0, 1000));
  const watched = ['min-max', 'percentile', 'mse'].map(
    (name) => [name, OBSERVERS[name]!()] as const,
  );
  let seen = 0;
  return MORE.map((sheets) => {
    while (seen < sheets) {
      const count = Math.min(500, sheets - seen);
      const values = outputs(heavy, 'dense_1', imageBatch(train, seen, count));
      for (const [, observer] of watched) observer.observe(values);
      seen += count;
    }
    return {
      sheets,
      ...Object.fromEntries(
        watched.map(([name, observer]) => [
          name,
          {
            max: places(observer.range({ numBits: 8 }).max),
            8: decibels(fresh, observer.params({ numBits: 8 })),
            4: decibels(fresh, observer.params({ numBits: 4 })),
          },
        ]),
      ),
    };
  });
}

/** The light reader with what `relu_2_pointwise` sends on clipped and rounded, everything else in float. */
async function underClips(light: tf.LayersModel, sheets: Sheets, test: MnistSet): Promise<object> {
  const folded = quantization.foldBatchNorm(light);
  const at = folded.layers.findIndex(({ name }) => name === 'relu_2_pointwise');
  const layer = folded.layers[at]!;
  const front = tf.model({ inputs: folded.inputs, outputs: layer.output as tf.SymbolicTensor });
  const sent = tf.tidy(() => front.predict(imageBatch(test, 0, CLIPPED)) as tf.Tensor4D);
  const shown = tf.tidy(() => (front.predict(stack(sheets)) as tf.Tensor).dataSync<'float32'>());
  const width = Math.max(...CLIPS) / (2 * BINS); // the values end at 6, the clips at 12
  const counts = new Array<number>(BINS).fill(0);
  for (const v of shown) if (v > 0) counts[Math.min(BINS - 1, Math.floor(v / width))]!++;
  const observers: Record<string, Record<number, number>> = {};
  for (const [name, observer] of Object.entries(OBSERVERS)) {
    const seen = await calibration.calibrateActivations(folded, sheets, {
      layers: [layer.name],
      observer,
    });
    observers[name] = Object.fromEntries(
      BITS.map((bits) => [bits, places(seen.get(layer.name)!.range({ numBits: bits }).max)]),
    );
  }
  // Only now: applied once more, the layers could no longer be calibrated.
  const entry = tf.input({ shape: (layer.outputShape as number[]).slice(1) });
  const back = tf.model({
    inputs: entry,
    outputs: folded.layers
      .slice(at + 1)
      .reduce((x, next) => next.apply(x) as tf.SymbolicTensor, entry),
  });
  const score = (clip: number, bits: number): number => {
    const step = clip / (2 ** bits - 1);
    return correct(
      (x) =>
        back.predict(
          x
            .div(step)
            .round()
            .clipByValue(0, 2 ** bits - 1)
            .mul(step),
        ) as tf.Tensor,
      test,
      CLIPPED,
      sent,
    );
  };
  return {
    images: CLIPPED,
    float: correct((x) => back.predict(x) as tf.Tensor, test, CLIPPED, sent),
    values: shown.length,
    zeros: shown.reduce((sum, v) => sum + (v === 0 ? 1 : 0), 0),
    binWidth: width,
    counts,
    clips: CLIPS,
    beyond: CLIPS.map((clip) => shown.reduce((sum, v) => sum + (v > clip ? 1 : 0), 0)),
    correct: Object.fromEntries(BITS.map((bits) => [bits, CLIPS.map((clip) => score(clip, bits))])),
    observers,
  };
}

function outputs(model: tf.LayersModel, layer: string, x: tf.Tensor): Float32Array {
  const output = model.getLayer(layer).output as tf.SymbolicTensor;
  const tensor = tf.tidy(
    () => tf.model({ inputs: model.inputs, outputs: output }).predict(x) as tf.Tensor,
  );
  const values = tensor.dataSync<'float32'>();
  tf.dispose([tensor, x]);
  return values;
}

const stack = (sheets: Sheets): tf.Tensor4D => tf.concat([...sheets()]) as tf.Tensor4D;

/** How many of the first test images are read; the inputs are the images, or what was made of them before. */
function correct(
  predict: (x: tf.Tensor) => tf.Tensor,
  test: MnistSet,
  count: number,
  inputs?: tf.Tensor4D,
): number {
  const batch = 500;
  let found = 0;
  for (let start = 0; start < count; start += batch) {
    const answers = tf.tidy(() => {
      const x = inputs
        ? inputs.slice([start, 0, 0, 0], [batch, -1, -1, -1])
        : imageBatch(test, start, batch);
      return predict(x).argMax(1).dataSync();
    });
    for (const [i, answer] of answers.entries()) if (answer === test.labels[start + i]) found++;
  }
  return found;
}

const decibels = (values: Float32Array, params: Parameters<typeof dequantize>[1]): number =>
  places(sqnr(values, dequantize(quantize(values, params), params)), 3);

/** Logarithms and sums differ in their last bits between machines. */
const places = (value: number, count = 4): number => Number(value.toFixed(count));
