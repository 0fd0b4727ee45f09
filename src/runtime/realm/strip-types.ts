import { transform } from 'sucrase';
import { ReaderError } from '../../shared/reader-error.ts';
import { syntaxError } from './syntax-error.ts';

/** TypeScript without its types: every line stays the line it was. */
export function stripTypes(code: string): string {
  try {
    return transform(code, {
      transforms: ['typescript'],
      disableESTransforms: true,
      // A later cell of the section may use what this one imports.
      keepUnusedImports: true,
    }).code;
  } catch (error) {
    if (error instanceof SyntaxError) throw syntaxError(code, error.message, locationOf(error));
    throw new ReaderError({
      code: 'syntax-error',
      explain: 'The code could not be read as TypeScript.',
      elaborate: error instanceof Error ? error.message : String(error),
    });
  }
}

/** Sucrase counts lines and columns from 1. */
function locationOf(error: SyntaxError): { line: number; column: number } | undefined {
  const loc = (error as { loc?: { line?: unknown; column?: unknown } }).loc;
  return typeof loc?.line === 'number' && typeof loc.column === 'number'
    ? { line: loc.line, column: loc.column }
    : undefined;
}
