/** What crosses between the page and the worker that runs LiteRT: plain data, read with care on both sides. */
import type { ReaderErrorData } from '../shared/reader-error.ts';
import type { Timing } from './timing.ts';

/** The largest model that is sent, in bytes; LiteRT keeps it in a memory of 2 GB at most. */
export const MOST_MODEL_BYTES = 2 ** 28;
/** The most values of all inputs, or of all outputs, of one run. */
export const MOST_VALUES = 2 ** 26;
/** The most inputs or outputs of a model. */
export const MOST_TENSORS = 1_000;
export const MOST_WARM_UP = 1_000;
export const LEAST_REPETITIONS = 6;
export const MOST_REPETITIONS = 10_000;

/** One build of LiteRT: the official loader, and the WebAssembly that it starts. Addresses are absolute. */
export interface LiteRtBuild {
  loader: string;
  wasm: string;
  /** Of the WebAssembly, before any compression. */
  bytes: number;
}

/** An input or an output of a model, as LiteRT tells it. */
export interface LiteRtTensor {
  name: string;
  shape: number[];
  dtype: 'float32' | 'int32' | 'uint8';
}

/** What a run or a timing is of. */
interface Work {
  id: number;
  /** The .tflite file; left out when it is that of the last work. */
  bytes?: Uint8Array;
  /** Values of each input of the model, in order. */
  inputs: Float32Array[];
}

export type ToWorker =
  | { type: 'start'; relaxedSimd: LiteRtBuild; plain: LiteRtBuild }
  | ({ type: 'run' } & Work)
  | ({ type: 'time'; warmUp: number; repetitions: number } & Work);

/** What a run gives. */
export interface LiteRtRun {
  /** Values of each output, in order. */
  outputs: Float32Array[];
  /** What each output is. */
  details: LiteRtTensor[];
  /** The WebAssembly memory that LiteRT has taken so far. */
  memoryBytes: number;
}

export type FromWorker =
  | { type: 'progress'; loaded: number; total: number }
  | { type: 'ready'; relaxedSimd: boolean }
  | { type: 'ran'; id: number; run: LiteRtRun }
  | { type: 'timed'; id: number; timing: Timing }
  /** Without an id: LiteRT could not start. Fatal: it cannot go on either. */
  | { type: 'failed'; id?: number; error: ReaderErrorData; fatal: boolean };
