import { z } from 'zod';

/** `content/playground/starts.yaml`: what the playground can begin with. */
export const playgroundSchema = z.array(
  z.object({
    id: z
      .string()
      .regex(/^[a-z0-9-]+$/)
      .describe('Names the `<id>.ts` beside it'),
    title: z.string().min(3).describe('Words of its button'),
    about: z.string().min(10).describe('What it does, in a few words'),
    files: z.array(z.string()).describe('Files of the book that it opens; their sizes are said'),
  }),
);

export type PlaygroundStart = z.infer<typeof playgroundSchema>[number];
