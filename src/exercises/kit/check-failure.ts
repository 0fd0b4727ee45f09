/** What an expectation that does not hold throws: the judge turns it into the reader's feedback. */
export class CheckFailure extends Error {
  readonly got: string | undefined;
  readonly expected: string | undefined;
  /** Whether what failed is an array. */
  readonly ofArray: boolean;

  constructor(
    message: string,
    values: { got?: string; expected?: string; ofArray?: boolean } = {},
  ) {
    super(message);
    this.name = 'CheckFailure';
    this.got = values.got;
    this.expected = values.expected;
    this.ofArray = values.ofArray ?? false;
  }
}
