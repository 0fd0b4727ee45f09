import type { ReaderErrorData } from '../../shared/reader-error.ts';

/** A call into the submission that threw, or whose answer could not cross to the judge. */
export class CallError extends Error {
  /** The function that was called. */
  readonly called: string;
  readonly data: ReaderErrorData;

  constructor(called: string, data: ReaderErrorData) {
    super(`${called} threw: ${data.explain}`);
    this.name = 'CallError';
    this.called = called;
    this.data = data;
  }
}
