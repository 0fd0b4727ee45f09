import { z } from 'zod';

/** One entry of a file of `content/notation/`, which is named after the section that introduces its symbols. */
export const notationSchema = z.strictObject({
  symbol: z.string().min(1).describe('LaTeX, as it stands in a formula of the section'),
  meaning: z.string().min(5).describe('What it stands for; inline Markdown and maths'),
  unit: z.string().min(1).optional().describe('Its unit; a pure number has none'),
});

export type NotationEntry = z.infer<typeof notationSchema>;
