/**
 * Carries the calls of one check from the judge's worker to the submission's and back, inside the frame: through the page
 * each would cross two processes twice. What passes is validated as the page validates it; all else goes to the page.
 */
import { caps } from './caps.ts';
import { readMessage } from './validate.ts';
import type { ReaderErrorData } from '../shared/reader-error.ts';
import type { FromRealm, PlainResult, ToRealm } from './wire.ts';

export interface RelayEnds {
  toJudge(message: ToRealm): void;
  toSubmission(message: ToRealm): void;
}

export class CallRelay {
  #run: number;
  #ends: RelayEnds;
  #calls = 0;
  /** Calls that the submission has not answered: number → name. */
  #pending = new Map<number, string>();
  #isOpen = true;

  constructor(run: number, ends: RelayEnds) {
    this.#run = run;
    this.#ends = ends;
  }

  /** The name of the call that waits for its answer. */
  get doing(): string | undefined {
    return [...this.#pending.values()].at(-1);
  }

  /** Whether it took the judge's message; one that it did not take is the page's. */
  fromJudge(data: unknown): boolean {
    const message = this.#read(data, 'call');
    // One call too many: the page ends the check.
    if (message?.type !== 'call' || this.#calls >= caps.calls) return false;
    const { call, name, args } = message;
    this.#calls += 1;
    this.#pending.set(call, name);
    this.#ends.toSubmission({ type: 'call', run: this.#run, call, name, args });
    return true;
  }

  /** Whether it took the submission's message. */
  fromSubmission(data: unknown): boolean {
    const message = this.#read(data, 'returned');
    if (message?.type !== 'returned') return false;
    // An answer that nobody asked for goes nowhere.
    if (this.#pending.delete(message.call)) this.#answer(message.call, message.result);
    return true;
  }

  /** The submission is gone: what waits is answered with why, and later calls go to the page. */
  end(error: ReaderErrorData): void {
    this.#isOpen = false;
    for (const call of this.#pending.keys()) this.#answer(call, { ok: false, error });
    this.#pending.clear();
  }

  #answer(call: number, result: PlainResult): void {
    this.#ends.toJudge({ type: 'call-result', run: this.#run, call, result });
  }

  /** A message of the wanted type and of this run; the page sees to one that cannot be read. */
  #read(data: unknown, wanted: 'call' | 'returned'): FromRealm | undefined {
    if (!this.#isOpen || (data as { type?: unknown } | null)?.type !== wanted) return undefined;
    try {
      const message = readMessage(data);
      return 'run' in message && message.run === this.#run ? message : undefined;
    } catch {
      return undefined;
    }
  }
}
