import { ReaderError } from '../shared/reader-error.ts';
import { requireInputs, requireModel, requireTimeOptions, type TimeOptions } from './arguments.ts';
import { readLiteRtManifest, type ListedBuild, type LiteRtManifest } from './litert-manifest.ts';
import { LiteRtLink, type Question, type WorkerLike } from './litert-link.ts';
import { notLoaded } from './not-loaded.ts';
import type { LiteRtBuild, LiteRtRun } from './protocol.ts';
import type { Timing } from './timing.ts';

export interface OpenOptions {
  /** Where the book lies, with a slash at the end: `/` or `/heavy-weights/`. */
  base: string;
  /** Bytes of the WebAssembly, about 9 MB, as they come; compression is not counted. */
  onProgress?: (loaded: number, total: number) => void;
  /** Gives up loading, and later ends the runtime as {@link LiteRtRuntime.stop} does. */
  signal?: AbortSignal;
}

/** What is running. */
export interface LiteRtInfo {
  /** Of @litertjs/core. */
  version: string;
  /** Whether it is the faster build, for browsers with relaxed SIMD. */
  relaxedSimd: boolean;
  threads: 1;
}

/**
 * LiteRT, the official runtime, in a worker. It holds one model: who runs the same bytes again pays nothing for them.
 * Calls are answered in order. Once stopped or crashed it is ended for good: open another.
 */
export class LiteRtRuntime {
  readonly info: LiteRtInfo;
  readonly #link: LiteRtLink;
  /** A copy of the model that the worker holds. */
  #held: Uint8Array | undefined;

  /** Of a worker that is ready; {@link openLiteRt} makes one. */
  constructor(link: LiteRtLink, info: LiteRtInfo) {
    this.#link = link;
    this.info = info;
  }

  /**
   * Runs a model once.
   *
   * @param bytes - a .tflite file with float32 or int32 inputs and outputs: see {@link withFloatIO}
   * @param inputs - the values of each input, in order
   * @throws ReaderError `litert-argument`, `litert-refused`, `litert-inputs-do-not-fit`, `litert-run-failed`,
   *   `litert-out-of-memory`, `litert-crashed`, `litert-stopped`
   */
  async run(bytes: Uint8Array, inputs: readonly Float32Array[]): Promise<LiteRtRun> {
    const answer = await this.#ask({ type: 'run', inputs: requireInputs(inputs) }, bytes);
    if (answer.type === 'ran') return answer.run;
    throw wrongAnswer();
  }

  /**
   * Measures how long one inference takes, with inputs lying ready, in one thread.
   *
   * @throws ReaderError as {@link run}
   */
  async time(
    bytes: Uint8Array,
    inputs: readonly Float32Array[],
    options: TimeOptions = {},
  ): Promise<Timing> {
    const counts = requireTimeOptions(options);
    const answer = await this.#ask(
      { type: 'time', inputs: requireInputs(inputs), ...counts },
      bytes,
    );
    if (answer.type === 'timed') return answer.timing;
    throw wrongAnswer();
  }

  /** Ends the worker at once, whatever it does, and gives all memory back. */
  stop(): void {
    this.#held = undefined;
    this.#link.end(stopped());
  }

  /** Sends the model along when it is not the one that the worker holds. */
  async #ask(question: Question, bytes: Uint8Array): ReturnType<LiteRtLink['ask']> {
    requireModel(bytes);
    if (this.#held && isSame(this.#held, bytes)) return this.#link.ask(question);
    const copy = bytes.slice();
    const answer = this.#link.ask({ ...question, bytes: copy });
    this.#held = copy;
    return answer;
  }
}

/**
 * Loads LiteRT from the book's own site and starts it.
 *
 * @throws ReaderError `litert-not-loaded`, `litert-stopped` (by the signal)
 */
export async function openLiteRt({
  base,
  onProgress = () => undefined,
  signal,
}: OpenOptions): Promise<LiteRtRuntime> {
  const manifest = await loadManifest(base, signal);
  if (signal?.aborted) throw stopped();
  let worker: Worker;
  try {
    worker = new Worker(new URL(`${base}${manifest.worker}`, location.href));
  } catch {
    throw notLoaded('This browser or the policy of this site lets no worker start.');
  }
  return connect(worker as WorkerLike, manifest, { base, onProgress, signal });
}

/** Starts LiteRT in a worker that is there. */
export async function connect(
  worker: WorkerLike,
  manifest: LiteRtManifest,
  { base, onProgress = () => undefined, signal }: OpenOptions,
): Promise<LiteRtRuntime> {
  const link = new LiteRtLink(worker, onProgress);
  signal?.addEventListener('abort', () => link.end(stopped()), { once: true });
  const address = (path: string): string => new URL(`${base}${path}`, location.href).href;
  const build = ({ loader, wasm, bytes }: ListedBuild): LiteRtBuild => ({
    loader: address(loader),
    wasm: address(wasm),
    bytes,
  });
  const { relaxedSimd } = await link.start({
    type: 'start',
    relaxedSimd: build(manifest.relaxedSimd),
    plain: build(manifest.plain),
  });
  return new LiteRtRuntime(link, { version: manifest.version, relaxedSimd, threads: 1 });
}

async function loadManifest(
  base: string,
  signal: AbortSignal | undefined,
): Promise<LiteRtManifest> {
  const response = await fetch(`${base}litert/manifest.json`, signal ? { signal } : {}).catch(
    () => {
      throw signal?.aborted
        ? stopped()
        : notLoaded('There is no connection, and it has not been fetched before.');
    },
  );
  if (!response.ok) throw notLoaded(`The server answered ${response.status}.`);
  const list: unknown = await response.json().catch(() => {
    throw notLoaded('Its list of files is no JSON.');
  });
  return readLiteRtManifest(list);
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

const wrongAnswer = (): ReaderError =>
  new ReaderError({
    code: 'litert-protocol',
    explain: 'LiteRT’s worker answered another question than it was asked.',
    hint: 'Reload the page.',
  });

const stopped = (): ReaderError =>
  new ReaderError({ code: 'litert-stopped', explain: 'LiteRT was stopped.' });
