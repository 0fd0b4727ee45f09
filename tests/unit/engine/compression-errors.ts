import { ReaderError } from 'heavy-weights';
import { expect } from 'vitest';

/** Calls what must fail and gives the error, which must be one for readers. */
export function errorOf(call: () => unknown): ReaderError {
  try {
    call();
  } catch (error) {
    expect(error).toBeInstanceOf(ReaderError);
    return error as ReaderError;
  }
  throw new Error('the call did not throw');
}

/** The same of a promise. */
export async function rejectionOf(call: () => Promise<unknown>): Promise<ReaderError> {
  const error: unknown = await call().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ReaderError);
  return error as ReaderError;
}
