import {
  assignmentFormat,
  assignmentVersion,
  type Assignment,
  type Item,
} from '../../schemas/assignment.ts';
import { catalogueKey, type CatalogueItem } from '../catalogue.ts';
import { defaultRules } from '../ready-assignment.ts';

/**
 * An assignment while it is being made: of an assignment's shape, but perhaps without a title, without items, with
 * a rubric that does not add up. `draftFaults` says what is missing. A draft is a value: edits make another.
 */
export type Draft = Assignment;

/** What must be known to begin one. */
export interface Beginning {
  id: string;
  /** The printing: the package's version. */
  book: string;
  now: Date;
}

/** An empty assignment. */
export const newDraft = ({ id, book, now }: Beginning): Draft => ({
  format: assignmentFormat,
  version: assignmentVersion,
  id,
  title: '',
  instructions: '',
  book,
  createdAt: now.toISOString(),
  items: [],
  ...defaultRules(),
});

/**
 * The same assignment for another term: an identity of its own, without what belonged to the old one's students. Nor
 * is the key to its sealed hand-ins shared: whoever opens those of one should not open the other's.
 */
export const copyDraft = (draft: Draft, { id, book, now }: Beginning): Draft => {
  const { sealKey: _key, pinned: _pinned, pinnedQuestions: _questions, ...rest } = draft;
  return {
    ...rest,
    id,
    book,
    createdAt: now.toISOString(),
    title: `${draft.title || 'Untitled'} (copy)`.slice(0, 200),
    exceptions: [],
  };
};

/** The points of all items. */
export const draftPoints = ({ items }: Draft): number =>
  // Points may have decimals: the sum must not end in …0000004.
  Math.round(items.reduce((sum, { points }) => sum + points, 0) * 1000) / 1000;

/** Minutes that a written answer is reckoned with. */
const WRITTEN_MINUTES = 15;

/** The minutes that all items are likely to take. */
export const draftMinutes = ({ items }: Draft, index: ReadonlyMap<string, CatalogueItem>): number =>
  items.reduce(
    (sum, item) =>
      sum +
      (item.kind === 'written' ? WRITTEN_MINUTES : (index.get(catalogueKey(item))?.minutes ?? 0)),
    0,
  );

/** How an item is called in a list: by its title in the book, or by how its question begins. */
export const itemTitle = (item: Item, index: ReadonlyMap<string, CatalogueItem>): string => {
  if (item.kind !== 'written') return index.get(catalogueKey(item))?.title ?? item.id;
  const first =
    item.prompt
      .split('\n')
      .map((line) => line.replace(/^[#>*\s-]+/, '').trim())
      .find((line) => line !== '') ?? '';
  if (first === '') return 'A written question';
  return first.length > 90 ? `${first.slice(0, 89)}…` : first;
};
