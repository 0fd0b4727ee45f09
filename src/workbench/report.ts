/** What the workbench says of its work: plain data, which can cross a message port and be stored. */
import type { LedgerRow } from '../engine/compression/size-ledger.ts';
import type { Accuracy } from '../engine/evaluation/accuracy.ts';
import type { McNemar } from '../engine/evaluation/mcnemar.ts';
import type { LayerError } from '../engine/evaluation/per-layer-error.ts';
import type { PostTrainingMode } from '../engine/quantization/post-training.ts';
import type { StepTime } from './progress.ts';

/** Something the reader should know; `code` is stable. */
export interface Note {
  code: string;
  text: string;
}

/** One form of the model. */
export interface SizeRow {
  name: string;
  bytes: number;
  /** Through gzip, level 6. */
  gzipBytes: number;
  /** Bytes of the model as float32 .tflite over these. */
  ratio: number;
}

/** Whether a device can hold the model. */
export interface DeviceRow {
  name: string;
  flash: number;
  ram: number;
  fits: boolean;
  /** Empty, or what does not fit and by how much. */
  problem: string;
}

/** Memory that the file takes. */
export interface MemoryUse {
  /** Weights, biases and scales. */
  flashBytes: number;
  /** The tensor arena. */
  arenaBytes: number;
  /** What is written when the most memory is taken. */
  peakAt: string;
}

/** How often the models are right, on the same examples. */
export interface AccuracyReport {
  /** Name of the array that the examples are from. */
  source: string;
  before: Accuracy;
  after: Accuracy;
  mcNemar: McNemar;
}

/** Inputs, and what our interpreter gives for them: to compare with the official runtime. */
export interface ReferenceRun {
  /** Of one example, without the batch, for each input and output. */
  inputShapes: number[][];
  outputShapes: number[][];
  examples: { inputs: Float32Array[]; outputs: Float32Array[] }[];
  /** Of each output one step of its integers; undefined for floats. Runtimes may differ by some steps. */
  outputSteps: (number | undefined)[];
}

/** How often two models give one answer. */
export interface Agreement {
  same: number;
  total: number;
}

/** What made the report. */
export interface Versions {
  tensorflowjs: string;
  backend: string;
  /** Of the .tflite format. */
  tfliteSchema: number;
}

/** What was done to a model, and what became of it. */
export interface CompressionReport {
  kind: 'compression';
  model: {
    name: string;
    source: { name: string; bytes: number } | undefined;
    parameters: number;
    inputShapes: number[][];
    outputShapes: number[][];
  };
  choices: {
    prune:
      | { sparsity: number; method: 'one-shot' }
      | {
          sparsity: number;
          method: 'fine-tune';
          epochs: number;
          learningRate: number;
          batchSize: number;
          examples: number;
        }
      | undefined;
    cluster: { clusters: number } | undefined;
    mode: PostTrainingMode;
    calibration: string;
    inferenceInputType: string;
    inferenceOutputType: string;
  };
  warnings: Note[];
  /** The given model as float32 .tflite, and the file that was made. */
  sizes: SizeRow[];
  /** All weights stored in many ways, before and after pruning and clustering; undefined for very large models. */
  storage: { before: LedgerRow[]; after: LedgerRow[] } | undefined;
  /** Against the given model. */
  layers: LayerError[];
  /** Signal to noise of what comes out, in dB, against the given model. */
  outputSqnr: number;
  agreement: Agreement | undefined;
  accuracy: AccuracyReport | undefined;
  /** Of the kernels. */
  sparsity: { before: number; after: number } | undefined;
  /** Multiplications with an addition for one example; those with a zero are among them. */
  macs: number;
  memory: MemoryUse;
  devices: DeviceRow[];
  operators: { code: string; version: number; count: number }[];
  reference: ReferenceRun;
  versions: Versions;
  seed: number;
  times: StepTime[];
}

/** What a .tflite file is worth. */
export interface EvaluationReport {
  kind: 'evaluation';
  model: { name: string; source: { name: string; bytes: number } | undefined; parameters: number };
  warnings: Note[];
  sizes: SizeRow[];
  accuracy: { source: string; measured: Accuracy } | undefined;
  macs: number;
  memory: MemoryUse;
  devices: DeviceRow[];
  operators: { code: string; version: number; count: number }[];
  /** Undefined for a file that takes something other than real numbers. */
  reference: ReferenceRun | undefined;
  versions: Versions;
  seed: number;
  times: StepTime[];
}
