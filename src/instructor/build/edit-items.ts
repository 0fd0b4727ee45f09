import type { Item, WrittenItem } from '../../schemas/assignment.ts';
import { catalogueKey, type CatalogueItem } from '../catalogue.ts';
import type { Draft } from './draft.ts';

/** Whether a draft holds an item of this kind and id. */
export const holdsItem = ({ items }: Draft, item: { kind: string; id: string }): boolean =>
  items.some((each) => catalogueKey(each) === catalogueKey(item));

/** Adds an exercise or a question at the end, with the book's points; one that is there already stays as it is. */
export const addItem = (draft: Draft, chosen: CatalogueItem): Draft => {
  if (holdsItem(draft, chosen)) return draft;
  const { id, points, version } = chosen;
  const item: Item =
    chosen.kind === 'exercise'
      ? { kind: 'exercise', id, points, partial: 'per-check', version }
      : { kind: 'quiz', id, points, version };
  return { ...draft, items: [...draft.items, item] };
};

/** Adds an empty written question, with a rubric of one row, under the first free name. */
export const addWritten = (draft: Draft): Draft => {
  const taken = new Set(draft.items.filter(({ kind }) => kind === 'written').map(({ id }) => id));
  let number = 1;
  while (taken.has(`written-${number}`)) number += 1;
  const item: WrittenItem = {
    kind: 'written',
    id: `written-${number}`,
    points: 5,
    prompt: '',
    rubric: [{ criterion: '', points: 5 }],
  };
  return { ...draft, items: [...draft.items, item] };
};

export const removeItem = (draft: Draft, at: number): Draft => ({
  ...draft,
  items: draft.items.filter((_, index) => index !== at),
});

/** Takes the item at `from` out and puts it at `to`; places beyond the ends mean the ends. */
export const moveItem = (draft: Draft, from: number, to: number): Draft => {
  const items = [...draft.items];
  const place = Math.max(0, Math.min(items.length - 1, to));
  const [moved] = items.splice(from, 1);
  if (moved === undefined || place === from) return draft;
  items.splice(place, 0, moved);
  return { ...draft, items };
};

/** Replaces the item at a place by what `change` makes of it. */
export const changeItem = (draft: Draft, at: number, change: (item: Item) => Item): Draft => ({
  ...draft,
  items: draft.items.map((item, index) => (index === at ? change(item) : item)),
});

/** Changes the rubric of a written question, whose points are those of its rows. */
export const changeRubric = (item: WrittenItem, rubric: WrittenItem['rubric']): WrittenItem => ({
  ...item,
  rubric,
  points:
    rubric.length === 0
      ? item.points
      : Math.round(rubric.reduce((sum, { points }) => sum + points, 0) * 1000) / 1000,
});

/** Brings exercises and questions to the versions that this printing has. */
export const takePresentVersions = (
  draft: Draft,
  index: ReadonlyMap<string, CatalogueItem>,
): Draft => ({
  ...draft,
  items: draft.items.map((item) => {
    const version = item.kind === 'written' ? undefined : index.get(catalogueKey(item))?.version;
    return version === undefined || item.kind === 'written' ? item : { ...item, version };
  }),
});
