import { ReaderError } from '../../shared/reader-error.ts';

/** Bytes that may still be unpacked. */
export interface Budget {
  /** Takes a file of so many bytes from it; the fault if that is too much, which then uses up nothing. */
  take(size: number): ReaderError | undefined;
}

/** A budget of bytes. */
export const makeBudget = (mostBytes: number): Budget => {
  let bytes = 0;
  return {
    take: (size) => {
      if (bytes + size > mostBytes) return tooMuch(mostBytes);
      bytes += size;
      return undefined;
    },
  };
};

/** Takes from each of several budgets; the first that is spent says so. */
export const takeAll = (budgets: readonly Budget[], size: number): ReaderError | undefined => {
  for (const budget of budgets) {
    const fault = budget.take(size);
    if (fault !== undefined) return fault;
  }
  return undefined;
};

const tooMuch = (most: number): ReaderError =>
  new ReaderError({
    code: 'batch-too-much',
    explain: `The files of the archive together unpack to more than ${most.toLocaleString('en-GB')} bytes; this one was not read.`,
    hint: 'Drop it by itself, or ask the student for the file that the book gave at Hand in.',
  });
