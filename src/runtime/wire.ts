/** The messages between the host and a realm (the worker that runs code). Plain data only. */
import type { Sabotage } from '../crime/sabotages.ts';
import type { ReaderErrorData } from '../shared/reader-error.ts';
import type { OutputItem, ProgressUpdate } from './protocol.ts';
import type { CompiledModule } from './realm/compiled-module.ts';

export type TypedArray =
  | Float32Array
  | Float64Array
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array;

/** A value that crosses between realms: tagged, so that a reader's object can never pass for a tensor. */
export type Plain =
  | null
  | undefined
  | boolean
  | number
  | string
  | bigint
  | { kind: 'typed'; values: TypedArray }
  | { kind: 'array'; items: Plain[] }
  | { kind: 'object'; entries: [string, Plain][] }
  | { kind: 'tensor'; dtype: string; shape: number[]; values: TypedArray | string[] }
  | { kind: 'model'; topology: string; weights: WeightEntry[]; data: Uint8Array };

export interface WeightEntry {
  name: string;
  dtype: string;
  shape: number[];
}

/** The outcome of one call of the submission. */
export type PlainResult = { ok: true; value: Plain } | { ok: false; error: ReaderErrorData };

/** What a realm needs to know about a file of the book before it reads its parts. */
export interface FileEntry {
  kind: 'model' | 'dataset';
  /** Datasets: images in all, images in each part but perhaps the last, size of an image. */
  set?: { count: number; chunk: number; rows: number; cols: number };
  /** File names of the parts, in order. */
  parts: string[];
}

/** Compiled or raw code of TensorFlow.js's wasm backend. */
export interface WasmFiles {
  simd?: Uint8Array | undefined;
  plain?: Uint8Array | undefined;
}

export type ToRealm =
  | { type: 'boot'; wasm: WasmFiles }
  /** Compiles a module that may be evaluated next, so that evaluating it takes less time. */
  | { type: 'prepare'; code: string }
  | {
      type: 'run';
      run: number;
      cell: string;
      section: string;
      code: string;
      seed: number;
      caseNumber?: number | undefined;
    }
  /** Compiles a module for a realm that cannot: answered by `compiled`, or by `done` with what is wrong with it. */
  | { type: 'compile'; run: number; file: string; code: string }
  /** Evaluates a submission: its exports can be called afterwards. */
  | { type: 'load'; run: number; file: string; source: string | CompiledModule; seed: number }
  /** One end of a channel between the judge's realm and the submission's; comes before either runs anything. */
  | { type: 'peer'; role: 'judge' | 'submission'; port: MessagePort }
  | { type: 'task'; run: number; name: string; payload: unknown; seed: number }
  /** The submission is gone: no call of the task's is answered any more. */
  | { type: 'end-calls'; run: number; error: ReaderErrorData }
  /** Asks which call of the task's waits for its answer. */
  | { type: 'ask-doing'; run: number }
  | { type: 'file'; run: number; request: number; reply: FileReply }
  | { type: 'ping'; ping: number };

export type FileReply =
  | { ok: true; entry: FileEntry }
  | { ok: true; bytes: Uint8Array }
  | { ok: false; error: ReaderErrorData };

export type FromRealm =
  | { type: 'ready'; backend: string; note?: string }
  | { type: 'output'; run: number; items: OutputItem[] }
  /** Lines and display items left out so far. */
  | { type: 'omitted'; run: number; lines: number; items: number }
  | { type: 'progress'; run: number; progress: ProgressUpdate }
  /** The accusation was right: the deed that was done in the run’s case. */
  | { type: 'verdict'; run: number; sabotage: Sabotage }
  /** Asks for what a file is (no part) or for the bytes of one part. */
  | { type: 'file'; run: number; request: number; name: string; part?: number }
  | { type: 'compiled'; run: number; module: CompiledModule }
  /** The judge took no more from the submission. */
  | { type: 'refused'; run: number; error: ReaderErrorData }
  | { type: 'doing'; run: number; name?: string }
  | { type: 'done'; run: number; exports?: string[]; value?: unknown; error?: ReaderErrorData }
  | { type: 'pong'; ping: number };
