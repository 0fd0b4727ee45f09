import { defineCollection } from 'astro:content';
import { file, glob } from 'astro/loaders';
import { bibliographySchema } from './schemas/bibliography.ts';
import { chapterSchema, sectionSchema } from './schemas/chapter.ts';
import { pageSchema } from './schemas/page.ts';
import { readGlossary } from './build/glossary.ts';
import { exerciseSchema } from './schemas/exercise.ts';
import { glossaryEntrySchema } from './schemas/glossary.ts';

/** `01-a-model-too-heavy/chapter.yaml` → `01-a-model-too-heavy`: a folder's file is filed under the folder. */
const folderId = ({ entry }: { entry: string }): string => entry.split('/').slice(0, -1).join('/');

export const collections = {
  /** A section page; its id is `<chapter folder>/<file>`, the two parts of its address. */
  sections: defineCollection({
    loader: glob({
      base: './content/chapters',
      pattern: '[0-9][0-9]-*/[0-9][0-9]-*.mdx',
      generateId: ({ entry }) => entry.replace(/\.mdx$/, ''),
    }),
    schema: sectionSchema,
  }),
  chapters: defineCollection({
    loader: glob({ base: './content/chapters', pattern: '*/chapter.yaml', generateId: folderId }),
    schema: chapterSchema,
  }),
  exercises: defineCollection({
    loader: glob({ base: './content/exercises', pattern: '*/exercise.yaml', generateId: folderId }),
    schema: exerciseSchema,
  }),
  bibliography: defineCollection({
    loader: file('content/bibliography.yaml'),
    schema: bibliographySchema,
  }),
  pages: defineCollection({
    loader: glob({ base: './content/pages', pattern: '*.mdx' }),
    schema: pageSchema,
  }),
  glossary: defineCollection({ loader: readGlossary, schema: glossaryEntrySchema }),
};
