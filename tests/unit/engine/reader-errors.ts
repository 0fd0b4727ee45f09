import { ReaderError } from 'heavy-weights';

/** The code of the ReaderError that something throws; anything else that it throws goes on. */
export function codeOf(run: () => unknown): string | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    if (error instanceof ReaderError) return error.code;
    throw error;
  }
}
