import { formatValue } from '../format-value.ts';
import { CallError } from './call-error.ts';
import { CheckFailure } from './check-failure.ts';
import { countExpectation } from './expectation-count.ts';

/** What the error should be. */
export interface ExpectThrowsOptions {
  /** Why it should throw, as the end of a sentence: `for an empty array`. */
  when: string;
  /** What the error's message should mention, as a pattern and in words: a name of an argument, a value. */
  mentions?: { pattern: RegExp; words: string };
}

/**
 * The call throws an error of the reader's making.
 *
 * @example
 * ```ts
 * await expectThrows(() => call('pack', [[9]]), { when: 'for a value outside −8 … 7' });
 * ```
 */
export async function expectThrows(
  act: () => Promise<unknown>,
  { when, mentions }: ExpectThrowsOptions,
): Promise<void> {
  countExpectation();
  let answer: unknown;
  try {
    answer = await act();
  } catch (error) {
    if (error instanceof CallError && !error.answered) return requireMention(error, mentions);
    // An answer of the wrong kind is an answer all the same: it should have been an error.
    if (!(error instanceof CheckFailure)) throw error;
    throw new CheckFailure(`An error should be thrown ${when}; an answer came instead.`, {
      ...(error.got === undefined ? {} : { got: error.got }),
      expected: 'an error',
    });
  }
  throw new CheckFailure(`An error should be thrown ${when}; an answer came instead.`, {
    got: formatValue(answer),
    expected: 'an error',
  });
}

function requireMention(error: CallError, mentions: ExpectThrowsOptions['mentions']): void {
  const { explain, elaborate = '', hint = '' } = error.data;
  if (mentions === undefined || mentions.pattern.test(`${explain} ${elaborate} ${hint}`)) return;
  throw new CheckFailure(`The error should mention ${mentions.words}.`, {
    got: formatValue(explain, { characters: 160 }),
    expected: `an error that mentions ${mentions.words}`,
  });
}
