import { z } from 'zod';
import { isMeasure, isMeasureName, type MeasureName } from '../shared/measures.ts';

const id = z.string().min(1).max(300);
const code = z.string().max(1_000_000);
const time = z.number().nonnegative();
const count = z.number().int().nonnegative();

const measures = z
  .record(z.string().refine(isMeasureName, 'no such measure'), z.number())
  .refine(
    (given) =>
      Object.entries(given).every(([name, value]) => isMeasure(name as MeasureName, value)),
    'a measure that cannot be',
  );

/** The records of a progress file, store by store. */
export const progressSchemas = {
  cells: z.object({
    id: id.describe('<chapter>/<section>/<cell>'),
    code: code.describe('The reader’s text'),
    runs: count.describe('How often it was run'),
    updatedAt: time,
  }),
  exercises: z.object({
    id: id.describe('Identity of the exercise'),
    state: z.enum(['untouched', 'edited', 'passed', 'failed']).describe('As the page shows it'),
    code: code.describe('The reader’s text'),
    attempts: count.describe('How often it was checked'),
    hintsShown: count.describe('How many hints were opened'),
    solutionShown: z.boolean().describe('Whether the solution was opened'),
    passedAt: time.optional().describe('Time of the first pass'),
    passedCode: code.optional().describe('The text that passed last'),
    lastResults: z
      .array(z.object({ id, status: z.enum(['passed', 'failed', 'not-run']) }))
      .describe('Results of the last check'),
    updatedAt: time,
  }),
  quizzes: z.object({
    id: id.describe('Identity of the question'),
    answers: z.array(count).describe('Indexes of the options tried'),
    correct: z.boolean().describe('Whether it was answered rightly'),
    section: z.string().max(20).describe('Section that asks it'),
    updatedAt: time,
  }),
  predictions: z.object({
    id: id.describe('Identity of the prediction'),
    question: z.string().max(5000).describe('What was asked'),
    answer: z.string().max(5000).describe('What the reader said'),
    updatedAt: time,
  }),
  places: z.object({
    id: z.literal('last'),
    path: z
      .string()
      .regex(/^chapters\/[a-z0-9-]+\/[a-z0-9-]+\/$/)
      .describe('Path of a section below the site’s base'),
    number: z.string().max(20),
    title: z.string().max(500),
    soFar: z.string().max(2000),
    updatedAt: time,
  }),
  settings: z.object({
    id: z.union([
      z.enum(['theme', 'editor', 'tabTrapping', 'language', 'caseNumber']),
      z.string().regex(/^verdict-[1-9]\d{0,5}$/),
    ]),
    value: z.string().max(100),
    updatedAt: time,
  }),
  boards: z.object({
    id: id.describe('Identity of the exercise'),
    attempts: z
      .array(
        z.object({
          at: time.describe('Time of the Check'),
          passed: z.boolean().describe('Whether it passed'),
          measures: measures.describe('What the judge measured'),
          code: code.describe('The text that was checked'),
        }),
      )
      .max(200)
      .describe('Attempts at an exercise with budgets, the oldest first'),
    updatedAt: time,
  }),
} as const;
