import { ReaderError, type ReaderErrorData } from '../../../shared/reader-error.ts';

const format = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

/** A time in this machine's zone, short; what is no time is shown as it came. */
export const timeWords = (time: string): string => {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? time : format.format(date);
};

/** `1 hand-in`, `12 hand-ins`. */
export const counted = (count: number, one: string, more = `${one}s`): string =>
  `${count.toLocaleString('en-GB')} ${count === 1 ? one : more}`;

/** Any error as the data of a message. */
export const errorData = (error: unknown): ReaderErrorData => {
  if (error instanceof ReaderError) return error.toData();
  console.error(error);
  return {
    code: 'unexpected',
    explain: 'Something went wrong in the page itself.',
    elaborate: error instanceof Error ? error.message : String(error),
    hint: 'Reload the page; what was graded is kept.',
  };
};
