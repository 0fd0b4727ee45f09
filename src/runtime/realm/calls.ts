/** The judge's calls of a submission: counted, and their answers validated, for they are made where a reader's code runs. */
import type { ReaderErrorData } from '../../shared/reader-error.ts';
import { caps } from '../caps.ts';
import { overflowEnding } from '../endings.ts';
import { MessageQuota } from '../message-quota.ts';
import { readAnswer } from '../validate.ts';
import type { Plain, PlainResult } from '../wire.ts';
import type { PeerCall, PeerPort } from './peer-port.ts';

interface Waiting {
  name: string;
  resolve: (result: PlainResult) => void;
}

export class Calls {
  #port: PeerPort;
  #quota = new MessageQuota();
  #made = 0;
  #waiting = new Map<number, Waiting>();
  /** Why there are no more answers. */
  #cause: ReaderErrorData | undefined;
  #onRefused: (error: ReaderErrorData) => void;

  /** @param onRefused the submission sent what no realm sends, or too much, or was called too often: it is to be ended */
  constructor(port: PeerPort, onRefused: (error: ReaderErrorData) => void) {
    this.#port = port;
    this.#onRefused = onRefused;
    port.listen((data) => this.#receive(data));
  }

  /** The name of the call that is being made: of those that wait, the oldest. */
  get doing(): string | undefined {
    return this.#waiting.values().next().value?.name;
  }

  callEach(name: string, each: Plain[][]): Promise<PlainResult>[] {
    const first = this.#made + 1;
    this.#made += each.length;
    if (this.#made > caps.calls)
      this.#refuse(overflowEnding(`The checks made more than ${caps.calls} calls.`));
    const cause = this.#cause as ReaderErrorData | undefined;
    if (cause) return each.map(async (): Promise<PlainResult> => ({ ok: false, error: cause }));
    this.#quota.reset();
    const calls = each.map((args, index): PeerCall => ({ call: first + index, name, args }));
    const answers = calls.map(
      ({ call }) =>
        new Promise<PlainResult>((resolve) => {
          this.#waiting.set(call, { name, resolve });
        }),
    );
    this.#port.send(calls);
    return answers;
  }

  /** No answer comes any more: what waits is answered with why, and so is every later call. */
  end(cause: ReaderErrorData): void {
    if (this.#cause) return;
    this.#cause = cause;
    this.#port.close();
    for (const { resolve } of this.#waiting.values()) resolve({ ok: false, error: cause });
    this.#waiting.clear();
  }

  #receive(data: unknown): void {
    if (this.#cause) return;
    const refusal = this.#quota.refuse(data);
    if (refusal !== undefined) return this.#refuse(overflowEnding(refusal));
    try {
      const { call, result } = readAnswer(data);
      // An answer that nobody asked for goes nowhere.
      this.#waiting.get(call)?.resolve(result);
      this.#waiting.delete(call);
    } catch (error) {
      const detail = error instanceof Error ? error.message : '';
      this.#refuse(overflowEnding(`It answered what is no answer (${detail}).`));
    }
  }

  #refuse(error: ReaderErrorData): void {
    if (this.#cause) return;
    this.end(error);
    this.#onRefused(error);
  }
}
