/** The messages between the page and the sandbox frame, over the one port that connects them. */
import type { ToRealm, WasmFiles } from './wire.ts';

/** The frame's only message to the window of the page. */
export const frameReady = 'heavy-weights:sandbox-ready';

export type ToFrame =
  /** First of all: what every worker is made of. */
  | { type: 'assets'; text: string; wasm: WasmFiles }
  | { type: 'spawn'; worker: number }
  | { type: 'send'; worker: number; message: ToRealm }
  | { type: 'reset-quota'; worker: number }
  | { type: 'kill'; worker: number }
  | { type: 'ping' };

export type FromFrame =
  /** What a worker said, unread. */
  | { type: 'message'; worker: number; message: unknown }
  | { type: 'ended'; worker: number; reason: 'overflow' | 'died'; detail: string }
  | { type: 'pong' };
