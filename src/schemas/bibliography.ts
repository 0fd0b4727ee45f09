import { z } from 'zod';

/** One entry of `content/bibliography.yaml`. */
export const bibliographySchema = z.object({
  id: z
    .string()
    .regex(/^[a-z0-9-]+$/)
    .describe('What <Cite id> names'),
  authors: z.array(z.string().min(1)).min(1).describe('Authors in order, given name first'),
  title: z.string().min(3).describe('Title of the work'),
  venue: z.string().min(2).describe('Where it appeared'),
  year: z.number().int().min(1600).max(2100).describe('Year of publication'),
  doi: z.string().optional().describe('Digital object identifier, without a resolver'),
  arxiv: z.string().optional().describe('arXiv identifier'),
  url: z.url().optional().describe('Address, when the work has neither DOI nor arXiv identifier'),
  note: z.string().optional().describe('What the book takes from it'),
});

export type BibliographyEntry = z.infer<typeof bibliographySchema>;
