import {
  buildHandIn,
  writeHandIn,
  type HandInParts,
} from '../../../../src/instructor/hand-in-file.ts';
import type { BatchInput } from '../../../../src/instructor/batch/found-file.ts';
import type { BatchRow } from '../../../../src/instructor/batch/batch-row.ts';
import { readBatch, type BatchOptions } from '../../../../src/instructor/batch/read-batch.ts';
import { exampleAssignment } from '../example-assignment.ts';

export const assignment = exampleAssignment();

/** The text of a hand-in's file. */
export const fileOf = async (
  name: string,
  id: string,
  changes: Partial<HandInParts> = {},
): Promise<string> =>
  writeHandIn(
    await buildHandIn({
      assignment,
      student: { name, id },
      book: '0.1.0',
      startedAt: '2026-09-08T09:00:00Z',
      handedInAt: '2026-09-09T10:00:00Z',
      answers: [{ kind: 'written', id: 'why-zero', text: `Because of padding, says ${name}.` }],
      ...changes,
    }),
  );

export const input = (
  path: string,
  content: string | Uint8Array,
  modified = '2026-09-10T12:00:00Z',
): BatchInput => ({
  path,
  blob: new Blob([content as BlobPart]),
  modified: Date.parse(modified),
});

export const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Rows of a batch by path. */
export const read = async (
  inputs: readonly BatchInput[],
  options: Partial<BatchOptions> = {},
): Promise<Map<string, BatchRow>> => {
  const { rows } = await readBatch(inputs, { assignment, ...options });
  return new Map(rows.map((row) => [row.path, row]));
};

export const codes = (row: BatchRow | undefined): string[] =>
  (row?.remarks ?? []).map(({ code }) => code).sort();
