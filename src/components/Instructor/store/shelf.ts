import type { IDBPDatabase } from 'idb';
import type { Draft } from '../../../instructor/build/draft.ts';
import type { PinnedExercise, PinnedQuestion } from '../../../schemas/assignment.ts';
import type { SealKeys } from '../../../instructor/seal-key.ts';
import { openKept, type Step } from './open-kept.ts';

/** Apart from the reader's progress: an instructor may be a reader too, and erasing the one must not erase the other. */
const instructorDatabase = 'heavy-weights-instructor';
/** Where assignments that are being made are kept, by id. */
const ASSIGNMENTS = 'assignments';
const steps: readonly Step[] = [
  (database) => {
    database.createObjectStore(ASSIGNMENTS, { keyPath: 'id' });
  },
];

/** An assignment on the instructor's shelf. */
export interface ShelfRecord {
  /** The assignment's. */
  id: string;
  draft: Draft;
  /** For sealed hand-ins. The private one never leaves this browser except into the key's own file. */
  sealKeys?: SealKeys;
  /** Whether the private key was saved to its file. */
  keySaved?: boolean;
  /** When its link or file was last made, the hash that hand-ins then name, and its items as they were then. */
  givenOut?: {
    at: string;
    hash: string;
    pinned: Record<string, PinnedExercise>;
    /** An older record has none. */
    pinnedQuestions?: Record<string, PinnedQuestion>;
  };
  updatedAt: number;
}

/** The assignments that an instructor has made, in this browser only. */
export interface Shelf {
  /** All, the last edited first. */
  all(): Promise<ShelfRecord[]>;
  get(id: string): Promise<ShelfRecord | undefined>;
  save(record: ShelfRecord): Promise<void>;
  remove(id: string): Promise<void>;
  /** Calls `listener` after a change in another tab; returns how to stop that. */
  subscribe(listener: () => void): () => void;
  /** Whether what is saved outlives the page. */
  readonly lasting: boolean;
  /** Lets go of the database; a page need not. */
  close(): void;
}

const channelName = 'heavy-weights:instructor';

/** Opens the shelf. It always opens: where the browser stores nothing, it lasts as long as the page. */
export const openShelf = async ({
  name = instructorDatabase,
}: { name?: string } = {}): Promise<Shelf> => {
  /** What the database did not take, laid over what it has; `undefined` for what was removed. */
  const held = new Map<string, ShelfRecord | undefined>();
  const kept = await openKept(name, steps, (trouble, error) => {
    if (trouble === 'refused')
      console.warn('The assignment could not be kept in this browser.', error);
  });
  const channel =
    typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(channelName);

  const write = async (
    id: string,
    record: ShelfRecord | undefined,
    work: (open: IDBPDatabase) => Promise<unknown>,
  ): Promise<void> => {
    if (await kept.attempt(work)) held.delete(id);
    else held.set(id, record);
    channel?.postMessage(id);
  };
  const stored = async (): Promise<Map<string, ShelfRecord>> => {
    const records = new Map<string, ShelfRecord>();
    await kept.attempt(async (open) => {
      for (const record of (await open.getAll(ASSIGNMENTS)) as ShelfRecord[])
        records.set(record.id, record);
    });
    for (const [id, record] of held) {
      if (record === undefined) records.delete(id);
      else records.set(id, record);
    }
    return records;
  };

  return {
    all: async () => [...(await stored()).values()].sort((a, b) => b.updatedAt - a.updatedAt),
    get: async (id) => (await stored()).get(id),
    save: (record) => write(record.id, record, (open) => open.put(ASSIGNMENTS, record)),
    remove: (id) => write(id, undefined, (open) => open.delete(ASSIGNMENTS, id)),
    subscribe: (listener) => {
      const heard = (): void => {
        listener();
      };
      channel?.addEventListener('message', heard);
      return () => channel?.removeEventListener('message', heard);
    },
    get lasting() {
      return kept.database !== undefined && held.size === 0;
    },
    close: () => {
      kept.close();
      channel?.close();
    },
  };
};
