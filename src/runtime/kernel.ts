import { overflowEnding, diedEnding } from './endings.ts';
import { readMessage } from './validate.ts';
import type { ReaderErrorData } from '../shared/reader-error.ts';
import type { RunStatus } from './protocol.ts';
import type { FromRealm, ToRealm } from './wire.ts';
import type { WorkerLink } from './worker-link.ts';

export interface KernelEnd {
  status: Extract<RunStatus, 'overflow' | 'died'>;
  error: ReaderErrorData;
}

/** Starting takes well under a second; a worker that has not started by then never will. */
const bootTimeoutMs = 45_000;

/** One worker with a realm in it: validates what it says and knows whether it still lives. */
export class Kernel {
  /** Settles when code can run; never rejects (a failed start is an end). */
  readonly ready: Promise<void>;
  /** What TensorFlow.js had to say on starting, once. */
  note: string | undefined;
  alive = true;
  #link: WorkerLink;
  #listeners = new Set<{ message: (message: FromRealm) => void; end: (end: KernelEnd) => void }>();
  #pings = new Map<number, () => void>();
  #nextPing = 1;

  constructor(link: WorkerLink) {
    this.#link = link;
    link.onMessage = (message) => this.#receive(message);
    link.onEnd = ({ reason, detail }) =>
      this.#end(
        reason === 'overflow'
          ? { status: 'overflow', error: overflowEnding(detail ?? '') }
          : { status: 'died', error: diedEnding(detail) },
      );
    this.ready = new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#end({ status: 'died', error: diedEnding('It did not start.') });
      }, bootTimeoutMs);
      const settled = (): void => {
        clearTimeout(timer);
        stop();
        resolve();
      };
      const stop = this.listen((message) => {
        if (message.type !== 'ready') return;
        this.note = message.note;
        settled();
      }, settled);
    });
  }

  /** Hears every valid message, and the end. Gives the way to stop hearing. */
  listen(message: (message: FromRealm) => void, end: (end: KernelEnd) => void): () => void {
    const listener = { message, end };
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  send(message: ToRealm): void {
    if (this.alive) this.#link.send(message);
  }

  /** A run begins: what earlier ones sent no longer counts. */
  resetQuota(): void {
    this.#link.resetQuota();
  }

  /** Whether the worker answers within `ms`: one that computes cannot. */
  answers(ms: number): Promise<boolean> {
    const ping = this.#nextPing++;
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#pings.delete(ping);
        resolve(false);
      }, ms);
      this.#pings.set(ping, () => {
        clearTimeout(timer);
        resolve(true);
      });
      this.send({ type: 'ping', ping });
    });
  }

  /** A channel between this worker, the judge's, and the submission's. */
  connectTo(submission: Kernel): void {
    this.#link.connectTo(submission.#link);
  }

  terminate(): void {
    this.alive = false;
    this.#listeners.clear();
    this.#link.terminate();
  }

  #receive(data: unknown): void {
    if (!this.alive) return;
    let message: FromRealm;
    try {
      message = readMessage(data);
    } catch (error) {
      // Our own realm sends nothing of the kind: the code has broken into its messages.
      const detail = error instanceof Error ? error.message : '';
      this.#end({
        status: 'overflow',
        error: overflowEnding(`It sent something that is no output (${detail}).`),
      });
      return;
    }
    if (message.type === 'pong') {
      this.#pings.get(message.ping)?.();
      this.#pings.delete(message.ping);
      return;
    }
    for (const listener of [...this.#listeners]) listener.message(message);
  }

  #end(end: KernelEnd): void {
    if (!this.alive) return;
    this.alive = false;
    this.#link.terminate();
    for (const listener of [...this.#listeners]) listener.end(end);
    this.#listeners.clear();
  }
}
