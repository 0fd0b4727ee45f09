/** The sandbox as a page uses it. */
import { browserBookFiles } from './browser-book-files.ts';
import { loadSandboxAssets } from './sandbox-assets.ts';
import { SandboxFrame } from './sandbox-frame.ts';
import { Session } from './session.ts';
import type { BookFiles } from './book-files.ts';
import type { CheckReport, CheckRequest, RunEvent, RunOutcome, RunRequest } from './protocol.ts';
import type { RunHandle } from './run-process.ts';
import type { SandboxAssets } from './sandbox-assets.ts';
import type { WorkerKind } from './frame-protocol.ts';
import type { WorkerLink } from './worker-link.ts';

export type { RunHandle } from './run-process.ts';

export interface SandboxOptions {
  /** Where the book lies, with a slash at the end: `/` or `/heavy-weights/`. */
  base: string;
  /** Where code gets the book's files from; fetched by the catalogue unless given. */
  files?: BookFiles;
  /** For many checks in a row: programs that import nothing get a worker that starts sooner. */
  grading?: boolean;
}

/**
 * Runs readers' code in a frame of its own origin. One for a page is enough; nothing is loaded before
 * the first `warm`, `run` or `check`. Handles never reject: every ending is an outcome.
 */
export class Sandbox {
  #base: string;
  #grading: boolean;
  #session: Session;
  #frame: SandboxFrame | undefined;
  #assets: Promise<SandboxAssets> | undefined;

  constructor({ base, files = browserBookFiles(base), grading = false }: SandboxOptions) {
    this.#base = base;
    this.#grading = grading;
    this.#session = new Session({
      spawn: () => this.#spawn('whole'),
      files,
      spawnLight: grading ? () => this.#spawn('light') : undefined,
    });
  }

  /** Loads the sandbox and starts a worker; `'check'` starts the judge's too. */
  warm(purpose: 'run' | 'check' = 'run'): void {
    this.#session.warm(purpose);
  }

  run(request: RunRequest, onEvent: (event: RunEvent) => void): RunHandle<RunOutcome> {
    return this.#session.run(request, onEvent);
  }

  check(request: CheckRequest, onEvent: (event: RunEvent) => void): RunHandle<CheckReport> {
    return this.#session.check(request, onEvent);
  }

  /** Ends all code and removes the frame. */
  dispose(): void {
    this.#session.dispose();
    this.#frame?.dispose();
    this.#frame = undefined;
  }

  #spawn(kind: WorkerKind): WorkerLink {
    this.#frame ??= new SandboxFrame(`${this.#base}sandbox.html`, this.#loadAssets(), () => {
      this.#frame = undefined;
    });
    return this.#frame.spawn(kind);
  }

  /** Loaded once; a failure is tried again with the next frame. */
  #loadAssets(): Promise<SandboxAssets> {
    this.#assets ??= loadSandboxAssets(this.#base, this.#grading);
    this.#assets.catch(() => {
      this.#assets = undefined;
    });
    return this.#assets;
  }
}
