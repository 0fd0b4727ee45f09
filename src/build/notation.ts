import { notationSchema, type NotationEntry } from '../schemas/notation.ts';
import { bareLatex } from './latex-symbols.ts';
import { sectionFiles, type SectionEntry } from './section-files.ts';

/** The symbols of the book with their places, by section and in the order of its files. */
export const readNotation = (): SectionEntry<NotationEntry>[] =>
  sectionFiles('content/notation', notationSchema);

/** A numbered formula in a section's text. */
export interface Formula {
  id: string;
  latex: string;
  /** Where it begins in the text. */
  index: number;
}

/** The numbered formulas of a section, in order. */
export const formulasOf = (text: string): Formula[] =>
  [...text.matchAll(/<Equation\s[^>]*?id="([^"]+)"[^>]*>([\s\S]*?)<\/Equation>/g)].map(
    ({ 1: id = '', 2: body = '', index }) => ({
      id,
      index,
      latex: [...body.matchAll(/\$\$([\s\S]*?)\$\$/g)].map(([, latex]) => latex).join('\n'),
    }),
  );

/** Position of the first formula that a symbol stands in; −1 when it is in none. */
export const firstFormula = (symbol: string, formulas: readonly Formula[]): number =>
  formulas.findIndex(({ latex }) => bareLatex(latex).includes(bareLatex(symbol)));
