/** The messages between the page and the sandbox frame, over the one port that connects them. */
import type { ToRealm, WasmFiles } from './wire.ts';

/** The frame's only message to the window of the page. */
export const frameReady = 'heavy-weights:sandbox-ready';

/** Whole: with everything that code can import. Light: for programs that import nothing. */
export type WorkerKind = 'whole' | 'light';

export type ToFrame =
  /** First of all: what every worker is made of. */
  | { type: 'assets'; text: string; light?: string | undefined; wasm: WasmFiles }
  | { type: 'spawn'; worker: number; kind: WorkerKind }
  | { type: 'send'; worker: number; message: ToRealm }
  | { type: 'reset-quota'; worker: number }
  | { type: 'kill'; worker: number }
  /** Gives the two workers a channel of their own. */
  | { type: 'connect'; judge: number; submission: number }
  | { type: 'ping' };

export type FromFrame =
  /** What a worker said, unread. */
  | { type: 'message'; worker: number; message: unknown }
  | { type: 'ended'; worker: number; reason: 'overflow' | 'died'; detail: string }
  | { type: 'pong' };
