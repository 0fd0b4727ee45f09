import type { Assignment, PinnedExercise } from '../../schemas/assignment.ts';
import { catalogueKey, type CatalogueItem } from '../catalogue.ts';

/** What is kept of an exercise's sheet. */
export type PinnableSheet = Omit<PinnedExercise, 'version'>;

export interface Pinning {
  pinned: Record<string, PinnedExercise>;
  /** Ids of exercises that could not be kept: this printing has another version, and nothing has the old. */
  lost: string[];
}

/**
 * Gathers the sheets of an assignment's exercises as they were set, so that any later printing can mark by them.
 *
 * @param old - sheets that were kept before: one of another version than the book's present one comes from there
 * @param sheet - fetches the present one
 * @param progress - is told after each
 */
export const pinSheets = async (
  { items }: Pick<Assignment, 'items'>,
  index: ReadonlyMap<string, CatalogueItem>,
  old: Readonly<Record<string, PinnedExercise>>,
  sheet: (id: string) => Promise<PinnableSheet>,
  progress: (done: number, of: number) => void = () => undefined,
): Promise<Pinning> => {
  const exercises = items.filter((item) => item.kind === 'exercise');
  const pinned: Record<string, PinnedExercise> = {};
  const lost: string[] = [];
  let done = 0;
  await Promise.all(
    exercises.map(async (item) => {
      const { id, version } = item;
      const kept = Object.hasOwn(old, id) ? old[id] : undefined;
      if (kept?.version === version) {
        pinned[id] = kept;
      } else if (index.get(catalogueKey(item))?.version === version) {
        const { entry, seed, limitMs, checks, starter } = await sheet(id);
        pinned[id] = { version, entry, seed, limitMs, checks, starter };
      } else {
        lost.push(id);
      }
      done += 1;
      progress(done, exercises.length);
    }),
  );
  // In the order of the assignment, whichever came first: equal assignments give equal files.
  return {
    pinned: Object.fromEntries(
      exercises.flatMap(({ id }) => (pinned[id] === undefined ? [] : [[id, pinned[id]]])),
    ),
    lost: lost.sort(),
  };
};
