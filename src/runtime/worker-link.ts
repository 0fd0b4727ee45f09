import type { ToRealm } from './wire.ts';

/** Why a worker is gone without the host having asked for it. */
export type LinkEnd = { reason: 'overflow' | 'died'; detail?: string };

/** One worker as the host sees it, in whatever way it is reached (frame, Node thread). */
export interface WorkerLink {
  send(message: ToRealm, transfer?: ArrayBuffer[]): void;
  /** Messages as they came: nothing about them is known yet. */
  onMessage: (message: unknown) => void;
  onEnd: (end: LinkEnd) => void;
  /** A new run begins: message quotas start from zero. */
  resetQuota(): void;
  terminate(): void;
  /** Gives this worker, a judge's, and the submission's a channel of their own: both hear of it by a `peer` message. */
  connectTo(submission: WorkerLink): void;
}

/** Starts a worker and boots the realm in it. */
export type SpawnWorker = () => WorkerLink;
