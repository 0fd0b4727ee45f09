/**
 * The one run that is open in this realm, and the ways out of it. What a finished run left behind
 * (timers, promises) finds no open run and can send nothing.
 */
import type { Sabotage } from '../../crime/sabotages.ts';
import type { FileReply, FromRealm } from '../wire.ts';
import type { ConsoleLevel, DisplayItem, ProgressUpdate } from '../protocol.ts';

export interface OpenRun {
  id: number;
  /** The reader's case; a check has none. */
  caseNumber: number | undefined;
  write(level: ConsoleLevel, values: unknown[]): void;
  show(item: DisplayItem): void;
  progress(update: ProgressUpdate): void;
  /** Tells the page that the case is won. */
  convict(sabotage: Sabotage): void;
  requestFile(name: string, part?: number): Promise<FileReply>;
  /** Sends what is still buffered. */
  flush(): void;
}

/** Sends to the host. Captured before any reader's code runs. */
export type Send = (message: FromRealm, transfer?: ArrayBuffer[]) => void;

let current: OpenRun | undefined;

export function openRun(run: OpenRun): void {
  current = run;
}

export function closeRun(): void {
  current = undefined;
}

export function currentRun(): OpenRun | undefined {
  return current;
}
