import type * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../shared/reader-error.ts';
import type { Device } from '../engine/evaluation/fits-device.ts';
import { describe, requireInteger, requireNumber } from '../engine/numerics/arguments.ts';
import type { PostTrainingMode } from '../engine/quantization/post-training.ts';
import { requireKnownOptions } from '../engine/sparsity/known-options.ts';
import { requireBuiltModel } from '../engine/model-graph/model-graph.ts';
import { requireSparsity } from '../engine/sparsity/pruning-schedule.ts';
import type { Examples } from './examples.ts';
import { modelMacs } from './layer-macs.ts';
import { workSize } from './work-size.ts';

/** Which weights become zeros, and whether the others make up for it. */
export interface PruneOptions {
  /** Share of each kernel's weights that becomes 0: 0 up to, but not, 1. */
  sparsity: number;
  /** At once, or while training on `labelled`; 'one-shot' unless told. */
  method?: 'one-shot' | 'fine-tune';
  /** Times that training goes through the examples; 2 unless told. */
  epochs?: number;
  /** Of Adam at the start; it falls to zero along half a cosine. 0.002 unless told. */
  learningRate?: number;
  /** 32 unless told. */
  batchSize?: number;
}

/** A device by name. */
export interface NamedDevice extends Device {
  name: string;
}

type InferenceType = 'float32' | 'int8' | 'int16';

/** What is done to a model. */
export interface CompressOptions {
  prune?: PruneOptions;
  /** Each kernel gets so many different values at most; its zeros stay zeros. */
  cluster?: { clusters: number };
  mode: PostTrainingMode;
  /** Inputs like those the model will meet; unless told from `labelled`, else generated. */
  calibration?: Examples | 'generated';
  /** How many of them are used at most; 512 unless told, fewer for very large networks. */
  calibrationExamples?: number;
  /** Range of generated inputs; unless told what the model's first layer suggests, else 0 … 1. */
  generatedRange?: readonly [number, number];
  /** Examples with labels: to fine-tune with, and to measure with where `test` is not given. */
  labelled?: Examples;
  /** Examples with labels that are for measuring alone. */
  test?: Examples;
  /** How many are measured at most; 1000 unless told, fewer for very large networks. */
  testExamples?: number;
  /** What goes in and comes out: float32 unless told. */
  inferenceInputType?: InferenceType;
  inferenceOutputType?: InferenceType;
  /** Besides 256 KB of flash with 64 KB of RAM. */
  devices?: readonly NamedDevice[];
  /** Everything random comes from it; 1894 unless told. */
  seed?: number;
  /** The file that the model came from. */
  source?: { name: string; bytes: number };
}

/** The options in full. */
export interface CompressPlan {
  prune: Required<PruneOptions> | undefined;
  cluster: { clusters: number } | undefined;
  mode: PostTrainingMode;
  calibration: Examples | 'generated' | undefined;
  calibrationExamples: number;
  generatedRange: readonly [number, number] | undefined;
  labelled: Examples | undefined;
  test: Examples | undefined;
  testExamples: number;
  /** Examples that are treated at a time. */
  batch: number;
  inferenceInputType: InferenceType;
  inferenceOutputType: InferenceType;
  devices: NamedDevice[];
  seed: number;
  source: { name: string; bytes: number } | undefined;
}

const MODES = ['float32', 'dynamic', 'float16', 'int8', 'int16x8', 'int4'];
const NAMES =
  `prune cluster mode calibration calibrationExamples generatedRange labelled test testExamples
  inferenceInputType inferenceOutputType devices seed source`.split(/\s+/);
const PRUNE_NAMES = ['sparsity', 'method', 'epochs', 'learningRate', 'batchSize'];

/** What everybody is told of, whatever other devices they name. */
export const SMALL_DEVICE: NamedDevice = {
  name: '256 KB flash, 64 KB RAM',
  flash: 256 * 1024,
  ram: 64 * 1024,
};

/**
 * Reads the options in full, each checked before any work is done.
 *
 * @throws ReaderError `tflite-not-requantized`, `option-unknown`, `mode-unknown`, `sparsity-out-of-range`,
 *   `not-an-integer-in-range`, `inference-type-impossible`, `labels-missing`, `fine-tune-needs-labels`,
 *   `range-invalid`, `method-unknown`
 * @internal
 */
export function readCompressOptions(
  model: tf.LayersModel | Uint8Array,
  options: CompressOptions,
): CompressPlan {
  if (model instanceof Uint8Array) throw notRequantized();
  requireBuiltModel(model);
  requireKnownOptions('compressModel', options, NAMES, "{ mode: 'int8' }");
  const { mode, cluster, calibration, labelled, test, generatedRange } = options;
  const usual = workSize(modelMacs(model));
  const { calibrationExamples = usual.calibrationExamples, seed = 1894 } = options;
  const { testExamples = usual.testExamples } = options;
  const { inferenceInputType = 'float32', inferenceOutputType = 'float32' } = options;
  if (!MODES.includes(mode)) {
    throw new ReaderError({
      code: 'mode-unknown',
      explain: `mode must be one of ${MODES.join(', ')}; it is ${describe(mode)}.`,
    });
  }
  if (cluster) requireInteger('cluster.clusters', cluster.clusters, 2, 65_536);
  requireInteger('calibrationExamples', calibrationExamples, 1, 100_000);
  requireInteger('testExamples', testExamples, 1, 1_000_000);
  requireInteger('seed', seed, 0, 2 ** 32 - 1);
  requireInferenceTypes(mode, { inferenceInputType, inferenceOutputType });
  for (const [name, examples] of Object.entries({ labelled, test })) {
    if (examples && !examples.labels) throw labelsMissing(name, examples);
  }
  if (generatedRange) requireRange(generatedRange);
  const prune = options.prune && readPrune(options.prune, labelled);
  return {
    prune,
    cluster: cluster && { clusters: cluster.clusters },
    mode,
    calibration,
    calibrationExamples,
    generatedRange,
    labelled,
    test,
    testExamples,
    batch: usual.batch,
    inferenceInputType,
    inferenceOutputType,
    devices: [SMALL_DEVICE, ...(options.devices ?? [])],
    seed,
    source: options.source,
  };
}

function readPrune(options: PruneOptions, labelled: Examples | undefined): Required<PruneOptions> {
  requireKnownOptions('prune', options, PRUNE_NAMES, '{ sparsity: 0.9 }');
  const { sparsity, method = 'one-shot', epochs = 2 } = options;
  const { learningRate = 0.002, batchSize = 32 } = options;
  requireSparsity('prune.sparsity', sparsity);
  if (method !== 'one-shot' && method !== 'fine-tune') {
    throw new ReaderError({
      code: 'method-unknown',
      explain: `prune.method must be 'one-shot' or 'fine-tune'; it is ${describe(method)}.`,
    });
  }
  requireInteger('prune.epochs', epochs, 1, 1000);
  requireInteger('prune.batchSize', batchSize, 1, 4096);
  requireNumber('prune.learningRate', learningRate);
  if (method === 'fine-tune' && !labelled) {
    throw new ReaderError({
      code: 'fine-tune-needs-labels',
      explain: 'Fine-tuning needs examples with their labels, and none are given.',
      hint: 'Give a .npz with x and y as labelled data, or prune one-shot.',
    });
  }
  return { sparsity, method, epochs, learningRate, batchSize };
}

function requireInferenceTypes(mode: PostTrainingMode, types: Record<string, InferenceType>): void {
  const inside = mode === 'int8' ? 'int8' : mode === 'int16x8' ? 'int16' : undefined;
  for (const [name, type] of Object.entries(types)) {
    if (type === 'float32' || (inside !== undefined && type === inside)) continue;
    throw new ReaderError({
      code: 'inference-type-impossible',
      explain: `${name} is ${describe(type)}; in the mode ${mode} it can be float32${inside ? ` or ${inside}` : ' alone'}.`,
    });
  }
}

function requireRange(range: readonly [number, number]): void {
  const [low, high] = range;
  if (Number.isFinite(low) && Number.isFinite(high) && low < high) return;
  throw new ReaderError({
    code: 'range-invalid',
    explain: `generatedRange must be two numbers, the first the smaller; it is [${low}, ${high}].`,
  });
}

function labelsMissing(name: string, { source }: Examples): ReaderError {
  return new ReaderError({
    code: 'labels-missing',
    explain: `${name} must hold labels beside its examples; ${source} came without any.`,
    hint: 'In a .npz save them together: numpy.savez("data.npz", x=images, y=labels).',
  });
}

/** Why a .tflite file is not compressed any further. @internal */
export function notRequantized(): ReaderError {
  return new ReaderError({
    code: 'tflite-not-requantized',
    explain: 'A .tflite file is looked into and measured here; it is not compressed again.',
    elaborate:
      'Its weights may be rounded already, its normalizations are folded and its layers fused: to round a second time adds the errors of both, and fine-tuning needs the layers.',
    hint: 'Give the model that it was converted from, a .h5, a .keras or a model.json.',
  });
}
