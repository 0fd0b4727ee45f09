/**
 * Sealed hand-ins: AES-GCM under a key of their own, which is under the RSA-OAEP key of the assignment. What students
 * put on a shared drive can then be opened by the holder of the private key alone.
 */
import type { Assignment } from '../schemas/assignment.ts';
import { sealedFormat, sealedSchema, sealedVersion, type Sealed } from '../schemas/hand-in.ts';
import { ReaderError } from '../shared/reader-error.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { subtle } from './hash.ts';
import { readVersioned, type FileKind } from './versioned-file.ts';

export type PublicSealKey = NonNullable<Assignment['sealKey']>;

const RSA = { name: 'RSA-OAEP', hash: 'SHA-256' } as const;
const AES = 'AES-GCM';
/** Bytes of the nonce, as AES-GCM wants it. */
const IV = 12;

const sealedFile: FileKind<Sealed> = {
  what: 'sealed hand-in',
  code: 'sealed',
  format: sealedFormat,
  version: sealedVersion,
  most: 30_000_000,
  schema: sealedSchema,
  steps: {},
  hint: 'Ask the student to press Hand in again, and to hand in the new file unopened.',
};

/** Seals the text of a hand-in's file for the holder of an assignment's private key. */
export const seal = async (
  file: string,
  assignmentId: string,
  sealKey: PublicSealKey,
): Promise<Sealed> => {
  const { kty, n, e } = sealKey;
  const publicKey = await subtle().importKey('jwk', { kty, n, e, ext: true }, RSA, false, [
    'encrypt',
  ]);
  const key = await subtle().generateKey({ name: AES, length: 256 }, true, ['encrypt']);
  const iv = crypto.getRandomValues(new Uint8Array(IV));
  const data = await subtle().encrypt(
    { name: AES, iv, additionalData: boundTo(assignmentId) },
    key,
    new TextEncoder().encode(file),
  );
  const wrapped = await subtle().encrypt(RSA, publicKey, await subtle().exportKey('raw', key));
  return {
    format: sealedFormat,
    version: sealedVersion,
    assignment: assignmentId,
    key: toBase64(new Uint8Array(wrapped)),
    iv: toBase64(iv),
    data: toBase64(new Uint8Array(data)),
  };
};

/**
 * The text of the hand-in's file that was sealed.
 *
 * @throws ReaderError `seal-wrong-key` if the key is of another assignment, or the file was changed
 */
export const unseal = async (sealed: Sealed, privateKey: JsonWebKey): Promise<string> => {
  try {
    const own = await subtle().importKey('jwk', privateKey, RSA, false, ['decrypt']);
    const raw = await subtle().decrypt(RSA, own, fromBase64(sealed.key));
    const key = await subtle().importKey('raw', raw, AES, false, ['decrypt']);
    const data = await subtle().decrypt(
      { name: AES, iv: fromBase64(sealed.iv), additionalData: boundTo(sealed.assignment) },
      key,
      fromBase64(sealed.data),
    );
    return new TextDecoder('utf-8', { fatal: true }).decode(data);
  } catch (error) {
    if (error instanceof ReaderError) throw error;
    throw new ReaderError({
      code: 'seal-wrong-key',
      explain: `This sealed hand-in (assignment ${sealed.assignment}) does not open with this key.`,
      elaborate: 'The key is of another assignment, or the file was changed after it was sealed.',
      hint: 'Load the key file that was saved when this assignment was made.',
    });
  }
};

/** The text of a sealed hand-in's file. */
export const writeSealed = (sealed: Sealed): string => `${JSON.stringify(sealed, null, 2)}\n`;

/** Whether parsed JSON claims to be a sealed hand-in. */
export const isSealed = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'format' in value && value.format === sealedFormat;

/**
 * Reads a sealed hand-in's file.
 *
 * @throws ReaderError `sealed-too-large`, `sealed-not-json`, `sealed-wrong-format`, `sealed-newer`, `sealed-damaged`
 */
export const readSealed = (text: string): Sealed => readVersioned(text, sealedFile);

const boundTo = (assignmentId: string): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(assignmentId);
