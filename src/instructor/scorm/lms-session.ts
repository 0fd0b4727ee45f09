import { sessionTime } from './session-time.ts';
import type { ScormApi } from './find-api.ts';

/** What the course system knows when the package opens. */
export interface Opening {
  studentId: string;
  suspendData: string;
  /** Whether the system knows of earlier work, even if it has lost the answers. */
  begun: boolean;
  /** False when the student only looks: in review or browse mode nothing is written. */
  counts: boolean;
}

/** What is to be kept. */
export interface Kept {
  suspendData: string;
  /** 0 … 100 */
  score: number;
  complete: boolean;
}

/** A talk with the course system: opened once, closed once, and no answer of it believed unseen. */
export class LmsSession {
  readonly #api: ScormApi;
  readonly #now: () => number;
  #state: 'new' | 'open' | 'refused' | 'finished' = 'new';
  #openedAt = 0;
  #counts = true;

  constructor(api: ScormApi, now: () => number = Date.now) {
    this.#api = api;
    this.#now = now;
  }

  get open(): boolean {
    return this.#state === 'open';
  }

  /** Opens it. Undefined if the system refuses; answers are then kept in this browser only. */
  start(): Opening | undefined {
    if (this.#state !== 'new') return undefined;
    if (!this.#did(() => this.#api.LMSInitialize(''))) {
      this.#state = 'refused';
      return undefined;
    }
    this.#state = 'open';
    this.#openedAt = this.#now();
    const mode = this.#get('cmi.core.lesson_mode');
    this.#counts = mode === '' || mode === 'normal';
    return {
      studentId: this.#get('cmi.core.student_id'),
      suspendData: this.#get('cmi.suspend_data'),
      begun: !['', 'not attempted'].includes(this.#get('cmi.core.lesson_status')),
      counts: this.#counts,
    };
  }

  /** Hands over where the student stands. Gives what went wrong, if anything did. */
  keep({ suspendData, score, complete }: Kept): string | undefined {
    if (!this.open || !this.#counts) return undefined;
    // Many systems do without these two.
    this.#set('cmi.core.score.min', '0');
    this.#set('cmi.core.score.max', '100');
    const kept =
      this.#set('cmi.suspend_data', suspendData) &&
      this.#set('cmi.core.score.raw', String(score)) &&
      this.#set('cmi.core.lesson_status', complete ? 'completed' : 'incomplete');
    const problem = kept ? undefined : this.#problem();
    // What it did take is committed all the same.
    return this.#did(() => this.#api.LMSCommit('')) ? problem : (problem ?? this.#problem());
  }

  /** Closes it; the second time does nothing. Gives what went wrong, if anything did. */
  finish(): string | undefined {
    if (!this.open) return undefined;
    if (this.#counts) {
      // “Suspend”, so that the answers are there again when the package is opened again.
      this.#set('cmi.core.exit', 'suspend');
      this.#set('cmi.core.session_time', sessionTime(this.#now() - this.#openedAt));
    }
    this.#state = 'finished';
    return this.#did(() => this.#api.LMSFinish('')) ? undefined : this.#problem();
  }

  #get(element: string): string {
    try {
      const value = this.#api.LMSGetValue(element);
      return typeof value === 'string' ? value : '';
    } catch {
      return '';
    }
  }

  #set(element: string, value: string): boolean {
    return this.#did(() => this.#api.LMSSetValue(element, value));
  }

  #did(act: () => unknown): boolean {
    try {
      return String(act()) === 'true';
    } catch {
      return false;
    }
  }

  #problem(): string {
    try {
      const code = String(this.#api.LMSGetLastError());
      const text = String(this.#api.LMSGetErrorString(code));
      return [code, text].filter((part) => part !== '' && part !== 'undefined').join(': ');
    } catch {
      return 'it gave no reason';
    }
  }
}
