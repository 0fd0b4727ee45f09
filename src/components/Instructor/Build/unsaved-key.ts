import type { DraftFault } from '../../../instructor/build/draft-faults.ts';
import type { ShelfRecord } from '../store/shelf.ts';

/** A private key that is in this browser only: with its data, every sealed hand-in would be lost. */
export const unsavedKey = ({
  draft,
  sealKeys,
  keySaved = false,
}: Pick<ShelfRecord, 'draft' | 'sealKeys' | 'keySaved'>): DraftFault[] =>
  draft.sealKey !== undefined && sealKeys?.public.n === draft.sealKey.n && !keySaved
    ? [
        {
          part: 'policy',
          words:
            'The key is in this browser only: save it to a file, or sealed hand-ins may be lost.',
          warning: true,
        },
      ]
    : [];
