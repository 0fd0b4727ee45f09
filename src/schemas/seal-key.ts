import { z } from 'zod';
import { assignmentIdSchema } from './assignment.ts';

/** What the file of a private key says it is, and the version of its shape. */
export const sealKeyFormat = 'heavy-weights-seal-key';
export const sealKeyVersion = 1;

const number = z
  .string()
  .min(1)
  .max(1_400)
  .regex(/^[\w-]+$/);

/** The file that opens the sealed hand-ins of one assignment. Its holder keeps it from students. */
export const sealKeyFileSchema = z.object({
  readMe: z.array(z.string()).max(20),
  format: z.literal(sealKeyFormat),
  version: z.literal(sealKeyVersion),
  assignment: assignmentIdSchema,
  key: z
    .object({
      kty: z.literal('RSA'),
      n: number,
      e: number,
      d: number,
      p: number,
      q: number,
      dp: number,
      dq: number,
      qi: number,
    })
    .describe('The private key, a JSON Web Key'),
});

export type SealKeyFile = z.infer<typeof sealKeyFileSchema>;
