/**
 * What crosses between the page, the sandbox frame and its workers: plain data only.
 * The page never trusts any of it: `validate.ts` checks shape and size before anything is shown.
 */
import type { Sabotage } from '../crime/sabotages.ts';
import type { Measures } from '../shared/measures.ts';
import type { ReaderErrorData } from '../shared/reader-error.ts';

export type ConsoleLevel = 'log' | 'info' | 'warn' | 'error';

/** A line of console output, already formatted as text. */
export interface ConsoleItem {
  kind: 'console';
  level: ConsoleLevel;
  text: string;
}

export interface TableItem {
  kind: 'table';
  title?: string;
  columns: string[];
  rows: (string | number | boolean | null)[][];
  /** Rows left out because the table was too long. */
  omittedRows?: number;
}

export interface PlotSeries {
  name: string;
  /** Category names (bar) or numbers. */
  x: (number | string)[];
  y: number[];
}

/** Histograms arrive binned: x holds the left edges and one last right edge, y the counts. */
export interface PlotItem {
  kind: 'plot';
  plot: 'line' | 'bar' | 'histogram';
  title?: string;
  xLabel?: string;
  yLabel?: string;
  series: PlotSeries[];
}

/** A tensor as a heat map: `values` is rows × cols in row-major order, perhaps a sample of it. */
export interface TensorItem {
  kind: 'tensor';
  title?: string;
  shape: number[];
  dtype: string;
  rows: number;
  cols: number;
  values: Float32Array;
  min: number;
  max: number;
  mean: number;
}

export interface ImageItem {
  kind: 'image';
  title?: string;
  width: number;
  height: number;
  /** RGBA, width × height × 4. */
  pixels: Uint8ClampedArray;
}

/** A file offered for saving; the page does not open it. */
export interface FileItem {
  kind: 'file';
  /** A plain name of a kind in `offered-file.ts`. */
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
}

export type DisplayItem = TableItem | PlotItem | TensorItem | ImageItem | FileItem;
export type OutputItem = ConsoleItem | DisplayItem;

export interface ProgressUpdate {
  done: number;
  total: number;
  label: string;
}

/** What a run tells while it is under way. */
export type RunEvent =
  | { type: 'output'; item: OutputItem }
  | { type: 'progress'; progress: ProgressUpdate }
  /** An accusation in this case was right, and its mended file reads. */
  | { type: 'verdict'; caseNumber: number; sabotage: Sabotage }
  /** A file of the book is being fetched for the run: total bytes are known from the catalogue. */
  | { type: 'file'; name: string; loadedBytes: number; totalBytes: number };

export interface RunRequest {
  /** Names the cell in messages: errors point to `<cell>:line`. */
  cell: string;
  /** Cells that share a section share what they define, until the worker is replaced. */
  section: string;
  /** A run that shares with no other: its worker is its own and ends with it, and no section loses one to it. */
  alone?: boolean;
  /** TypeScript as the reader wrote it. */
  code: string;
  seed: number;
  /** The reader's case: what `openTrial` opens. Without one it opens nothing. */
  caseNumber?: number | undefined;
  limitMs: number;
}

export type RunStatus =
  | 'finished'
  | 'error'
  | 'stopped' /* the reader pressed Stop, or a newer run replaced this one */
  | 'limit' /* the time limit ended it */
  | 'overflow' /* it sent more, or larger, messages than the host takes */
  | 'died'; /* the worker or the frame went away: out of memory, self.close() */

export interface RunOutcome {
  status: RunStatus;
  /** Present for every status but `finished`. */
  error?: ReaderErrorData;
  elapsedMs: number;
  /** Whether definitions of earlier cells of the section were lost with the worker. */
  sectionLost: boolean;
}

/** A known wrong program, as the judge gets it. */
export interface MistakeSource {
  /** File name without extension. */
  name: string;
  /** Check it fails. */
  fails: string;
  /** What a reader who made it must see. */
  advice: string;
  /** TypeScript text of the wrong program. */
  code: string;
}

export interface CheckRequest {
  exercise: string;
  /** TypeScript as the reader wrote it. */
  code: string;
  entry: string[];
  /** TypeScript text of the exercise's `checks.ts`. */
  checks: string;
  mistakes: MistakeSource[];
  seed: number;
  limitMs: number;
}

/**
 * What the judge's realm gets of a {@link CheckRequest}: everything but the submission's text, and
 * the names that the submission exports once it has been loaded in the other realm.
 */
export interface JudgeRequest extends Omit<CheckRequest, 'code'> {
  exports: string[];
}

/** What a failed check says. Values are shown short. */
export interface CheckFeedback {
  /** One sentence: what is wrong. */
  message: string;
  /** The call as the reader would write it: `quantize([1, 2], 0.5)`. */
  called?: string;
  got?: string;
  expected?: string;
  /** The reader's own error, when the call threw. */
  error?: ReaderErrorData;
}

export interface CheckResult {
  id: string;
  name: string;
  status: 'passed' | 'failed' | 'not-run';
  feedback?: CheckFeedback;
}

export interface CheckReport {
  /** True only if at least one check ran and all passed. */
  passed: boolean;
  results: CheckResult[];
  /** What the checks measured of the answers, besides judging them. */
  measures?: Measures;
  /** Advice of the known mistake whose answers equal the reader's. */
  mistake?: { name: string; advice: string };
  /** The submission could not be loaded, or the judge could not finish. */
  error?: ReaderErrorData;
  seed: number;
  elapsedMs: number;
}

/** The outcome of calling one exported function of the submission from the judge's realm. */
export type CallResult = { ok: true; value: unknown } | { ok: false; error: ReaderErrorData };

/** What a task in the judge's realm can use. */
export interface TaskContext {
  /** Transpiles and evaluates TypeScript text in this realm; gives its exports. */
  evaluate(code: string, file: string): Promise<Record<string, unknown>>;
  /**
   * Calls an exported function of the submission, in the other realm, once for each list of arguments and in their order.
   * Values cross as plain data.
   */
  callEach(name: string, each: unknown[][]): Promise<CallResult>[];
}
export type RealmTask = (payload: unknown, context: TaskContext) => Promise<unknown>;
