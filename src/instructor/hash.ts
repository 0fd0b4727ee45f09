import { ReaderError } from '../shared/reader-error.ts';

/** The browser's cryptography, which it offers on https and on localhost only. */
export const subtle = (): SubtleCrypto => {
  const found = (globalThis.crypto as Crypto | undefined)?.subtle as SubtleCrypto | undefined;
  if (found !== undefined) return found;
  throw new ReaderError({
    code: 'no-cryptography',
    explain:
      'This page cannot compute hashes: the browser offers its cryptography on secure addresses only.',
    hint: 'Open the book by https, or on this computer by http://localhost.',
  });
};

/** The 32 bytes of the SHA-256 of a text, as UTF-8. */
export const sha256 = async (text: string): Promise<Uint8Array> =>
  new Uint8Array(await subtle().digest('SHA-256', new TextEncoder().encode(text)));

/** The SHA-256 of a text in 64 hexadecimal figures. */
export const sha256Hex = async (text: string): Promise<string> =>
  Array.from(await sha256(text), (byte) => byte.toString(16).padStart(2, '0')).join('');
