import { expect, it } from 'vitest';
import { unsavedKey } from '../../../../src/components/Instructor/Build/unsaved-key.ts';
import { makeSealKeys } from '../../../../src/instructor/seal-key.ts';
import { draft } from '../../instructor/build/catalogue.ts';

it('is said of a key in use that no file holds, until one does', async () => {
  const sealKeys = await makeSealKeys('a0123456789');
  const sealed = { ...draft(), sealKey: sealKeys.public };
  expect(unsavedKey({ draft: sealed, sealKeys })).toMatchObject([{ warning: true }]);
  expect(unsavedKey({ draft: sealed, sealKeys, keySaved: true })).toEqual([]);
  expect(unsavedKey({ draft: draft(), sealKeys })).toEqual([]);
  // Of an opened file there is only the public half: that is said elsewhere.
  expect(unsavedKey({ draft: sealed })).toEqual([]);
});
