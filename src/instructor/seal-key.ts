import type { Assignment } from '../schemas/assignment.ts';
import {
  sealKeyFileSchema,
  sealKeyFormat,
  sealKeyVersion,
  type SealKeyFile,
} from '../schemas/seal-key.ts';
import { subtle } from './hash.ts';
import { readVersioned, type FileKind } from './versioned-file.ts';

/** The two keys of an assignment: one goes into it, the other into a file that the instructor keeps. */
export interface SealKeys {
  public: NonNullable<Assignment['sealKey']>;
  private: SealKeyFile;
}

const sealKeyFile: FileKind<SealKeyFile> = {
  what: 'key file',
  code: 'seal-key',
  format: sealKeyFormat,
  version: sealKeyVersion,
  most: 20_000,
  schema: sealKeyFileSchema,
  steps: {},
  hint: 'Load the file that was saved on the Build page when the key was made. A lost key cannot be made again.',
};

/** Makes the keys of an assignment: RSA-OAEP of 3,072 bits with SHA-256. */
export const makeSealKeys = async (assignmentId: string): Promise<SealKeys> => {
  const pair = await subtle().generateKey(
    {
      name: 'RSA-OAEP',
      modulusLength: 3072,
      publicExponent: Uint8Array.of(1, 0, 1),
      hash: 'SHA-256',
    },
    true,
    ['encrypt', 'decrypt'],
  );
  const jwk = await subtle().exportKey('jwk', pair.privateKey);
  const file = sealKeyFileSchema.parse({
    readMe: [
      'The private key of an assignment of The Adventure of the Heavy Weights.',
      'It opens the sealed hand-ins of this assignment. Keep it, and keep it from students: it cannot be made again.',
    ],
    format: sealKeyFormat,
    version: sealKeyVersion,
    assignment: assignmentId,
    key: jwk,
  });
  return {
    public: { kty: 'RSA', n: file.key.n, e: file.key.e, alg: 'RSA-OAEP-256' },
    private: file,
  };
};

/** The text of a key file. */
export const writeSealKey = (file: SealKeyFile): string => `${JSON.stringify(file, null, 2)}\n`;

/**
 * Reads a key file.
 *
 * @throws ReaderError `seal-key-too-large`, `seal-key-not-json`, `seal-key-wrong-format`, `seal-key-newer`,
 *   `seal-key-damaged`
 */
export const readSealKey = (text: string): SealKeyFile => readVersioned(text, sealKeyFile);
