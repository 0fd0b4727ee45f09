import type { ReaderErrorData } from '../../shared/reader-error.ts';

/** Errors of the crossing between realms: the function did answer, with something that cannot cross. */
const crossingCodes: ReadonlySet<string> = new Set(['value-cannot-cross', 'value-too-large']);

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

  /** Whether the function answered after all, with a value that could not be taken across. */
  get answered(): boolean {
    return crossingCodes.has(this.data.code);
  }
}
