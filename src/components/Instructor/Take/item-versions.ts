import type { CatalogueItem } from '../../../instructor/catalogue.ts';
import type { Assignment, Item, PinnedExercise } from '../../../schemas/assignment.ts';
import { itemKey } from './taken.ts';

/** By what an item is judged on this page, where the book has moved on since the assignment was made. */
export interface ItemVersion {
  /** That of the assignment, or of the book where the assignment did not bring its sheet. */
  version: string;
  /** The sheet that the assignment brought, used because the book's is another. */
  pinned?: PinnedExercise;
  /** Whether the student works with other checks or options than the assignment was made with. */
  drift: boolean;
}

/** The version of an exercise or a question as the student gets it; undefined for a written one, which has none. */
export const itemVersionAt = (
  item: Item,
  pinned: Assignment['pinned'],
  catalogue: ReadonlyMap<string, CatalogueItem> | undefined,
): ItemVersion | undefined => {
  if (item.kind === 'written') return undefined;
  const now = catalogue?.get(itemKey(item))?.version;
  if (now === undefined || now === item.version) return { version: item.version, drift: false };
  const brought =
    item.kind === 'exercise' && pinned !== undefined && Object.hasOwn(pinned, item.id)
      ? pinned[item.id]
      : undefined;
  return brought?.version === item.version
    ? { version: item.version, pinned: brought, drift: false }
    : { version: now, drift: true };
};
