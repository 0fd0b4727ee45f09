import { ReaderError } from 'heavy-weights';
import { expect } from 'vitest';

/** The ReaderError that something throws; anything else that it throws, or nothing, fails the test. */
export function readerError(run: () => unknown): ReaderError {
  try {
    run();
  } catch (error) {
    return asReaderError(error);
  }
  return expect.unreachable('nothing was thrown') as never;
}

/** The same of a promise. */
export async function rejectedWith(run: () => Promise<unknown>): Promise<ReaderError> {
  try {
    await run();
  } catch (error) {
    return asReaderError(error);
  }
  return expect.unreachable('nothing was thrown') as never;
}

function asReaderError(error: unknown): ReaderError {
  if (error instanceof ReaderError) return error;
  throw error;
}
