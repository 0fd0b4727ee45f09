/** A module as it can be evaluated: what compiling made of a reader's text. Plain data, so that one realm can compile for another. */
import { columnBefore, type TextEdit } from './text-edits.ts';

export interface ImportedName {
  module: string;
  /** `*` for the whole module. */
  imported: string;
  local: string;
  /** False for what only types, or later cells, use. */
  used: boolean;
  line: number;
}

export interface CompiledModule {
  /** Body of the function; same number of lines as the reader's text. */
  body: string;
  imports: ImportedName[];
  /** Modules imported for nothing by name. */
  bareImports: { module: string; line: number }[];
  /** Top-level names, and whether later assignments to them must be seen elsewhere. */
  declared: { name: string; live: boolean }[];
  /** Exported name and the top-level name behind it. */
  exports: { exported: string; local: string }[];
  /** Every name the code mentions, once. */
  names: string[];
  /** From the reader's text to the body. */
  origin: { source: string; stripped: string; edits: TextEdit[] };
}

export interface CompileOptions {
  /** Show the value of a last statement that is an expression, as a notebook does. */
  showLast: boolean;
}

export type Compile = (code: string, options: CompileOptions) => CompiledModule;

/** Name that the generated code uses itself. */
export const realmName = '__realm';

/** Column of the reader's text for a position in `body` (lines and columns from 1). */
export function columnOf({ origin }: CompiledModule, line: number, column: number): number {
  const { source, stripped, edits } = origin;
  return originalColumn(
    source.split('\n')[line - 1] ?? '',
    stripped.split('\n')[line - 1] ?? '',
    columnBefore(stripped, edits, line, column),
  );
}

/**
 * Where a column of a stripped line was before stripping. Stripping only takes text away, so the
 * stripped line is matched into the original one character by character.
 */
export function originalColumn(original: string, stripped: string, column: number): number {
  let from = 0;
  for (let index = 0; index < column - 1 && index < stripped.length; index++) {
    const at = original.indexOf(stripped[index]!, from);
    if (at === -1) return column;
    from = at + 1;
  }
  const wanted = stripped[column - 1];
  const at = wanted === undefined ? -1 : original.indexOf(wanted, from);
  return (at === -1 ? from : at) + 1;
}
