import type { ZodType } from 'zod';
import { progressSchemas } from '../schemas/progress.ts';
import { ReaderError } from '../shared/reader-error.ts';
import { storeNames } from './database.ts';
import { exportFormat, exportVersion } from './export.ts';
import type { MergeCounts } from './merge.ts';
import type { ProgressData, StoreName } from './records.ts';

/** A record of the file that cannot be read, and what is wrong with it. */
export interface DamagedRecord {
  /** Such as `exercises[3]`. */
  where: string;
  what: string;
}

export interface ImportReport extends MergeCounts {
  damaged: DamagedRecord[];
}

/** The version of the file in which each store came in: an earlier one has nothing of it. */
const since: Record<StoreName, number> = {
  cells: 1,
  exercises: 1,
  quizzes: 1,
  predictions: 1,
  places: 1,
  settings: 1,
  boards: 2,
};

const largest = 50_000_000;
const saveAgain = 'Save the file again from the case-book of the browser it came from.';

/**
 * Reads a progress file: the records that are whole, and a list of those that are not.
 *
 * @throws {ReaderError} when the text is no progress file, is of a newer printing, or has no whole record.
 */
export const readExport = (text: string): { data: ProgressData; damaged: DamagedRecord[] } => {
  const { version, data: stores } = envelope(text);
  if (version > exportVersion) {
    throw new ReaderError({
      code: 'progress-newer',
      explain: `This progress file is of version ${version}; this printing of the book reads up to version ${exportVersion}.`,
      hint: 'Open the book’s newest printing (its page offers it when you are online) and import the file there. Nothing here was changed.',
    });
  }
  const damaged: DamagedRecord[] = [];
  const data: Record<string, unknown[]> = {};
  for (const store of storeNames) {
    data[store] = [];
    if (version < since[store]) continue;
    const list = stores[store];
    if (!Array.isArray(list)) {
      damaged.push({ where: store, what: `expected a list; came ${describe(list)}` });
      continue;
    }
    const schema: ZodType = progressSchemas[store];
    for (const [index, record] of list.entries()) {
      const result = schema.safeParse(record);
      if (result.success) data[store].push(result.data);
      else damaged.push({ where: `${store}[${index}]`, what: firstProblem(result.error.issues) });
    }
  }
  const whole = Object.values(data).reduce((sum, list) => sum + list.length, 0);
  if (whole === 0 && damaged.length > 0) {
    const [first] = damaged;
    throw new ReaderError({
      code: 'progress-damaged',
      explain: 'This progress file is damaged: no record in it is whole.',
      elaborate: `The first fault is in ${first?.where}: ${first?.what}.`,
      hint: `${saveAgain} Nothing here was changed.`,
    });
  }
  return { data: data as unknown as ProgressData, damaged };
};

/** The file's outer shape. */
const envelope = (text: string): { version: number; data: Record<string, unknown> } => {
  const refuse = (code: string, explain: string, elaborate?: string): never => {
    throw new ReaderError({
      code,
      explain,
      ...(elaborate === undefined ? {} : { elaborate }),
      hint: `${saveAgain} Nothing here was changed.`,
    });
  };
  if (text.length > largest) {
    refuse(
      'progress-too-large',
      `This file has ${text.length} characters; a progress file has at most ${largest}.`,
    );
  }
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    refuse(
      'progress-not-json',
      'This file is not a progress file, or it was cut short: it is not whole JSON.',
      `The reader of JSON says: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
  if (!isRecord(value) || value['format'] !== exportFormat) {
    const came = isRecord(value) ? describe(value['format']) : describe(value);
    return refuse(
      'progress-wrong-format',
      'This file is not a progress file of the book.',
      `Expected format "${exportFormat}"; came ${came}.`,
    );
  }
  const { version, data } = value;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    return refuse(
      'progress-damaged',
      'This progress file is damaged.',
      `Expected a version; came ${describe(version)}.`,
    );
  }
  // A newer file may well have another shape inside: its version is judged before its data.
  if (version > exportVersion) return { version, data: {} };
  if (!isRecord(data)) {
    return refuse(
      'progress-damaged',
      'This progress file is damaged.',
      `Expected its data; came ${describe(data)}.`,
    );
  }
  return { version, data };
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const describe = (value: unknown): string => {
  const text = value === undefined ? 'nothing' : (JSON.stringify(value) ?? typeof value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
};

const firstProblem = (issues: readonly { path: PropertyKey[]; message: string }[]): string => {
  const [issue] = issues;
  const path = issue?.path.map(String).join('.');
  return `${path ? `${path}: ` : ''}${issue?.message ?? 'not a record'}`;
};
