import { z } from 'zod';

/** `content/python-names.yaml`: names that the Python twins may use. */
export const pythonNamesSchema = z.array(
  z.strictObject({
    name: z
      .string()
      .regex(/^(tf|tfmot|ai_edge_litert)(\.[A-Za-z_]\w*)+$/)
      .describe('The dotted name, from tf, tfmot or ai_edge_litert; keras is written tf.keras'),
    source: z.url({ protocol: /^https$/ }).describe('The page that documents it'),
  }),
);
