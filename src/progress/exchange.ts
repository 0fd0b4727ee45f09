import { z } from 'zod';
import { progressFileSchema } from '../schemas/progress.ts';
import { ReaderError } from '../shared/reader-error.ts';
import { STORE_NAMES } from './database.ts';
import { mergeRecord } from './merge.ts';
import type { RecordOf } from './keeper.ts';
import type { ProgressData, StoreName } from './records.ts';

const FORMAT = 'heavy-weights-progress';
const VERSION = 1;
/** A reader's whole book is well under a megabyte; more is some other file. */
const LARGEST = 20_000_000;

/** What an import would do; nothing is written by making it. */
export interface ImportPreview {
  exportedAt: string;
  /** Records in the file that are not here yet, and that are here already. */
  added: number;
  merged: number;
  writes: { store: StoreName; record: RecordOf<StoreName> }[];
}

/** The text of an export file. */
export function writeExport(data: ProgressData, now = new Date()): string {
  return `${JSON.stringify({ format: FORMAT, version: VERSION, exportedAt: now.toISOString(), data }, null, 2)}\n`;
}

/**
 * Reads an export file and says what merging it would change.
 *
 * @throws {ReaderError} naming what is wrong with the file: not JSON, another kind of file, a newer version, or
 * the first damaged record.
 */
export function previewImport(text: string, present: ProgressData): ImportPreview {
  const file = readFile(text);
  const preview: ImportPreview = { exportedAt: file.exportedAt, added: 0, merged: 0, writes: [] };
  for (const store of STORE_NAMES) {
    const here = new Map(present[store].map((record) => [record.id, record]));
    for (const record of file.data[store] as RecordOf<StoreName>[]) {
      const kept = here.get(record.id);
      if (kept) preview.merged += 1;
      else preview.added += 1;
      preview.writes.push({ store, record: mergeRecord(store, kept, record) });
    }
  }
  return preview;
}

function readFile(text: string): z.infer<typeof progressFileSchema> {
  const nothingChanged = 'Nothing of yours was changed.';
  if (text.length > LARGEST) {
    throw new ReaderError({
      code: 'progress-file-too-large',
      explain: `This file is too large to be a case-book: ${text.length.toLocaleString('en-GB')} characters.`,
      hint: `Choose a file that this book exported. ${nothingChanged}`,
    });
  }
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new ReaderError({
      code: 'progress-file-not-json',
      explain: 'This file cannot be read: it is not a case-book, or it was cut short.',
      elaborate: error instanceof Error ? `The reader stopped at: ${error.message}.` : '',
      hint: `Export it again and choose the new file. ${nothingChanged}`,
    });
  }
  const head = z.object({ format: z.string(), version: z.number() }).safeParse(json);
  if (!head.success || head.data.format !== FORMAT) {
    throw new ReaderError({
      code: 'progress-file-foreign',
      explain: 'This is a JSON file, but not a case-book of this book.',
      elaborate: `Its "format" should be "${FORMAT}".`,
      hint: `Choose a file that the case-book page exported. ${nothingChanged}`,
    });
  }
  if (head.data.version > VERSION) {
    throw new ReaderError({
      code: 'progress-file-newer',
      explain: `This case-book was written by a newer edition (format ${head.data.version}; this one reads up to ${VERSION}).`,
      hint: `Update the book, then import the file again. ${nothingChanged}`,
    });
  }
  const whole = progressFileSchema.safeParse(json);
  if (!whole.success) {
    const issue = whole.error.issues[0];
    throw new ReaderError({
      code: 'progress-file-damaged',
      explain: `This case-book is damaged at ${issue?.path.join('.') || 'its top'}: ${issue?.message ?? 'unknown'}.`,
      hint: `Export it again, or mend that entry. ${nothingChanged}`,
    });
  }
  return whole.data;
}
