import type { ReaderErrorData } from '../shared/reader-error.ts';
import type { ToRealm } from './wire.ts';

/** Why a worker is gone without the host having asked for it. */
export type LinkEnd = { reason: 'overflow' | 'died'; detail?: string };

/** Calls of a judge's worker that reach a submission's without passing the host. */
export interface LinkRelay {
  /** Which call waits for its answer. */
  doing(): Promise<string | undefined>;
  /** Answers what waits, now and later. */
  end(error: ReaderErrorData): void;
}

/** One worker as the host sees it, in whatever way it is reached (frame, Node thread). */
export interface WorkerLink {
  send(message: ToRealm, transfer?: ArrayBuffer[]): void;
  /** Messages as they came: nothing about them is known yet. */
  onMessage: (message: unknown) => void;
  onEnd: (end: LinkEnd) => void;
  /** A new run begins: message quotas start from zero. */
  resetQuota(): void;
  terminate(): void;
  /** Missing where there is nothing nearer to both workers than the host. */
  relayCallsTo?: (submission: WorkerLink, run: number) => LinkRelay | undefined;
}

/** Starts a worker and boots the realm in it. */
export type SpawnWorker = () => WorkerLink;
