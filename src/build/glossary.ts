import { glossarySchema, type GlossaryEntry, type GlossaryTerm } from '../schemas/glossary.ts';
import { sectionFiles, type SectionEntry } from './section-files.ts';

/**
 * The entries of `content/glossary/` with their places, by section and in the order of its files.
 *
 * @throws Error naming file and line, where an entry does not fit or an id comes twice
 */
export function glossarySources(): SectionEntry<GlossaryTerm>[] {
  const entries = sectionFiles('content/glossary', glossarySchema);
  const seen = new Map<string, string>();
  for (const { value, at } of entries) {
    const before = seen.get(value.id);
    if (before) throw new Error(`${at}: “${value.id}” is in ${before} already.`);
    seen.set(value.id, at);
  }
  return entries;
}

/** The glossary of the whole book. */
export const readGlossary = (): GlossaryEntry[] =>
  glossarySources().map(({ value, section }) => ({ ...value, section }));
