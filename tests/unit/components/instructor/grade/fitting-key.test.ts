import { expect, it } from 'vitest';
import { fittingKey } from '../../../../../src/components/Instructor/Grade/fitting-key.ts';
import { makeSealKeys, writeSealKey } from '../../../../../src/instructor/seal-key.ts';

it('is the key of this assignment and of no other', async () => {
  const keys = await makeSealKeys('a0123456789');
  const text = writeSealKey(keys.private);
  expect(fittingKey(text, 'a0123456789')).toEqual(keys.private.key);
  expect(fittingKey(text, 'a9999999999')).toBeUndefined();
});
