import { ReaderError, type ReaderErrorData } from '../../shared/reader-error.ts';
import type {
  CallName,
  Calls,
  DataRequest,
  DataRole,
  FromWorker,
  ModelSource,
  ProgressMessage,
  ToWorker,
} from './protocol.ts';

/** A worker as the link uses it; tests give one of their own. */
export interface WorkerLike {
  postMessage(message: ToWorker): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<FromWorker>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

interface Pending {
  resolve: (value: never) => void;
  reject: (error: ReaderError) => void;
  onProgress: ((progress: ProgressMessage) => void) | undefined;
}

/** A step that does not look at Stop for so long is ended with its worker. */
const PATIENCE_MS = 1000;

/**
 * The page's side of the workbench's worker. The worker starts with the first call. When it has to be ended, the next
 * call starts another one, and opens there again what was open.
 */
export class WorkerLink {
  readonly #start: () => WorkerLike;
  readonly #base: string;
  readonly #pending = new Map<number, Pending>();
  readonly #data = new Map<DataRole, DataRequest>();
  #worker: WorkerLike | undefined;
  #model: ModelSource | undefined;
  #isFresh = true;
  #lastId = 0;

  constructor(start: () => WorkerLike, base: string) {
    this.#start = start;
    this.#base = base;
  }

  /** Opens a model; the one before stays open when this one is refused. Data of its own goes with the old model. */
  async open(
    source: ModelSource,
    onProgress?: Pending['onProgress'],
  ): Promise<Calls['open']['answer']> {
    const opened = await this.#call('open', { source }, onProgress);
    this.#model = source;
    this.#data.clear();
    this.#isFresh = false;
    return opened;
  }

  /** Reads data of the reader's own; what was read before for the role stays when this is refused. */
  async readData(
    request: DataRequest,
    onProgress?: Pending['onProgress'],
  ): Promise<Calls['data']['answer']> {
    await this.#restore();
    const read = await this.#call('data', request, onProgress);
    this.#data.set(request.role, request);
    return read;
  }

  /** The files of data that are open. */
  get openData(): DataRequest[] {
    return [...this.#data.values()];
  }

  async run(
    request: Calls['run']['request'],
    onProgress?: Pending['onProgress'],
  ): Promise<Calls['run']['answer']> {
    await this.#restore(onProgress);
    return this.#call('run', request, onProgress);
  }

  async runtime(onProgress?: Pending['onProgress']): Promise<Calls['runtime']['answer']> {
    return this.#call('runtime', {}, onProgress);
  }

  async save(request: Calls['save']['request']): Promise<Blob> {
    return this.#call('save', request);
  }

  /** Whether the worker still holds the last result: not after it was ended. */
  get holdsResult(): boolean {
    return !this.#isFresh;
  }

  /** Stops what is under way; what does not stop by itself is ended with its worker. */
  stop(): void {
    const ids = [...this.#pending.keys()];
    for (const id of ids) this.#worker?.postMessage({ id, call: 'stop' });
    setTimeout(() => {
      if (!ids.some((id) => this.#pending.has(id))) return;
      this.#end({ code: 'stopped', explain: 'Stopped; nothing was made.' });
    }, PATIENCE_MS);
  }

  /** Opens again, in a new worker, what was open in the one before. */
  async #restore(onProgress?: Pending['onProgress']): Promise<void> {
    if (!this.#isFresh || !this.#model) return;
    await this.#call('open', { source: this.#model }, onProgress);
    for (const request of this.#data.values()) await this.#call('data', request);
    this.#isFresh = false;
  }

  #call<K extends CallName>(
    call: K,
    request: Calls[K]['request'],
    onProgress?: Pending['onProgress'],
  ): Promise<Calls[K]['answer']> {
    const worker = (this.#worker ??= this.#begin());
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject, onProgress });
      worker.postMessage({ id, call, base: this.#base, ...request } as ToWorker);
    });
  }

  #begin(): WorkerLike {
    const worker = this.#start();
    worker.onmessage = ({ data }) => {
      this.#take(data);
    };
    worker.onerror = (event) => {
      // Handled here, and told to the reader.
      event.preventDefault?.();
      if (this.#worker !== worker) return;
      this.#end({
        code: 'worker-lost',
        explain: 'The worker that does the work came to an end.',
        elaborate: event.message || 'The browser gives no reason; mostly its memory was full.',
        hint: 'Close other pages and try again, or take a smaller model. What you chose is still here.',
      });
    };
    return worker;
  }

  #take(message: FromWorker): void {
    const pending = this.#pending.get(message.id);
    if (!pending) return;
    if (message.kind === 'progress') {
      pending.onProgress?.(message.progress);
      return;
    }
    this.#pending.delete(message.id);
    if (message.kind === 'answer') pending.resolve(message.value as never);
    else pending.reject(new ReaderError(message.error));
  }

  #end(reason: ReaderErrorData): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#isFresh = true;
    const waiting = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of waiting) reject(new ReaderError(reason));
  }
}
