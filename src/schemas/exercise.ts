import { z } from 'zod';

/** `content/exercises/<slug>/exercise.yaml`. */
export const exerciseSchema = z.object({
  id: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    .describe('Frozen identity; equals the folder name; progress and hand-ins are filed under it'),
  title: z.string().min(3).describe('Title shown above the exercise'),
  chapter: z
    .string()
    .regex(/^[1-6]\.[1-9]$/)
    .describe('Section that holds it, such as "1.3"'),
  concepts: z.array(z.string()).min(1).describe('Concepts practised, for choosing and searching'),
  ladder: z
    .enum(['fill-in', 'implement', 'investigate', 'design'])
    .describe('Rung of the ladder from one expression to an open design'),
  difficulty: z.number().int().min(1).max(5).describe('1 easy … 5 hard'),
  points: z
    .number()
    .int()
    .min(1)
    .max(20)
    .describe('Points in an assignment unless it says otherwise'),
  seed: z.number().int().nonnegative().describe('Seed of the checks as the reader runs them'),
  limits: z
    .object({
      ms: z.number().int().min(500).max(60_000).describe('Time limit of one Check, in ms'),
    })
    .describe('What a Check may use'),
  files: z.array(z.string()).default([]).describe('Files of the book that checks or code may open'),
  budgets: z
    .object({
      bytes: z.number().int().positive().optional().describe('At most, of the file'),
      accuracy: z.number().positive().max(1).optional().describe('At least, 0 … 1'),
      macs: z.number().int().positive().optional().describe('Multiplications, at most'),
    })
    .refine((budgets) => Object.keys(budgets).length > 0, 'needs a budget at least')
    .optional()
    .describe(
      'What the attempts are measured and ranked by; the page then keeps a leader-board of them',
    ),
  entry: z.array(z.string()).min(1).describe('Names that the submission must export'),
});

export type ExerciseData = z.infer<typeof exerciseSchema>;
