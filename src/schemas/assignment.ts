import { z } from 'zod';

/** What the first key of an assignment's file says, and the version of its shape. */
export const assignmentFormat = 'heavy-weights-assignment';
export const assignmentVersion = 1;

/** Caps of what an assignment may hold; a file or link is believed only within them. */
export const assignmentCaps = {
  items: 60,
  instructions: 20_000,
  prompt: 10_000,
  exceptions: 2_000,
  rubric: 20,
} as const;

/** Identity of an exercise, a quiz or a written question. */
export const itemIdSchema = z
  .string()
  .max(100)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'an id is of small letters, figures and hyphens')
  // The one name of Object.prototype that such an id could be: `pinned[id]` must never find it.
  .refine((id) => id !== 'constructor', 'no item has this id');

/** First twelve hexadecimal figures of a SHA-256: see `itemVersion`. */
export const itemVersionSchema = z
  .string()
  .regex(/^[0-9a-f]{12}$/, 'a version is of 12 hexadecimal figures');

/** `a` and ten of small letters and figures. */
export const assignmentIdSchema = z
  .string()
  .regex(/^a[a-z0-9]{10}$/, 'an assignment’s id is “a” and 10 small letters or figures');

/** A time with its zone, so that it means the same everywhere. */
export const timeSchema = z.iso.datetime({ offset: true }).max(40);

const pointsSchema = z.number().min(0).max(1_000);

/** One row of the rubric of a written question. */
export const criterionSchema = z.object({
  criterion: z.string().min(1).max(500).describe('What is looked for'),
  points: pointsSchema.describe('Points for it in full'),
  excellent: z.string().max(2_000).optional().describe('What full points look like'),
  insufficient: z.string().max(2_000).optional().describe('What no points look like'),
});

export type Criterion = z.infer<typeof criterionSchema>;

const exerciseItemSchema = z.object({
  kind: z.literal('exercise'),
  id: itemIdSchema,
  points: pointsSchema,
  partial: z.enum(['all-or-nothing', 'per-check']).describe('Whether some checks earn some points'),
  version: itemVersionSchema.describe('Of the checks it was set with'),
});

const quizItemSchema = z.object({
  kind: z.literal('quiz'),
  id: itemIdSchema,
  points: pointsSchema,
  version: itemVersionSchema.describe('Of the options it was set with'),
});

const writtenItemSchema = z.object({
  kind: z.literal('written'),
  id: itemIdSchema,
  points: pointsSchema,
  prompt: z.string().min(1).max(assignmentCaps.prompt).describe('The question, Markdown'),
  rubric: z.array(criterionSchema).max(assignmentCaps.rubric),
});

export const itemSchema = z.discriminatedUnion('kind', [
  exerciseItemSchema,
  quizItemSchema,
  writtenItemSchema,
]);

export type Item = z.infer<typeof itemSchema>;
export type ExerciseItem = z.infer<typeof exerciseItemSchema>;
export type QuizItem = z.infer<typeof quizItemSchema>;
export type WrittenItem = z.infer<typeof writtenItemSchema>;

export const lateRuleSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('accept') }),
  z.object({ kind: z.literal('refuse') }),
  z.object({
    kind: z.literal('deduct'),
    percentPerDay: z.number().positive().max(100),
    mostDays: z.number().int().min(1).max(60).describe('Days after which nothing is taken in'),
  }),
]);

export type LateRule = z.infer<typeof lateRuleSchema>;

const exceptionSchema = z.object({
  student: z.string().min(1).max(200).describe('Name or id, as the student hands in under it'),
  due: timeSchema.optional().describe('A due time of their own'),
  extraMinutes: z.number().int().min(0).max(525_600).optional().describe('Minutes beyond the due'),
});

export type DueException = z.infer<typeof exceptionSchema>;

/** The rules that the student works under. */
export const policySchema = z.object({
  hints: z.enum(['free', 'cost', 'none']),
  hintCost: z.number().min(0).max(100).describe('Per cent of the item’s points for each hint'),
  solution: z.enum(['never', 'after-due', 'after-pass', 'always']),
  attempts: z.number().int().min(0).max(1_000).describe('Checks of an exercise; 0: any number'),
});

export type Policy = z.infer<typeof policySchema>;

/** A public key for sealing hand-ins. Whatever else a key may carry, its private part above all, is dropped. */
export const sealKeySchema = z.object({
  kty: z.literal('RSA'),
  n: z
    .string()
    .min(300)
    .max(1_400)
    .regex(/^[\w-]+$/),
  e: z
    .string()
    .min(1)
    .max(16)
    .regex(/^[\w-]+$/),
  alg: z.literal('RSA-OAEP-256').optional(),
});

/** An exercise as it was when the assignment was made, so that a later printing can still grade it. */
export const pinnedExerciseSchema = z.object({
  version: itemVersionSchema,
  entry: z.array(z.string().min(1).max(200)).min(1).max(50),
  seed: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
  limitMs: z.number().int().min(500).max(60_000),
  checks: z.string().min(1).max(200_000),
  starter: z.string().max(200_000),
});

export type PinnedExercise = z.infer<typeof pinnedExerciseSchema>;

/** A question as it was when the assignment was made, with its right option: for the instructor's own file alone. */
export const pinnedQuestionSchema = z.object({
  version: itemVersionSchema,
  question: z.string().min(1).max(5_000).describe('In plain text'),
  options: z
    .array(
      z.object({
        text: z.string().min(1).max(2_000).describe('As the book’s file has it'),
        correct: z.boolean(),
      }),
    )
    .min(2)
    .max(10)
    .refine(
      (options) => options.filter(({ correct }) => correct).length === 1,
      'needs exactly one right option',
    )
    .refine(
      (options) => new Set(options.map(({ text }) => text.trim())).size === options.length,
      'offers one option twice',
    ),
});

export type PinnedQuestion = z.infer<typeof pinnedQuestionSchema>;

/** An assignment: what to do, by when, under which rules. */
export const assignmentSchema = z
  .object({
    format: z.literal(assignmentFormat),
    version: z.literal(assignmentVersion),
    id: assignmentIdSchema,
    title: z
      .string()
      .max(200)
      .refine((title) => title.trim() !== '', 'is empty'),
    instructions: z.string().max(assignmentCaps.instructions).describe('Markdown'),
    book: z.string().min(1).max(40).describe('The printing of the book that it was made in'),
    createdAt: timeSchema,
    items: z.array(itemSchema).min(1).max(assignmentCaps.items),
    opens: timeSchema.optional(),
    due: timeSchema.optional(),
    graceMinutes: z.number().int().min(0).max(10_080),
    late: lateRuleSchema,
    exceptions: z.array(exceptionSchema).max(assignmentCaps.exceptions),
    policy: policySchema,
    variants: z.boolean().describe('Whether each student’s inputs are drawn from their own seed'),
    sealKey: sealKeySchema.optional(),
    pinned: z.record(itemIdSchema, pinnedExerciseSchema).optional(),
    pinnedQuestions: z
      .record(itemIdSchema, pinnedQuestionSchema)
      .refine(
        (questions) => Object.keys(questions).length <= assignmentCaps.items,
        'are more than the items of an assignment',
      )
      .optional(),
  })
  .refine(
    ({ items }) => new Set(items.map(({ kind, id }) => `${kind} ${id}`)).size === items.length,
    {
      path: ['items'],
      message: 'names one item twice',
    },
  )
  .refine(
    ({ opens, due }) =>
      opens === undefined || due === undefined || Date.parse(opens) < Date.parse(due),
    { path: ['due'], message: 'is not after the time of opening' },
  );

export type Assignment = z.infer<typeof assignmentSchema>;
