import { getCollection } from 'astro:content';
import type { CollectionEntry } from 'astro:content';

/** The book's own titles, as book.md gives them. */
export const bookTitle = 'The Adventure of the Heavy Weights';
export const seriesTitle =
  'TextBookGPT: Sherlock Holmes Mystery on Quantizing Weights in TensorFlow';

export interface SectionPage {
  entry: CollectionEntry<'sections'>;
  chapterSlug: string;
  sectionSlug: string;
  /** `1.2` */
  number: string;
  title: string;
  /** Path below the site's base. */
  path: string;
}

export interface ChapterPages {
  slug: string;
  number: number;
  title: string;
  summary: string;
  sections: SectionPage[];
}

/** The chapters that are written, in reading order, each with its sections. */
export const bookChapters = async (): Promise<ChapterPages[]> => {
  const sections = (await getCollection('sections')).map(toPage);
  const chapters = (await getCollection('chapters')).map(({ id, data }) => ({
    slug: id,
    ...data,
    sections: sections
      .filter(({ chapterSlug }) => chapterSlug === id)
      .sort((a, b) => a.entry.data.section - b.entry.data.section),
  }));
  return chapters.sort((a, b) => a.number - b.number);
};

const toPage = (entry: CollectionEntry<'sections'>): SectionPage => {
  const [chapterSlug = '', sectionSlug = ''] = entry.id.split('/');
  const { chapter, section, title } = entry.data;
  return {
    entry,
    chapterSlug,
    sectionSlug,
    number: `${chapter}.${section}`,
    title,
    path: `chapters/${chapterSlug}/${sectionSlug}/`,
  };
};
