/** What an expectation that does not hold throws: the judge turns it into the reader's feedback. */
export class CheckFailure extends Error {
  readonly got: string | undefined;
  readonly expected: string | undefined;

  constructor(message: string, values: { got?: string; expected?: string } = {}) {
    super(message);
    this.name = 'CheckFailure';
    this.got = values.got;
    this.expected = values.expected;
  }
}
