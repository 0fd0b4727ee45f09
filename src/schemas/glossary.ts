import { z } from 'zod';

/** One entry of a file of `content/glossary/`, which is named after the section that uses its terms first. */
export const glossarySchema = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9-]+$/)
    .describe('What <Term id> names'),
  term: z.string().min(2).describe('The term, as set in the glossary'),
  definition: z
    .string()
    .min(20)
    .describe('What it means, in one or two sentences; inline Markdown and maths'),
});

export type GlossaryTerm = z.infer<typeof glossarySchema>;

/** The same with the section that explains it: `2.3`. */
export const glossaryEntrySchema = glossarySchema.extend({ section: z.string() });

export type GlossaryEntry = z.infer<typeof glossaryEntrySchema>;
