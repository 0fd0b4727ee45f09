import { beforeAll, describe, expect, it } from 'vitest';
import { parseAssignment } from '../../../src/instructor/assignment-file.ts';
import { readHandIn, writeHandIn } from '../../../src/instructor/hand-in-file.ts';
import { handInText, readHandInText } from '../../../src/instructor/hand-in-text.ts';
import { isSealed, readSealed, seal, unseal, writeSealed } from '../../../src/instructor/seal.ts';
import {
  makeSealKeys,
  readSealKey,
  writeSealKey,
  type SealKeys,
} from '../../../src/instructor/seal-key.ts';
import { codeOf, exampleAssignment } from './example-assignment.ts';
import { exampleHandIn } from './example-hand-in.ts';

let keys: SealKeys;
let others: SealKeys;

beforeAll(async () => {
  [keys, others] = await Promise.all([makeSealKeys('a0123456789'), makeSealKeys('a9876543210')]);
});

describe('a sealed hand-in', () => {
  it('opens with the private key of its assignment, to the very byte', async () => {
    const file = writeHandIn(await exampleHandIn());
    const sealed = readSealed(writeSealed(await seal(file, 'a0123456789', keys.public)));
    expect(await unseal(sealed, keys.private.key)).toBe(file);
    expect(readHandIn(await unseal(sealed, keys.private.key)).student.id).toBe('m2044');
  });

  it('shows nothing of what it holds, and is sealed anew each time', async () => {
    const file = writeHandIn(await exampleHandIn());
    const [one, two] = await Promise.all([
      seal(file, 'a0123456789', keys.public),
      seal(file, 'a0123456789', keys.public),
    ]);
    expect(atob(one.data)).not.toContain('scaleAndZeroPoint');
    expect(one.data).not.toBe(two.data);
    expect(one.iv).not.toBe(two.iv);
  });

  it('opens with no other key, and not once it was changed', async () => {
    const sealed = await seal('{}', 'a0123456789', keys.public);
    expect(await codeOf(() => unseal(sealed, others.private.key))).toBe('seal-wrong-key');
    const flipped = `${sealed.data.startsWith('A') ? 'B' : 'A'}${sealed.data.slice(1)}`;
    for (const changed of [
      { ...sealed, data: flipped },
      { ...sealed, assignment: 'a9876543210' },
      { ...sealed, iv: btoa('000000000000') },
      { ...sealed, key: others.public.n },
      { ...sealed, data: 'AA' },
    ]) {
      expect(await codeOf(() => unseal(changed, keys.private.key))).toBe('seal-wrong-key');
    }
  });

  it('is told from an open one', async () => {
    expect(isSealed(await seal('{}', 'a0123456789', keys.public))).toBe(true);
    expect(isSealed(await exampleHandIn())).toBe(false);
    for (const other of [null, 1, 'heavy-weights-sealed', []]) expect(isSealed(other)).toBe(false);
    expect(await codeOf(() => readSealed(JSON.stringify({ format: 'x' })))).toBe(
      'sealed-wrong-format',
    );
  });

  it('can be pasted as text', async () => {
    const sealed = writeSealed(await seal('{}', 'a0123456789', keys.public));
    expect(readHandInText(handInText(sealed))).toBe(sealed);
  });
});

describe('the keys', () => {
  it('fit an assignment, which gets the public one only', () => {
    expect(parseAssignment(exampleAssignment({ sealKey: keys.public })).sealKey).toEqual(
      keys.public,
    );
    expect(Object.keys(keys.public).sort()).toEqual(['alg', 'e', 'kty', 'n']);
  });

  it('come back from their file', async () => {
    expect(readSealKey(writeSealKey(keys.private))).toEqual(keys.private);
    expect(keys.private.assignment).toBe('a0123456789');
    expect(await codeOf(() => readSealKey(writeSealKey(keys.private).slice(0, -9)))).toBe(
      'seal-key-not-json',
    );
    const { d: _, ...publicPart } = keys.private.key;
    const without = JSON.stringify({ ...keys.private, key: publicPart });
    expect(await codeOf(() => readSealKey(without))).toBe('seal-key-damaged');
  });
});
