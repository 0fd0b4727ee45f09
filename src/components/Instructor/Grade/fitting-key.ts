import { readSealKey } from '../../../instructor/seal-key.ts';

/**
 * The key in a key file, if it is that of this assignment: another must not take the place of the one at hand.
 *
 * @param text - of the key file; throws what `readSealKey` does
 */
export const fittingKey = (text: string, assignment: string): JsonWebKey | undefined => {
  const file = readSealKey(text);
  return file.assignment === assignment ? file.key : undefined;
};
