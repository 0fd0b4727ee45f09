import type { ReaderErrorData } from '../../shared/reader-error.ts';

/** Endings of the submission's realm, as the host words them: nothing that it would have answered. */
const endings: ReadonlySet<string> = new Set([
  'time-limit',
  'time-limit-waiting',
  'stopped',
  'too-much-output',
  'ended-early',
]);

/** The submission's realm went away during a call: no error of the function's, and no further call can be made. */
export class SubmissionGone extends Error {
  readonly called: string;
  readonly data: ReaderErrorData;

  constructor(called: string, data: ReaderErrorData) {
    super(`${called} did not answer: ${data.explain}`);
    this.name = 'SubmissionGone';
    this.called = called;
    this.data = data;
  }

  /** Whether an error of a call says that the realm has ended. */
  static isEnding({ code }: ReaderErrorData): boolean {
    return endings.has(code);
  }
}
