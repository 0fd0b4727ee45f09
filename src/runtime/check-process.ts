/**
 * One check: the submission in a fresh realm, the judge in another. The judge's calls pass through
 * here, capped and validated; nothing else connects the two.
 */
import { ActiveClock } from './active-clock.ts';
import { limitEnding, overflowEnding, stoppedEnding } from './endings.ts';
import { FileServer } from './file-server.ts';
import { caps } from './caps.ts';
import { answerMs } from './run-process.ts';
import { readReport } from './validate.ts';
import type { ReaderErrorData } from '../shared/reader-error.ts';
import type { BookFiles } from './book-files.ts';
import type { Kernel, KernelEnd } from './kernel.ts';
import type { CheckReport, CheckRequest, JudgeRequest, RunEvent } from './protocol.ts';
import type { RunHandle } from './run-process.ts';
import type { CompiledModule } from './realm/compiled-module.ts';
import type { FromRealm } from './wire.ts';
import type { LinkRelay } from './worker-link.ts';

/** After the submission is gone, the judge gets this long to say what the checks had found. */
const lastWordsMs = 1_000;
/** A frame that has died is known to be dead after so long. */
const frameDeadMs = 7_000;

export interface CheckWorkers {
  submission: Kernel;
  judge: Kernel;
  /** Lets calls pass beside the host where they can: quicker, and validated there as here. */
  relay?: boolean;
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
  #calls = 0;
  #relay: LinkRelay | undefined;
  #takeCompiled!: (module: CompiledModule) => void;
  #compiled = new Promise<CompiledModule>((resolve) => {
    this.#takeCompiled = resolve;
  });
  /** Calls that the submission has not answered: number → name. */
  #pending = new Map<number, string>();
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
        else this.#startJudge(message.exports ?? []);
        return;
      case 'returned':
        if (!this.#pending.delete(message.call)) return;
        this.#workers.judge.send({
          type: 'call-result',
          run: this.#id,
          call: message.call,
          result: message.result,
        });
        return;
      default:
    }
  }

  #startJudge(exports: string[]): void {
    const { judge, submission, relay } = this.#workers;
    if (relay) this.#relay = judge.relayCallsTo(submission, this.#id);
    const { exercise, entry, checks, mistakes, seed, limitMs } = this.#request;
    const payload: JudgeRequest = { exercise, entry, checks, mistakes, seed, limitMs, exports };
    this.#workers.judge.send({ type: 'task', run: this.#id, name: 'judge', payload, seed });
  }

  #fromJudge(message: FromRealm): void {
    if (!('run' in message) || message.run !== this.#id) return;
    if (message.type === 'compiled') this.#takeCompiled(message.module);
    if (message.type === 'file') void this.#serveFile(this.#workers.judge, message);
    if (message.type === 'call') this.#relayCall(message);
    if (message.type === 'done') {
      if (message.error) this.#end({ passed: false, results: [], error: message.error });
      else this.#readVerdict(message.value);
    }
  }

  #relayCall({ call, name, args }: Extract<FromRealm, { type: 'call' }>): void {
    this.#calls += 1;
    // A relay hands on what is too much for it.
    if (this.#relay || this.#calls > caps.calls)
      this.#submissionGone(overflowEnding(`The checks made more than ${caps.calls} calls.`));
    if (this.#cause) {
      const result = { ok: false as const, error: this.#cause };
      this.#workers.judge.send({ type: 'call-result', run: this.#id, call, result });
      return;
    }
    this.#pending.set(call, name);
    this.#workers.submission.resetQuota();
    this.#workers.submission.send({ type: 'call', run: this.#id, call, name, args });
  }

  #readVerdict(value: unknown): void {
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
    const doing = this.#relay ? await this.#relay.doing() : [...this.#pending.values()].at(-1);
    const waiting = await this.#workers.submission.answers(answerMs);
    // In grading a dead frame must not be taken for a slow program: it is noticed while its judge keeps silent.
    if (this.#workers.relay && !waiting) await this.#workers.judge.answers(frameDeadMs);
    if (this.#ended) return;
    this.#submissionGone(limitEnding(this.#request.limitMs, waiting, doing));
  }

  /** The judge hears the cause as the answer to every call, and reports what it has. */
  #submissionGone(error: ReaderErrorData): void {
    if (this.#ended || this.#cause) return;
    this.#cause = error;
    this.#clock?.stop();
    this.#workers.submission.terminate();
    this.#relay?.end(error);
    const judging = this.#relay !== undefined || this.#calls > 0;
    for (const call of this.#pending.keys()) {
      this.#workers.judge.send({
        type: 'call-result',
        run: this.#id,
        call,
        result: { ok: false, error },
      });
    }
    this.#pending.clear();
    setTimeout(
      () => {
        if (this.#ended) return;
        // A judge that does not finish now is busy with something of its own.
        this.#workers.judge.terminate();
        this.#end({ passed: false, results: [] });
      },
      judging ? lastWordsMs : 0,
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
