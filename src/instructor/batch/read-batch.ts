import type { Assignment } from '../../schemas/assignment.ts';
import { ReaderError } from '../../shared/reader-error.ts';
import { assignmentHash } from '../assignment-file.ts';
import { arrange, type Looked } from './arrange.ts';
import { arrivalRemarks } from './arrival-remarks.ts';
import { batchCaps, type BatchCaps } from './batch-caps.ts';
import { isRead, type BatchRow } from './batch-row.ts';
import { findFiles } from './find-files.ts';
import type { BatchInput, FoundFile } from './found-file.ts';
import type { LmsLayout } from './lms-name.ts';
import { lmsNames } from './lms-names.ts';
import { openHandIn } from './open-hand-in.ts';
import { addSharedRemarks, ownRemarks } from './row-remarks.ts';
import { senderOf, settleDuplicates } from './settle-duplicates.ts';

export interface BatchOptions {
  assignment: Assignment;
  /** For sealed hand-ins. */
  privateKey?: JsonWebKey;
  /** Stops the reading; what was read by then is given back. */
  signal?: AbortSignal;
  onProgress?: (done: { files: number; refused: number }) => void;
  caps?: Partial<BatchCaps>;
}

export interface Batch {
  /** By path. */
  rows: BatchRow[];
  /** How the files are named. */
  layout: LmsLayout;
  /** Paths that were not looked into: files of the system, notes of the LMS. */
  ignored: string[];
  /** Stop was pressed before the end. */
  stopped: boolean;
}

/**
 * Reads hand-ins out of files, folders and archives, as a course system exports them or as students sent them. Each file
 * becomes a row: read, or refused with the reason. No file keeps another from being read, and nothing of any is believed
 * but what fits the schema; whether its answers are right is for the grader to find out.
 */
export const readBatch = async (
  inputs: readonly BatchInput[],
  { assignment, privateKey, signal, onProgress, caps }: BatchOptions,
): Promise<Batch> => {
  const looked: Looked[] = [];
  const ignored: string[] = [];
  let refused = 0;
  const openWith = { assignment, ...(privateKey === undefined ? {} : { privateKey }) };
  for await (const found of findFiles(inputs, { ...batchCaps, ...caps })) {
    if (signal?.aborted === true) break;
    if (found.kind === 'ignored') {
      ignored.push(found.path);
      continue;
    }
    const one = await look(found, openWith);
    if (one.fault !== undefined) refused++;
    looked.push(one);
    onProgress?.({ files: looked.length, refused });
  }
  looked.sort((a, b) => byPath.compare(a.place.path, b.place.path));
  const names = lmsNames(looked.map(({ place }) => place));
  const rows: BatchRow[] = [];
  for (const row of arrange(looked, names)) {
    if (row.lms?.notice === true && !isRead(row)) ignored.push(row.path);
    else rows.push(row);
  }
  const hash = await assignmentHash(assignment);
  const read = rows.filter(isRead);
  for (const row of read) {
    row.remarks.push(...(await ownRemarks(row, hash)), ...arrivalRemarks(row, assignment));
  }
  addSharedRemarks(read, senderOf);
  return {
    rows: settleDuplicates(rows),
    layout: names.layout,
    ignored,
    stopped: signal?.aborted === true,
  };
};

const byPath = new Intl.Collator('en', { numeric: true });

const look = async (
  found: Exclude<FoundFile, { kind: 'ignored' }>,
  openWith: Parameters<typeof openHandIn>[1],
): Promise<Looked> => {
  const { place } = found;
  if (found.kind === 'fault') return { place, fault: found.fault.toData() };
  try {
    return { place, handIn: await openHandIn(found.bytes, openWith) };
  } catch (error) {
    if (error instanceof ReaderError) return { place, fault: error.toData() };
    return {
      place,
      fault: {
        code: 'hand-in-unreadable',
        explain: 'This file could not be read as a hand-in.',
        elaborate: `The reader says: ${error instanceof Error ? error.message : String(error)}.`,
        hint: 'Ask the student to hand in again.',
      },
    };
  }
};
