import { z } from 'zod';
import { SABOTAGES } from '../../crime/sabotages.ts';

/** One sealed envelope of `content/endings.yaml`. */
const endingSchema = z.strictObject({
  of: z.enum(SABOTAGES).describe('The deed; whose it is, src/crime/suspects.ts says'),
  text: z.string().min(100).describe('What Watson writes of it, in Markdown'),
});

/** All of them: each deed once, in the order in which the six are named. */
export const endingsSchema = z
  .array(endingSchema)
  .refine(
    (endings) =>
      endings.length === SABOTAGES.length && SABOTAGES.every((of, i) => endings[i]?.of === of),
    { message: `There is one ending for each of ${SABOTAGES.join(', ')}, in this order.` },
  );
