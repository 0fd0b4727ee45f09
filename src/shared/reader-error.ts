/** Where in the reader's own text an error arose. Lines and columns count from 1. */
export interface SourceLocation {
  line: number;
  column?: number;
}

/** What a {@link ReaderError} says, as plain data that can cross a message port. */
export interface ReaderErrorData {
  /** Stable kebab-case identity, for tests and feedback. */
  code: string;
  /** What is wrong, in one sentence that names the argument. */
  explain: string;
  /** What was expected and what came. */
  elaborate?: string;
  /** The next step. */
  hint?: string;
  location?: SourceLocation;
}

/**
 * An error meant to be read by a reader or an instructor: it names what was wrong, what was expected
 * and what to do next.
 *
 * @example
 * ```ts
 * import { ReaderError } from 'heavy-weights';
 *
 * const error = new ReaderError({
 *   code: 'scale-not-positive',
 *   explain: 'scale must be a positive number; it is 0.',
 *   hint: 'Compute the scale from a range that is wider than a single point.',
 * });
 * console.log(error.message); // scale must be a positive number; it is 0. Compute the scale from a range that is wider than a single point.
 * ```
 */
export class ReaderError extends Error {
  readonly code: string;
  readonly explain: string;
  readonly elaborate: string | undefined;
  readonly hint: string | undefined;
  readonly location: SourceLocation | undefined;

  constructor(data: ReaderErrorData) {
    super([data.explain, data.elaborate, data.hint].filter(Boolean).join(' '));
    this.name = 'ReaderError';
    this.code = data.code;
    this.explain = data.explain;
    this.elaborate = data.elaborate;
    this.hint = data.hint;
    this.location = data.location;
  }

  /** The error as plain data. */
  toData(): ReaderErrorData {
    const { code, explain, elaborate, hint, location } = this;
    return {
      code,
      explain,
      ...(elaborate === undefined ? {} : { elaborate }),
      ...(hint === undefined ? {} : { hint }),
      ...(location === undefined ? {} : { location }),
    };
  }
}
