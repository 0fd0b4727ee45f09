import { ReaderError } from '../shared/reader-error.ts';

/** LiteRT, or a part of it, could not be had. */
export function notLoaded(elaborate: string): ReaderError {
  return new ReaderError({
    code: 'litert-not-loaded',
    explain: 'LiteRT, the official runtime, could not be loaded.',
    elaborate,
    hint: 'Check the connection and try again; everything but this runtime works without it.',
  });
}
