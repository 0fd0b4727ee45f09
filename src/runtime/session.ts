/**
 * Runs cells and checks in workers, whatever way workers are reached. A section's cells share a
 * worker; a check has two of its own; one more stands ready, so that a killed worker is replaced at once.
 */
import { CheckProcess } from './check-process.ts';
import { Kernel } from './kernel.ts';
import { lightCheck } from './light-check.ts';
import { isSelfContained } from './light-realm.ts';
import { LightWorkers } from './light-workers.ts';
import { RunProcess } from './run-process.ts';
import type { BookFiles } from './book-files.ts';
import type { CheckWorkers } from './check-process.ts';
import type { CheckReport, CheckRequest, RunEvent, RunOutcome, RunRequest } from './protocol.ts';
import type { RunHandle } from './run-process.ts';
import type { SpawnWorker } from './worker-link.ts';

/** A worker costs some 100 MB, so no more than this many sections keep theirs. */
const maxSections = 2;
/** A run that has just started gets the processor first. */
const spareDelayMs = 150;
/** A run that is not over this long after its worker was ready may never be: its successor is started. */
const longRunMs = 1_000;

export interface SessionOptions {
  spawn: SpawnWorker;
  files?: BookFiles | undefined;
  /** Starts a light worker: given where many programs are checked one after the other. */
  spawnLight?: SpawnWorker | undefined;
}

interface Section {
  kernel: Kernel;
  run?: RunProcess;
}

export class Session {
  #options: SessionOptions;
  #sections = new Map<string, Section>();
  #alone = new Set<RunProcess>();
  #spare: Kernel | undefined;
  #judge: Kernel | undefined;
  #light: LightWorkers | undefined;
  #check: CheckProcess | undefined;
  #spareTimer: ReturnType<typeof setTimeout> | undefined;
  #nextRun = 1;
  /** What ran last; a new worker compiles it once, and so is quick at the next. */
  #rehearsal = 'export const ready: boolean = true;';
  #disposed = false;

  constructor(options: SessionOptions) {
    this.#options = options;
    if (options.spawnLight) this.#light = new LightWorkers(options.spawnLight);
  }

  /** Starts a worker before it is needed; for a check, the judge's as well. */
  warm(purpose: 'run' | 'check' = 'run'): void {
    this.#fillSpare();
    if (purpose !== 'check') return;
    this.#takeJudge();
    this.#light?.fill();
  }

  run(request: RunRequest, onEvent: (event: RunEvent) => void): RunHandle<RunOutcome> {
    if (request.alone) return this.#runAlone(request, onEvent);
    const { section: key } = request;
    this.#rehearsal = request.code;
    this.#sections.get(key)?.run?.replace();
    const known = this.#sections.get(key);
    const section: Section = known?.kernel.alive ? known : { kernel: this.#takeWorker() };
    // Set anew, so that the section used least recently stands first.
    this.#sections.delete(key);
    this.#sections.set(key, section);
    this.#dropSections();
    const run = new RunProcess(
      this.#nextRun++,
      request,
      section.kernel,
      this.#options.files,
      onEvent,
    );
    section.run = run;
    void run.done.then(() => {
      if (section.run === run) delete section.run;
      this.#planSpare();
    });
    return run;
  }

  #runAlone(request: RunRequest, onEvent: (event: RunEvent) => void): RunHandle<RunOutcome> {
    this.#rehearsal = request.code;
    const kernel = this.#takeWorker();
    const run = new RunProcess(this.#nextRun++, request, kernel, this.#options.files, onEvent);
    this.#alone.add(run);
    void run.done.then(() => {
      this.#alone.delete(run);
      kernel.terminate();
      this.#planSpare();
    });
    return run;
  }

  check(request: CheckRequest, onEvent: (event: RunEvent) => void): RunHandle<CheckReport> {
    const whole = (): RunHandle<CheckReport> => {
      this.#rehearsal = request.code;
      const check = this.#checkIn({ submission: this.#takeWorker() }, request, onEvent);
      void check.done.then(() => this.#planSpare());
      return check;
    };
    if (!this.#light || !isSelfContained(request.code)) return whole();
    const light = { submission: this.#light.take(), light: true };
    return lightCheck(this.#checkIn(light, request, onEvent), whole);
  }

  #checkIn(
    given: Pick<CheckWorkers, 'submission' | 'light'>,
    request: CheckRequest,
    onEvent: (event: RunEvent) => void,
  ): CheckProcess {
    this.#check?.stop();
    const grading = this.#light !== undefined;
    const workers = { ...given, judge: this.#takeJudge(), grading };
    const check = new CheckProcess(this.#nextRun++, request, workers, this.#options.files, onEvent);
    this.#check = check;
    void check.done.then(() => {
      if (this.#check === check) this.#check = undefined;
    });
    return check;
  }

  /** Stops everything. The session cannot be used afterwards. */
  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#spareTimer);
    this.#check?.stop();
    for (const run of this.#alone) run.stop();
    for (const { run, kernel } of this.#sections.values()) {
      run?.stop();
      kernel.terminate();
    }
    this.#sections.clear();
    this.#judge?.terminate();
    this.#light?.dispose();
    this.#spare?.terminate();
  }

  #start(): Kernel {
    if (this.#disposed) throw new Error('The sandbox was disposed of.');
    return new Kernel(this.#options.spawn());
  }

  #takeWorker(): Kernel {
    const worker = this.#spare?.alive ? this.#spare : this.#start();
    this.#spare = undefined;
    void worker.ready.then(() => {
      this.#planSpare(longRunMs);
    });
    return worker;
  }

  #takeJudge(): Kernel {
    if (!this.#judge?.alive) this.#judge = this.#start();
    return this.#judge;
  }

  #planSpare(afterMs = spareDelayMs): void {
    clearTimeout(this.#spareTimer);
    if (this.#disposed) return;
    this.#spareTimer = setTimeout(() => this.#fillSpare(), afterMs);
  }

  #fillSpare(): void {
    if (this.#disposed || this.#spare?.alive) return;
    this.#spare = this.#start();
    this.#spare.send({ type: 'prepare', code: this.#rehearsal });
  }

  #dropSections(): void {
    for (const [key, { kernel, run }] of this.#sections) {
      if (this.#sections.size <= maxSections) return;
      if (run) continue;
      kernel.terminate();
      this.#sections.delete(key);
    }
  }
}
