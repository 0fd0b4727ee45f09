import { z } from 'zod';

/** One group of `content/counterparts.yaml`: names of Python beside names of the engine. */
export const counterpartsSchema = z.strictObject({
  group: z.string().min(3).describe('Heading of the group'),
  rows: z
    .array(
      z.strictObject({
        python: z
          .string()
          .describe('Dotted name, which stands in content/python-names.yaml with its page'),
        engine: z.string().describe('Path in `heavy-weights`: sparsity.pruneLowMagnitude'),
        differs: z.string().min(5).describe('Where the two differ; inline Markdown'),
        section: z
          .string()
          .regex(/^\d\.\d$/)
          .optional()
          .describe('The section that explains it'),
      }),
    )
    .min(1),
});

export type Counterparts = z.infer<typeof counterpartsSchema>;
