import { newAssignmentId } from '../../../instructor/assignment-id.ts';
import {
  copyDraft,
  newDraft,
  type Beginning,
  type Draft,
} from '../../../instructor/build/draft.ts';
import { catalogueIndex, type Catalogue } from '../../../instructor/catalogue.ts';
import { takePresentVersions } from '../../../instructor/build/edit-items.ts';
import { fromReady } from '../../../instructor/ready-assignment.ts';
import type { ReadyAssignment } from '../../../schemas/ready-assignment.ts';
import { ReaderError } from '../../../shared/reader-error.ts';
import { siteBase } from '../../live/services.ts';
import { assignmentOfFile } from '../shared/assignment-of-file.ts';
import type { ShelfRecord } from '../store/shelf.ts';

const beginning = ({ book }: Catalogue): Beginning => ({
  id: newAssignmentId(),
  book,
  now: new Date(),
});

const record = (draft: Draft): ShelfRecord => ({ id: draft.id, draft, updatedAt: Date.now() });

/** An empty assignment. */
export const emptyRecord = (catalogue: Catalogue): ShelfRecord =>
  record(newDraft(beginning(catalogue)));

/** A copy with an identity of its own, of the versions that this printing has. */
export const copiedRecord = ({ draft }: ShelfRecord, catalogue: Catalogue): ShelfRecord =>
  record(takePresentVersions(copyDraft(draft, beginning(catalogue)), catalogueIndex(catalogue)));

/** One of the ready-made assignments, by its id. */
export const readyRecord = async (id: string, catalogue: Catalogue): Promise<ShelfRecord> => {
  const response = await fetch(`${siteBase}instructors/ready-made.json`).catch(() => undefined);
  if (!response?.ok) {
    throw new ReaderError({
      code: 'ready-assignment-not-fetched',
      explain: 'The ready-made assignment could not be fetched.',
      hint: 'Check the connection and try again.',
    });
  }
  const ready = ((await response.json()) as ReadyAssignment[]).find((each) => each.id === id);
  if (ready === undefined) throw new Error(`There is no ready-made assignment “${id}”.`);
  const { now, ...begun } = beginning(catalogue);
  return record(fromReady(ready, catalogue.items, { ...begun, createdAt: now.toISOString() }));
};

/**
 * The assignment of a file, with its own identity: it is the same assignment.
 *
 * @throws ReaderError of `assignmentOfFile`
 */
export const fileRecord = async (file: File): Promise<ShelfRecord> =>
  record(await assignmentOfFile(file, 'Choose the .json file that was saved on this page.'));
