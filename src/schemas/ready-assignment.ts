import { z } from 'zod';
import { assignmentCaps, criterionSchema, itemIdSchema } from './assignment.ts';

const points = z.number().int().min(1).max(100);

const sample = z.strictObject({
  text: z.string().min(40).describe('The answer, as a student might write it'),
  why: z.string().min(20).describe('What the rubric makes of it, criterion by criterion'),
});

/** One file of `content/assignments/`: an assignment of one chapter, ready to be loaded on the Build page. */
export const readyAssignmentSchema = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    .describe('Frozen identity; equals the file’s name'),
  chapter: z.number().int().min(1).max(6).describe('The chapter that it follows'),
  title: z.string().min(3).max(200).describe('Title, as students see it'),
  summary: z.string().min(20).max(300).describe('One sentence for the instructor who chooses'),
  instructions: z
    .string()
    .min(40)
    .max(assignmentCaps.instructions)
    .describe('For students, Markdown'),
  items: z
    .array(
      z.discriminatedUnion('kind', [
        z.strictObject({
          kind: z.literal('exercise'),
          id: itemIdSchema,
          points,
          partial: z.enum(['all-or-nothing', 'per-check']),
        }),
        z.strictObject({ kind: z.literal('quiz'), id: itemIdSchema, points }),
        z.strictObject({
          kind: z.literal('written'),
          id: itemIdSchema,
          points,
          prompt: z.string().min(40).max(assignmentCaps.prompt).describe('The question, Markdown'),
          rubric: z.array(criterionSchema.strict()).min(2).max(assignmentCaps.rubric),
          samples: z
            .strictObject({ excellent: sample, insufficient: sample })
            .describe('For whoever marks; not part of what students get'),
        }),
      ]),
    )
    .min(3)
    .max(assignmentCaps.items),
});

export type ReadyAssignment = z.infer<typeof readyAssignmentSchema>;
export type ReadyItem = ReadyAssignment['items'][number];
