import { z } from 'zod';

/** Front matter of one section page, `content/chapters/NN-slug/NN-section.mdx`. */
export const sectionSchema = z.object({
  title: z.string().min(3).describe('Title of the section, as set on its page and in the contents'),
  chapter: z.number().int().min(1).max(6).describe('Number of the chapter'),
  section: z.number().int().min(1).describe('Number of the section within its chapter'),
  summary: z
    .string()
    .min(20)
    .describe(
      'One sentence: what the reader does here; shown in the contents and to search engines',
    ),
  soFar: z
    .string()
    .min(20)
    .describe('The case so far, one sentence, shown to a reader who comes back to this section'),
});

/** One chapter, `content/chapters/NN-slug/chapter.yaml`. */
export const chapterSchema = z.object({
  number: z.number().int().min(1).max(6).describe('Number of the chapter'),
  title: z.string().min(3).describe('Title of the case'),
  summary: z.string().min(20).describe('Two sentences for the contents page'),
});
