import type { CatalogueItem } from '../catalogue.ts';

/** What an instructor looks for; what is left out leaves everything in. */
export interface CatalogueFilter {
  kind?: CatalogueItem['kind'];
  /** `3` */
  chapter?: string;
  concept?: string;
  ladder?: string;
  /** Exercises of this difficulty; questions have none and are left out. */
  difficulty?: number;
  /** At most. */
  minutes?: number;
  /** Words, each of which must occur in title, concepts, id or section. */
  text?: string;
}

/** Text as it is compared: no accents, no case. */
const folded = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

const chapterOf = ({ section }: CatalogueItem): string => section.split('.')[0] ?? '';

/** Whether an item of the catalogue is one that the filter lets through. */
export const passesFilter = (item: CatalogueItem, filter: CatalogueFilter): boolean => {
  const { kind, chapter, concept, ladder, difficulty, minutes, text } = filter;
  if (kind !== undefined && item.kind !== kind) return false;
  if (chapter !== undefined && chapterOf(item) !== chapter) return false;
  if (concept !== undefined && !item.concepts.includes(concept)) return false;
  if (ladder !== undefined && item.ladder !== ladder) return false;
  if (difficulty !== undefined && item.difficulty !== difficulty) return false;
  if (minutes !== undefined && item.minutes > minutes) return false;
  const words = folded(text ?? '')
    .split(/\s+/)
    .filter(Boolean);
  if (words.length === 0) return true;
  const place = folded([item.title, item.section, item.id, ...item.concepts].join(' '));
  return words.every((word) => place.includes(word));
};

/** Every concept that the items practise, in alphabetical order. */
export const conceptsOf = (items: readonly CatalogueItem[]): string[] =>
  [...new Set(items.flatMap(({ concepts }) => concepts))].sort((a, b) => a.localeCompare(b, 'en'));
