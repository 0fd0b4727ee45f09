import { z } from 'zod';

const optionSchema = z.object({
  text: z.string().min(1).describe('The option, Markdown inline with $maths$'),
  correct: z.boolean().default(false).describe('Whether it is right'),
  why: z.string().min(15).describe('Why it is right or wrong, shown after answering'),
});

/** One file of `content/quizzes/*.yaml`: a list of questions with stable ids. */
export const quizFileSchema = z.object({
  questions: z.array(
    z.object({
      id: z
        .string()
        .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
        .describe('Frozen identity, unique in the book'),
      section: z
        .string()
        .regex(/^[1-6]\.[1-9]$/)
        .describe('Section that shows it, such as "1.2"'),
      question: z.string().min(10).describe('The question, Markdown inline with $maths$'),
      traced: z
        .string()
        .optional()
        .describe(
          'A TypeScript expression over the engine (`hw`) whose value, as text, is the right option: computed in the tests',
        ),
      options: z.array(optionSchema).min(3).max(5),
    }),
  ),
});

export type QuizFile = z.infer<typeof quizFileSchema>;
export type QuizQuestion = QuizFile['questions'][number];
