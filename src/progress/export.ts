import type { ProgressData } from './records.ts';

/** First line of what a progress file is, and the version of its shape. */
export const exportFormat = 'heavy-weights-progress';
export const exportVersion = 2;

/** The text of a progress file. */
export const exportProgress = (data: ProgressData, now = new Date()): string =>
  `${JSON.stringify(
    {
      format: exportFormat,
      version: exportVersion,
      about:
        'A reader’s progress in The Adventure of the Heavy Weights. Open it on the case-book page.',
      exportedAt: now.toISOString(),
      data,
    },
    null,
    2,
  )}\n`;
