import { ReaderError } from '../../shared/reader-error.ts';
import { describe } from '../numerics/arguments.ts';

/** The largest file that is opened. */
export const MOST_FILE_BYTES = 2 ** 30;

/** What a model can be opened from. */
export type ModelSource = Uint8Array | ArrayBuffer | Blob | string;

/**
 * The bytes of a file, wherever they are.
 *
 * @throws ReaderError `keras-source-invalid`, `keras-too-large`, `keras-not-fetched`
 * @internal
 */
export async function readSource(source: ModelSource): Promise<Uint8Array> {
  if (typeof source === 'string') return fetchBytes(source);
  if (source instanceof Uint8Array) return requireFits(source);
  if (source instanceof ArrayBuffer) return requireFits(new Uint8Array(source));
  if (typeof Blob === 'function' && source instanceof Blob) {
    if (source.size > MOST_FILE_BYTES) throw tooLarge(source.size);
    return new Uint8Array(await source.arrayBuffer());
  }
  throw new ReaderError({
    code: 'keras-source-invalid',
    explain: `loadModel takes the bytes of a file, a Blob or an address; ${describe(source)} came.`,
    hint: 'Read the file first: new Uint8Array(await file.arrayBuffer()).',
  });
}

function requireFits(bytes: Uint8Array): Uint8Array {
  if (bytes.length > MOST_FILE_BYTES) throw tooLarge(bytes.length);
  return bytes;
}

function tooLarge(size: number): ReaderError {
  return new ReaderError({
    code: 'keras-too-large',
    explain: `The file has ${size} bytes; files of up to ${MOST_FILE_BYTES} are opened.`,
    hint: 'Open a smaller model: what runs in a browser has some hundred megabytes at most.',
  });
}

async function fetchBytes(address: string): Promise<Uint8Array> {
  const refuse = (why: string): ReaderError =>
    new ReaderError({
      code: 'keras-not-fetched',
      explain: `The file at ${address.slice(0, 200)} cannot be fetched: ${why}.`,
      hint: 'Pass the bytes of the file instead; code in the book has no network.',
    });
  if (typeof globalThis.fetch !== 'function') throw refuse('there is no network here');
  let response: Response;
  try {
    response = await globalThis.fetch(address);
  } catch (error) {
    throw refuse(error instanceof Error ? error.message : String(error));
  }
  if (!response.ok || !response.body) throw refuse(`the answer was ${response.status}`);
  const pieces: Uint8Array[] = [];
  let length = 0;
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read().catch((error: unknown) => {
      throw refuse(error instanceof Error ? error.message : String(error));
    });
    if (done) break;
    length += value.length;
    if (length > MOST_FILE_BYTES) {
      await reader.cancel();
      throw tooLarge(length);
    }
    pieces.push(value);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
