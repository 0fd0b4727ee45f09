import type { PredictionRecord } from '../../progress/records.ts';

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });

/** What is shown of a prediction: the reader’s own words and their day, or that there are none. */
export function keptWords(record: PredictionRecord | undefined): { words: string; kept: boolean } {
  if (!record) return { words: 'You have written nothing there.', kept: false };
  return { words: `“${record.answer}” (${day.format(record.updatedAt)})`, kept: true };
}
