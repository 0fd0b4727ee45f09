import { ReaderError } from '../../shared/reader-error.ts';
import { describe } from '../numerics/arguments.ts';

/** Refuses unknown options, so that a misspelt one is not silently without effect. @internal */
export function requireOptions(options: object, names: readonly string[]): void {
  if (options === null || typeof options !== 'object') {
    throw new ReaderError({
      code: 'options-not-an-object',
      explain: `the options must be an object; ${describe(options)} came.`,
      hint: `For example { ${names[0]!}: 8 }.`,
    });
  }
  const unknown = Object.keys(options).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  throw new ReaderError({
    code: 'option-unknown',
    explain: `there is no option ${unknown}; the options are ${names.join(', ')}.`,
    hint: unknown.includes('_')
      ? `Names that Python writes with an underscore are in camelCase here: ${unknown} is ${unknown.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase())}.`
      : 'Look for a slip of the pen in the name.',
  });
}

/** Options that are true or false. @internal */
export function requireBooleans(options: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || typeof value === 'boolean') continue;
    throw new ReaderError({
      code: 'option-not-boolean',
      explain: `the option ${name} must be true or false; it is ${describe(value)}.`,
    });
  }
}
