import { ReaderError } from '../../shared/reader-error.ts';
import { describe } from '../numerics/arguments.ts';

/**
 * Rejects what is no object of options, and options that are not known: a misspelt one must not be silently without
 * effect.
 *
 * @throws ReaderError `options-not-an-object`, `option-unknown`
 * @internal
 */
export function requireKnownOptions(
  caller: string,
  options: object,
  known: readonly string[],
  example: string,
): void {
  if (options === null || typeof options !== 'object' || Array.isArray(options)) {
    throw new ReaderError({
      code: 'options-not-an-object',
      explain: `${caller} takes its options as one object; ${describe(options)} came.`,
      hint: `For example ${example}.`,
    });
  }
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new ReaderError({
    code: 'option-unknown',
    explain: `${caller} has no option ${unknown}; its options are ${known.join(', ')}.`,
    hint: unknown.includes('_')
      ? 'Names that Python writes with an underscore are in camelCase here: begin_step is beginStep.'
      : 'Look for a slip of the pen in the name.',
  });
}
