import { ReaderError, type ReaderErrorData } from '../shared/reader-error.ts';
import { notLoaded } from './not-loaded.ts';
import type { FromWorker, ToWorker } from './protocol.ts';
import { readFromWorker } from './read-from-worker.ts';

/** A worker as the link needs it: tests give one that runs nothing. */
export interface WorkerLike {
  postMessage(message: unknown): void;
  terminate(): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  addEventListener(type: 'error' | 'messageerror', listener: (event: unknown) => void): void;
}

type Answer = Extract<FromWorker, { type: 'ran' | 'timed' }>;
/** What is asked; the link numbers it. */
export type Question =
  Omit<Extract<ToWorker, { type: 'run' }>, 'id'> | Omit<Extract<ToWorker, { type: 'time' }>, 'id'>;

/** Pairs what the worker answers with what was asked, until one of the two ends it. */
export class LiteRtLink {
  readonly #worker: WorkerLike;
  readonly #onProgress: (loaded: number, total: number) => void;
  readonly #waiting = new Map<number, PromiseWithResolvers<Answer>>();
  readonly #started = Promise.withResolvers<{ relaxedSimd: boolean }>();
  #isReady = false;
  #lastId = 0;
  #ended: ReaderErrorData | undefined;

  constructor(worker: WorkerLike, onProgress: (loaded: number, total: number) => void) {
    this.#worker = worker;
    this.#onProgress = onProgress;
    // Who never asks is not to hear of it.
    this.#started.promise.catch(() => undefined);
    worker.addEventListener('message', ({ data }) => this.#receive(data));
    worker.addEventListener('error', () => this.end(this.#isReady ? died() : notStarted()));
    worker.addEventListener('messageerror', () => this.end(misunderstood('it cannot be read')));
  }

  /** Has LiteRT loaded; settles when it is ready or cannot be. */
  start(message: Extract<ToWorker, { type: 'start' }>): Promise<{ relaxedSimd: boolean }> {
    if (!this.#ended) this.#worker.postMessage(message);
    return this.#started.promise;
  }

  /** @throws ReaderError at once if the question could not be sent; the promise fails if it could not be answered */
  ask(question: Question): Promise<Answer> {
    if (this.#ended) throw new ReaderError(this.#ended);
    const id = ++this.#lastId;
    try {
      this.#worker.postMessage({ ...question, id });
    } catch {
      throw notSent();
    }
    const answer = Promise.withResolvers<Answer>();
    this.#waiting.set(id, answer);
    return answer.promise;
  }

  /** Ends the worker at once; whatever was asked fails with the error. */
  end(error: ReaderError): void {
    if (this.#ended) return;
    this.#ended = error.toData();
    this.#worker.terminate();
    this.#started.reject(error);
    for (const answer of this.#waiting.values()) answer.reject(error);
    this.#waiting.clear();
  }

  #receive(data: unknown): void {
    // A message may have been on its way when the worker was ended.
    if (this.#ended) return;
    let message: FromWorker;
    try {
      message = readFromWorker(data);
    } catch (error) {
      this.end(misunderstood(error instanceof Error ? error.message : String(error)));
      return;
    }
    switch (message.type) {
      case 'progress':
        this.#onProgress(message.loaded, message.total);
        return;
      case 'ready':
        this.#isReady = true;
        this.#started.resolve({ relaxedSimd: message.relaxedSimd });
        return;
      case 'failed': {
        const error = new ReaderError(message.error);
        if (message.id !== undefined) this.#take(message.id)?.reject(error);
        if (message.fatal || message.id === undefined) this.end(error);
        return;
      }
      default:
        this.#take(message.id)?.resolve(message);
    }
  }

  #take(id: number): PromiseWithResolvers<Answer> | undefined {
    const answer = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (!answer) this.end(misunderstood(`nobody asked for ${id}`));
    return answer;
  }
}

const notStarted = (): ReaderError => notLoaded('The script of its worker could not be run.');

const died = (): ReaderError =>
  new ReaderError({
    code: 'litert-crashed',
    explain: 'LiteRT’s worker ended by itself.',
    hint: 'Most often there was not enough memory. LiteRT has to be opened anew.',
  });

const notSent = (): ReaderError =>
  new ReaderError({
    code: 'litert-out-of-memory',
    explain: 'The model and its inputs could not be sent to LiteRT.',
    hint: 'They are copied on their way: close what takes memory, or use a smaller model.',
  });

const misunderstood = (detail: string): ReaderError =>
  new ReaderError({
    code: 'litert-protocol',
    explain: 'LiteRT’s worker said something that it never says, so it was ended.',
    elaborate: `Its message was refused: ${detail}.`,
    hint: 'Reload the page: parts of two editions of the book may have met.',
  });
