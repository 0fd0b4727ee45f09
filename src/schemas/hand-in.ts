import { z } from 'zod';
import { assignmentIdSchema, itemIdSchema, itemVersionSchema, timeSchema } from './assignment.ts';

/** What a hand-in says it is, and the version of its shape. */
export const handInFormat = 'heavy-weights-hand-in';
export const handInVersion = 1;
export const sealedFormat = 'heavy-weights-sealed';
export const sealedVersion = 1;

/** Caps of what a hand-in may hold. */
export const handInCaps = {
  /** Characters of the file. */
  file: 20_000_000,
  code: 100_000,
  written: 50_000,
  answers: 60,
  name: 200,
} as const;

/** SHA-256, in hexadecimal. */
export const sha256Schema = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'a hash is of 64 hexadecimal figures');

const count = z.number().int().min(0).max(1_000_000);

const exerciseAnswerSchema = z.object({
  kind: z.literal('exercise'),
  id: itemIdSchema,
  version: itemVersionSchema.describe('Of the checks that the student had'),
  code: z.string().max(handInCaps.code),
  claimed: z
    .object({ passed: z.boolean(), checks: count.describe('Checks passed'), of: count })
    .describe('What the student’s own page said; no mark comes of it'),
  attempts: count,
  hintsShown: count,
  solutionShown: z.boolean(),
});

const quizAnswerSchema = z.object({
  kind: z.literal('quiz'),
  id: itemIdSchema,
  version: itemVersionSchema,
  tried: z.array(z.number().int().min(0).max(50)).max(100).describe('Options tried, in order'),
});

const writtenAnswerSchema = z.object({
  kind: z.literal('written'),
  id: itemIdSchema,
  text: z.string().max(handInCaps.written),
});

export const answerSchema = z.discriminatedUnion('kind', [
  exerciseAnswerSchema,
  quizAnswerSchema,
  writtenAnswerSchema,
]);

export type Answer = z.infer<typeof answerSchema>;
export type ExerciseAnswer = z.infer<typeof exerciseAnswerSchema>;
export type QuizAnswer = z.infer<typeof quizAnswerSchema>;
export type WrittenAnswer = z.infer<typeof writtenAnswerSchema>;

/** Who hands in: as they say. */
export const studentSchema = z.object({
  name: z
    .string()
    .max(handInCaps.name)
    .refine((name) => name.trim() !== '', 'is empty'),
  id: z.string().max(handInCaps.name).describe('Number or login; empty if there is none'),
});

export type Student = z.infer<typeof studentSchema>;

/** One student's answers to one assignment. */
export const handInSchema = z.object({
  readMe: z
    .array(z.string().max(200_000))
    .max(200_000)
    .describe('For people; nothing is read of it'),
  format: z.literal(handInFormat),
  version: z.literal(handInVersion),
  assignment: z.object({
    id: assignmentIdSchema,
    title: z.string().max(200),
    hash: sha256Schema.describe('Of the assignment that the student had: see `assignmentHash`'),
  }),
  student: studentSchema,
  book: z.string().min(1).max(40).describe('The student’s printing of the book'),
  startedAt: timeSchema,
  handedInAt: timeSchema.describe('By the student’s clock: a claim'),
  answers: z
    .array(answerSchema)
    .max(handInCaps.answers)
    .refine(
      (answers) => new Set(answers.map(({ kind, id }) => `${kind} ${id}`)).size === answers.length,
      'answers one item twice',
    ),
  receipt: sha256Schema.describe('Of the canonical JSON without `receipt` and `readMe`'),
});

export type HandIn = z.infer<typeof handInSchema>;

const base64 = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^[A-Za-z0-9+/]*={0,2}$/, 'base64 is expected');

/** A hand-in that only the holder of the assignment's private key can open. */
export const sealedSchema = z.object({
  format: z.literal(sealedFormat),
  version: z.literal(sealedVersion),
  assignment: assignmentIdSchema,
  key: base64(2_000).describe('The AES key, under RSA-OAEP'),
  iv: base64(40).describe('12 bytes'),
  data: base64(30_000_000).describe('The hand-in’s file, under AES-GCM'),
});

export type Sealed = z.infer<typeof sealedSchema>;
