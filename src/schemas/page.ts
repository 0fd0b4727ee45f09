import { z } from 'zod';

/** Front matter of a page of back matter, `content/pages/<path>.mdx`. */
export const pageSchema = z.object({
  title: z.string().min(3).describe('Title of the page'),
  description: z.string().min(20).describe('One sentence, for search engines'),
});
