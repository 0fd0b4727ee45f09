/** One run of one cell, from its request to its outcome. */
import { drawDeed } from '../crime/draw-deed.ts';
import { ActiveClock } from './active-clock.ts';
import { limitEnding, replacedEnding, stoppedEnding } from './endings.ts';
import { FileServer } from './file-server.ts';
import type { Sabotage } from '../crime/sabotages.ts';
import type { ReaderErrorData } from '../shared/reader-error.ts';
import type { BookFiles } from './book-files.ts';
import type { Kernel } from './kernel.ts';
import type { RunEvent, RunOutcome, RunRequest, RunStatus } from './protocol.ts';
import type { FromRealm } from './wire.ts';

/** How long a worker may take to answer before it counts as busy. One that only waits answers at once. */
export const answerMs = 300;

export interface RunHandle<Outcome> {
  done: Promise<Outcome>;
  /** Ends it; `done` then tells so. */
  stop(): void;
}

export class RunProcess implements RunHandle<RunOutcome> {
  readonly done: Promise<RunOutcome>;
  #resolve!: (outcome: RunOutcome) => void;
  #id: number;
  #request: RunRequest;
  #kernel: Kernel;
  #onEvent: (event: RunEvent) => void;
  #files: FileServer;
  #clock: ActiveClock | undefined;
  #startedAt = performance.now();
  #omitted = { lines: 0, items: 0 };
  #ended = false;
  #unlisten: () => void;

  constructor(
    id: number,
    request: RunRequest,
    kernel: Kernel,
    files: BookFiles | undefined,
    onEvent: (event: RunEvent) => void,
  ) {
    this.#id = id;
    this.#request = request;
    this.#kernel = kernel;
    // After the outcome nothing more is told, whatever is still under way.
    this.#onEvent = (event) => {
      if (!this.#ended) onEvent(event);
    };
    this.#files = new FileServer(files, this.#onEvent);
    this.done = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    this.#unlisten = kernel.listen(
      (message) => this.#receive(message),
      ({ status, error }) => this.#end(status, error),
    );
    void this.#begin();
  }

  stop(): void {
    this.#kill('stopped', stoppedEnding);
  }

  /** A newer run of the section takes the place of this one. */
  replace(): void {
    this.#kill('stopped', replacedEnding);
  }

  async #begin(): Promise<void> {
    await this.#kernel.ready;
    if (this.#ended) return;
    const { cell, section, code, seed, caseNumber, limitMs } = this.#request;
    if (this.#kernel.note !== undefined) {
      this.#onEvent({
        type: 'output',
        item: { kind: 'console', level: 'warn', text: this.#kernel.note },
      });
      this.#kernel.note = undefined;
    }
    this.#startedAt = performance.now();
    this.#clock = new ActiveClock(limitMs, () => void this.#limit());
    this.#kernel.resetQuota();
    this.#kernel.send({ type: 'run', run: this.#id, cell, section, code, seed, caseNumber });
  }

  #receive(message: FromRealm): void {
    if (!('run' in message) || message.run !== this.#id) return;
    switch (message.type) {
      case 'output':
        for (const item of message.items) this.#onEvent({ type: 'output', item });
        return;
      case 'omitted':
        this.#omitted = { lines: message.lines, items: message.items };
        return;
      case 'progress':
        this.#onEvent({ type: 'progress', progress: message.progress });
        return;
      case 'verdict':
        this.#hearVerdict(message.sabotage);
        return;
      case 'file':
        void this.#serveFile(message);
        return;
      case 'done':
        this.#end(message.error ? 'error' : 'finished', message.error);
        return;
      default:
    }
  }

  /** A realm can say anything: it is believed if that is what was done in the case. */
  #hearVerdict(sabotage: Sabotage): void {
    const { caseNumber } = this.#request;
    if (caseNumber === undefined || drawDeed(caseNumber).sabotage !== sabotage) return;
    this.#onEvent({ type: 'verdict', caseNumber, sabotage });
  }

  async #serveFile(message: Extract<FromRealm, { type: 'file' }>): Promise<void> {
    this.#clock?.pause();
    try {
      await this.#files.answer(this.#kernel, message);
    } finally {
      this.#clock?.resume();
    }
  }

  async #limit(): Promise<void> {
    const waiting = await this.#kernel.answers(answerMs);
    this.#kill('limit', limitEnding(this.#request.limitMs, waiting));
  }

  #kill(status: RunStatus, error: ReaderErrorData): void {
    if (this.#ended) return;
    this.#kernel.terminate();
    this.#end(status, error);
  }

  #end(status: RunStatus, error: ReaderErrorData | undefined): void {
    if (this.#ended) return;
    this.#clock?.stop();
    this.#unlisten();
    const { lines, items } = this.#omitted;
    if (lines > 0)
      this.#say(`… ${lines.toLocaleString('en-GB')} more line${lines === 1 ? '' : 's'} left out`);
    if (items > 0)
      this.#say(`… ${items.toLocaleString('en-GB')} more tables, plots or images left out`);
    this.#ended = true;
    this.#resolve({
      status,
      ...(error ? { error } : {}),
      elapsedMs: performance.now() - this.#startedAt,
      sectionLost: !this.#kernel.alive,
    });
  }

  #say(text: string): void {
    this.#onEvent({ type: 'output', item: { kind: 'console', level: 'info', text } });
  }
}
