/**
 * One check: the submission in a fresh realm, the judge in another. A channel of calls and answers is all that connects the
 * two; the judge's realm caps the calls and validates the answers.
 */
import { ActiveClock } from './active-clock.ts';
import { limitEnding, overflowEnding, stoppedEnding } from './endings.ts';
import { FileServer } from './file-server.ts';
import { answerMs } from './run-process.ts';
import { readReport } from './validate.ts';
import type { ReaderErrorData } from '../shared/reader-error.ts';
import type { BookFiles } from './book-files.ts';
import type { Kernel, KernelEnd } from './kernel.ts';
import type { CheckReport, CheckRequest, JudgeRequest, RunEvent } from './protocol.ts';
import type { RunHandle } from './run-process.ts';
import type { CompiledModule } from './realm/compiled-module.ts';
import type { FromRealm } from './wire.ts';

/** After the submission is gone, the judge gets this long to say what the checks had found. */
const lastWordsMs = 1_000;
/** A frame that has died is known to be dead after so long. */
const frameDeadMs = 7_000;

export interface CheckWorkers {
  submission: Kernel;
  judge: Kernel;
  /** Many are judged one after the other: what a submission prints need not be waited for. */
  grading?: boolean;
  /** The submission's realm has no compiler: the judge's compiles for it. */
  light?: boolean;
}

export class CheckProcess implements RunHandle<CheckReport> {
  readonly done: Promise<CheckReport>;
  #resolve!: (report: CheckReport) => void;
  #id: number;
  #request: CheckRequest;
  #workers: CheckWorkers;
  #files: FileServer;
  #onEvent: (event: RunEvent) => void;
  #clock: ActiveClock | undefined;
  #startedAt = performance.now();
  #judging = false;
  #isCompiled = false;
  /** Who asked the judge which call waits. */
  #takeDoing: ((name: string | undefined) => void) | undefined;
  #takeCompiled!: (module: CompiledModule) => void;
  #compiled = new Promise<CompiledModule>((resolve) => {
    this.#takeCompiled = resolve;
  });
  /** Set once the submission is gone: every call is answered with it. */
  #cause: ReaderErrorData | undefined;
  #ended = false;
  #unlisten: (() => void)[];

  constructor(
    id: number,
    request: CheckRequest,
    workers: CheckWorkers,
    files: BookFiles | undefined,
    onEvent: (event: RunEvent) => void,
  ) {
    this.#id = id;
    this.#request = request;
    this.#workers = workers;
    this.#onEvent = (event) => {
      if (!this.#ended) onEvent(event);
    };
    this.#files = new FileServer(files, this.#onEvent);
    this.done = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    this.#unlisten = [
      workers.submission.listen(
        (message) => this.#fromSubmission(message),
        (end) => this.#submissionGone(end.error),
      ),
      workers.judge.listen(
        (message) => this.#fromJudge(message),
        (end) => this.#judgeGone(end),
      ),
    ];
    void this.#begin();
  }

  stop(): void {
    if (this.#ended) return;
    this.#workers.judge.terminate();
    this.#end({ passed: false, results: [], error: stoppedEnding });
  }

  async #begin(): Promise<void> {
    const { submission, judge, light } = this.#workers;
    const { checks, code, seed, limitMs } = this.#request;
    const file = 'your code';
    // Compiled while the submission loads.
    if (light) judge.send({ type: 'compile', run: this.#id, file, code });
    judge.send({ type: 'prepare', code: checks });
    await Promise.all([submission.ready, judge.ready]);
    if (this.#ended) return;
    this.#startedAt = performance.now();
    this.#clock = new ActiveClock(limitMs, () => void this.#limit());
    submission.resetQuota();
    judge.resetQuota();
    judge.connectTo(submission);
    const source = light ? await this.#compiled : code;
    submission.send({ type: 'load', run: this.#id, file, source, seed });
  }

  #fromSubmission(message: FromRealm): void {
    if (!('run' in message) || message.run !== this.#id) return;
    switch (message.type) {
      case 'output':
        for (const item of message.items) this.#onEvent({ type: 'output', item });
        return;
      case 'file':
        void this.#serveFile(this.#workers.submission, message);
        return;
      case 'done':
        if (message.error) this.#end({ passed: false, results: [], error: message.error });
        else if (!this.#judging) this.#startJudge(message.exports ?? []);
        return;
      default:
    }
  }

  #startJudge(exports: string[]): void {
    this.#judging = true;
    const { exercise, entry, checks, mistakes, seed, limitMs } = this.#request;
    const payload: JudgeRequest = { exercise, entry, checks, mistakes, seed, limitMs, exports };
    this.#workers.judge.send({ type: 'task', run: this.#id, name: 'judge', payload, seed });
  }

  #fromJudge(message: FromRealm): void {
    if (!('run' in message) || message.run !== this.#id) return;
    switch (message.type) {
      case 'compiled':
        this.#isCompiled = true;
        this.#takeCompiled(message.module);
        return;
      case 'file':
        void this.#serveFile(this.#workers.judge, message);
        return;
      case 'refused':
        this.#submissionGone(message.error);
        return;
      case 'doing':
        this.#takeDoing?.(message.name);
        return;
      case 'done':
        if (message.error) this.#end({ passed: false, results: [], error: message.error });
        else void this.#readVerdict(message.value);
        return;
      default:
    }
  }

  async #readVerdict(value: unknown): Promise<void> {
    const { submission, grading } = this.#workers;
    // What it printed last is still on its way.
    if (!grading && submission.alive) await submission.answers(answerMs);
    try {
      this.#end(readReport(value));
    } catch {
      this.#end({ passed: false, results: [], error: overflowEnding('The judge gave no report.') });
    }
  }

  async #serveFile(kernel: Kernel, message: Extract<FromRealm, { type: 'file' }>): Promise<void> {
    this.#clock?.pause();
    try {
      await this.#files.answer(kernel, message);
    } finally {
      this.#clock?.resume();
    }
  }

  async #limit(): Promise<void> {
    const { submission, judge, grading } = this.#workers;
    const waiting = await submission.answers(answerMs);
    // In grading a dead frame must not be taken for a slow program: it is noticed while its judge keeps silent.
    if (grading && !waiting) await judge.answers(frameDeadMs);
    const doing = await this.#askDoing();
    if (this.#ended) return;
    this.#submissionGone(limitEnding(this.#request.limitMs, waiting, doing));
  }

  /** Which call waits; a judge that does not say so at once is busy with something of its own. */
  #askDoing(): Promise<string | undefined> {
    if (!this.#judging) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      this.#takeDoing = resolve;
      setTimeout(() => resolve(undefined), answerMs);
      this.#workers.judge.send({ type: 'ask-doing', run: this.#id });
    });
  }

  /** The judge hears the cause as the answer to every call, and reports what it has. */
  #submissionGone(error: ReaderErrorData): void {
    if (this.#ended || this.#cause) return;
    this.#cause = error;
    this.#clock?.stop();
    const { submission, judge, light } = this.#workers;
    submission.terminate();
    judge.send({ type: 'end-calls', run: this.#id, error });
    // Compiling, it works on the submission as well.
    const isBusy = this.#judging || (light === true && !this.#isCompiled);
    if (!isBusy) {
      this.#end({ passed: false, results: [] });
      return;
    }
    setTimeout(
      () => {
        if (this.#ended) return;
        // A judge that does not finish now is busy with something of its own.
        judge.terminate();
        this.#end({ passed: false, results: [] });
      },
      this.#judging ? lastWordsMs : 0,
    );
  }

  #judgeGone({ error }: KernelEnd): void {
    this.#end({ passed: false, results: [], error });
  }

  #end(report: Omit<CheckReport, 'seed' | 'elapsedMs'>): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#clock?.stop();
    for (const unlisten of this.#unlisten) unlisten();
    // A submission never meets a second check, so nothing carries over.
    this.#workers.submission.terminate();
    this.#resolve({
      ...report,
      ...(this.#cause ? { passed: false, error: this.#cause } : {}),
      seed: this.#request.seed,
      elapsedMs: performance.now() - this.#startedAt,
    });
  }
}
