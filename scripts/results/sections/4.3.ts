/** Section 4.3: a file taken apart, the ledger of the heavy model, a layer that grows, and three arenas. */
import * as tf from '@tensorflow/tfjs';
import { loadModel } from '../../../src/build/load-model.ts';
import type { MnistSet } from '../../../src/build/mnist.ts';
import { startTensorFlow } from '../../../src/build/node-tensorflow.ts';
import { kMeans } from '../../../src/engine/clustering/index.ts';
import { sizeLedger, type LedgerRow } from '../../../src/engine/compression/index.ts';
import { fitsDevice } from '../../../src/engine/evaluation/index.ts';
import { quantizePostTraining } from '../../../src/engine/quantization/index.ts';
import { magnitudePrune } from '../../../src/engine/sparsity/index.ts';
import { Interpreter, TFLiteConverter } from '../../../src/engine/tflite/index.ts';
import { imageBatch } from '../quantization/images.ts';

export const models = ['lenet-5', 'depthwise-net'];
export const images = ['train'] as const;

const SPECIMENS = 100;
const DEVICE = { flash: 256 * 1024, ram: 64 * 1024 };
/** Shares of every kernel of the heavy model that are zero. */
const LEVELS = [0, 0.5, 0.7, 0.8, 0.9, 0.95];
const CLUSTERS = 16;
const INPUTS = 16;
const MOST_UNITS = 64;

/** A .tflite file and what is in it, in bytes. */
export interface FileParts {
  bytes: number;
  /** Weights, biases and other constants. */
  numbers: number;
  weights: number;
  biases: number;
  /** How many scales there are, each with a zero point. */
  scales: number;
  /** Names, shapes, operators, offsets and gaps. */
  rest: number;
}

/** The heavy model in one form, and what each way of storing it takes. */
export interface LedgerState {
  zeros: number;
  values: 'own' | 'sixteen';
  rows: Pick<LedgerRow, 'name' | 'bytes' | 'gzipBytes'>[];
}

/** A tensor that is computed while a network runs. */
export interface Tenant {
  name: string;
  bytes: number;
  /** Operator that writes it, and the last that reads it. */
  first: number;
  last: number;
}

export interface Arena {
  tenants: Tenant[];
  sum: number;
  /** The most that is there in any one step, each tensor rounded up to 16 bytes. */
  fullest: number;
  ramBytes: number;
}

/** The files of a dense layer, in float32 and in int8. */
export interface GrownLayer {
  units: number;
  float: number;
  int8: number;
  /** Of the int8 file. */
  scales: number;
  rest: number;
  floatRest: number;
}

export interface Section43Results {
  levels: number[];
  clusters: number;
  file: FileParts;
  /** Of the light reader’s file in int8. */
  lightFile: FileParts;
  /** The int8 file as it is, its bytes as a Huffman code, and zipped: whole, and with nine tenths of zeros. */
  zipped: Record<'whole' | 'pruned', { raw: number; huffman: number; gzip: number }>;
  states: LedgerState[];
  /** A dense layer of so many units over 16 inputs. */
  grow: { inputs: number; rows: GrownLayer[] };
  arenas: Record<'heavyFloat' | 'heavyInt8' | 'lightFloat' | 'lightInt8', Arena>;
}

export async function compute({
  train,
}: Record<'train' | 'test', MnistSet>): Promise<Section43Results> {
  await startTensorFlow();
  const heavy = await loadModel('lenet-5');
  const light = await loadModel('depthwise-net');
  const specimens = function* () {
    yield imageBatch(train, 0, SPECIMENS);
  };
  const inIntegers = async (model: tf.LayersModel): Promise<Uint8Array> => {
    const converter = TFLiteConverter.fromLayersModel(model);
    converter.optimizations = ['DEFAULT'];
    converter.representativeDataset = specimens;
    return converter.convert();
  };
  const whole = await inIntegers(heavy);
  return {
    levels: LEVELS,
    clusters: CLUSTERS,
    file: partsOf(whole),
    lightFile: partsOf(await inIntegers(light)),
    zipped: {
      whole: zippedOf(whole),
      pruned: zippedOf(await inIntegers(magnitudePrune(heavy, 0.9))),
    },
    states: LEVELS.flatMap((zeros) =>
      (['own', 'sixteen'] as const).map((values) => ledgerOf(heavy, zeros, values)),
    ),
    grow: { inputs: INPUTS, rows: await growing() },
    arenas: {
      heavyFloat: await arenaOf(heavy, 'float32', specimens),
      heavyInt8: await arenaOf(heavy, 'int8', specimens),
      lightFloat: await arenaOf(light, 'float32', specimens),
      lightInt8: await arenaOf(light, 'int8', specimens),
    },
  };
}

function partsOf(file: Uint8Array): FileParts {
  const interpreter = new Interpreter(file);
  interpreter.allocateTensors();
  const tensors = interpreter.trace();
  const bytes = (ending: string): number =>
    tensors.reduce(
      (sum, { name, constant, data }) =>
        constant && name.endsWith(ending) ? sum + data.byteLength : sum,
      0,
    );
  const scales = tensors.reduce((sum, { quantization }) => sum + quantization.scales.length, 0);
  const numbers = bytes('');
  return {
    bytes: file.length,
    numbers,
    weights: bytes('/kernel'),
    biases: bytes('/bias'),
    scales,
    rest: file.length - numbers - 12 * scales,
  };
}

function zippedOf(file: Uint8Array): { raw: number; huffman: number; gzip: number } {
  const rows = sizeLedger(file);
  const bytes = (name: string): number => rows.find((row) => row.name === name)!.bytes;
  return { raw: bytes('raw'), huffman: bytes('huffman'), gzip: bytes('gzip') };
}

/** Prunes every kernel at one stroke, lets sixteen values stand for its weights, and stores the model in every way. */
function ledgerOf(model: tf.LayersModel, zeros: number, values: 'own' | 'sixteen'): LedgerState {
  const changed = magnitudePrune(model, zeros);
  if (values === 'sixteen') shareValues(changed);
  const rows = sizeLedger(changed).map(({ name, bytes, gzipBytes }) => ({
    name,
    bytes,
    gzipBytes,
  }));
  changed.dispose();
  console.log('  ', zeros, values, rows.map(({ name, bytes }) => `${name} ${bytes}`).join(', '));
  return { zeros, values, rows };
}

function shareValues(model: tf.LayersModel): void {
  for (const layer of model.layers) {
    const [kernel, bias] = layer.getWeights();
    if (!kernel || !bias) continue;
    const { centroids, indices } = kMeans(kernel, {
      numberOfClusters: CLUSTERS,
      init: 'LINEAR',
      iterations: 20,
      preserveSparsity: true,
    });
    const shared = tf.tensor(
      Float32Array.from(indices, (index) => centroids[index]!),
      kernel.shape,
    );
    layer.setWeights([shared, bias]);
    shared.dispose();
  }
}

async function growing(): Promise<GrownLayer[]> {
  const rows: GrownLayer[] = [];
  for (let units = 1; units <= MOST_UNITS; units++) {
    const model = tf.sequential({
      layers: [tf.layers.dense({ units, inputShape: [INPUTS], kernelInitializer: 'ones' })],
    });
    const converter = TFLiteConverter.fromLayersModel(model);
    const float = partsOf(await converter.convert());
    converter.optimizations = ['DEFAULT'];
    converter.representativeDataset = function* () {
      yield tf.randomUniform([8, INPUTS], -1, 1, 'float32', 1);
    };
    const int8 = partsOf(await converter.convert());
    rows.push({
      units,
      float: float.bytes,
      int8: int8.bytes,
      scales: int8.scales,
      rest: int8.rest,
      floatRest: float.rest,
    });
    model.dispose();
  }
  return rows;
}

const BYTES = { float32: 4, float16: 2, int4: 0.5, int8: 1, int16: 2, int32: 4, int64: 8 };

async function arenaOf(
  model: tf.LayersModel,
  mode: 'float32' | 'int8',
  representativeDataset: () => Iterable<tf.Tensor>,
): Promise<Arena> {
  const network = await quantizePostTraining(model, { mode, representativeDataset });
  const { tensors, operators, inputs, outputs } = network.graph;
  const tenants = tensors.flatMap(({ name, shape, type, data }, index): Tenant[] => {
    if (data) return [];
    const written = operators.findIndex(({ output }) => output === index);
    const read = operators.findLastIndex((operator) => operator.inputs.includes(index));
    return [
      {
        name,
        bytes: shape.reduce((product, size) => product * size, BYTES[type]),
        first: inputs.includes(index) ? 0 : written,
        last: outputs.includes(index) ? operators.length - 1 : read,
      },
    ];
  });
  const inStep = (step: number): number =>
    tenants
      .filter(({ first, last }) => first <= step && step <= last)
      .reduce((sum, { bytes }) => sum + 16 * Math.ceil(bytes / 16), 0);
  return {
    tenants,
    sum: tenants.reduce((sum, { bytes }) => sum + bytes, 0),
    fullest: Math.max(...operators.map((_, step) => inStep(step))),
    ramBytes: fitsDevice(network, DEVICE).ramBytes,
  };
}
