import { componentUses } from '../../build/section-sources.ts';
import type { SectionPage } from '../site/book.ts';

/** The sections that cite each work, by the work's id, in the order of reading. */
export function citedIn(sections: readonly SectionPage[]): Map<string, SectionPage[]> {
  const found = new Map<string, SectionPage[]>();
  for (const section of sections) {
    const ids = componentUses(section.entry.body ?? '', section.path)
      .filter(({ tag }) => tag === 'Cite')
      .map(({ attributes }) => attributes['id'] ?? '');
    for (const id of new Set(ids)) found.set(id, [...(found.get(id) ?? []), section]);
  }
  return found;
}
