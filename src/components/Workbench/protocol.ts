/** The messages between the page and the workbench's worker. Files and blobs cross by reference, never as bytes. */
import type { ReaderErrorData } from '../../shared/reader-error.ts';
import type { ModelInspection, TfliteInspection } from '../../workbench/inspect.ts';
import type { CompressionReport, EvaluationReport } from '../../workbench/report.ts';
import type { AgreementReport } from '../../litert/agreement.ts';
import type { LiteRtInfo } from '../../litert/runtime.ts';
import type { Timing } from '../../litert/timing.ts';
import type { InputRange, Settings } from './settings.ts';

export type ModelSource =
  | { from: 'files'; files: File[] }
  /** One of the book's own models, by the name of its folder. */
  | { from: 'book'; name: string };

export type DataRole = 'calibration' | 'labelled';

/** Data of the reader's own, and what their bytes become. */
export interface DataRequest {
  role: DataRole;
  files: File[];
  inputRange: InputRange;
}

/** A model that is open. */
export interface OpenModel {
  /** Of the file, or the book's name of the model. */
  name: string;
  fileBytes: number;
  inspection: ModelInspection | TfliteInspection;
  /** The book's images of digits fit its input, and it tells ten classes apart. */
  takesMnist: boolean;
  /** Set when TensorFlow.js had to do without WebAssembly. */
  note: string | undefined;
}

/** Data of the reader's own that was read. */
export interface OpenData {
  role: DataRole;
  count: number;
  shape: number[];
  source: string;
  /** Examples that the file keeps apart to measure with. */
  heldOut: number;
  /** What was done to the arrays, in words. */
  notes: string[];
}

export type AnyReport = CompressionReport | EvaluationReport;

/** What came of a run. */
export interface RunResult {
  report: AnyReport;
  /** The file that was made; of a .tflite file that was only measured the file itself. */
  tflite: Blob;
  /** From when the worker began until all was measured. */
  elapsedMs: number;
}

/** What the official runtime makes of the file. */
export interface RuntimeResult {
  info: LiteRtInfo;
  agreement: AgreementReport;
  timing: Timing;
}

export type Format = 'h5' | 'keras' | 'report';

/** A device whose numbers the reader filled in, in bytes. */
export interface AskedDevice {
  flash: number;
  ram: number;
}

export interface Calls {
  open: { request: { source: ModelSource }; answer: OpenModel };
  data: { request: DataRequest; answer: OpenData };
  run: { request: { settings: Settings }; answer: RunResult };
  /** Runs the file that was made in the official runtime. */
  runtime: { request: object; answer: RuntimeResult };
  save: { request: { format: Format; device: AskedDevice }; answer: Blob };
}

export type CallName = keyof Calls;

export type ToWorker =
  | { [K in CallName]: { id: number; call: K; base: string } & Calls[K]['request'] }[CallName]
  /** Stops the call of that id at its next step. */
  | { id: number; call: 'stop' };

export interface ProgressMessage {
  done: number;
  total: number;
  label: string;
}

export type FromWorker =
  | { id: number; kind: 'answer'; value: Calls[CallName]['answer'] }
  | { id: number; kind: 'progress'; progress: ProgressMessage }
  | { id: number; kind: 'error'; error: ReaderErrorData };
