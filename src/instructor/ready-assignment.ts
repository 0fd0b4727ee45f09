import {
  assignmentFormat,
  assignmentVersion,
  type Assignment,
  type Item,
} from '../schemas/assignment.ts';
import type { ReadyAssignment, ReadyItem } from '../schemas/ready-assignment.ts';
import { ReaderError } from '../shared/reader-error.ts';

/** As much of an entry of the catalogue as is needed here. */
export interface CatalogueVersion {
  kind: 'exercise' | 'quiz';
  id: string;
  version: string;
}

/** The rules that an assignment has until its instructor changes them. */
export const defaultRules = (): Pick<
  Assignment,
  'graceMinutes' | 'late' | 'exceptions' | 'policy' | 'variants'
> => ({
  graceMinutes: 15,
  late: { kind: 'deduct', percentPerDay: 10, mostDays: 7 },
  exceptions: [],
  policy: { hints: 'free', hintCost: 10, solution: 'after-due', attempts: 0 },
  variants: true,
});

/**
 * An assignment of the instructor's own, made of a ready-made one.
 *
 * @param catalogue - the items of this printing, which give the versions
 * @throws ReaderError `ready-assignment-item` if the printing has no such item
 */
export const fromReady = (
  ready: ReadyAssignment,
  catalogue: readonly CatalogueVersion[],
  { id, book, createdAt }: Pick<Assignment, 'id' | 'book' | 'createdAt'>,
): Assignment => ({
  format: assignmentFormat,
  version: assignmentVersion,
  id,
  title: ready.title,
  instructions: ready.instructions,
  book,
  createdAt,
  items: ready.items.map((item) => toItem(item, catalogue)),
  ...defaultRules(),
});

const toItem = (item: ReadyItem, catalogue: readonly CatalogueVersion[]): Item => {
  if (item.kind === 'written') {
    const { kind, id, points, prompt, rubric } = item;
    return { kind, id, points, prompt, rubric };
  }
  const entry = catalogue.find(({ kind, id }) => kind === item.kind && id === item.id);
  if (entry !== undefined) return { ...item, version: entry.version };
  throw new ReaderError({
    code: 'ready-assignment-item',
    explain: `This printing of the book has no ${item.kind} “${item.id}”.`,
    hint: 'Remove it from the assignment, or choose another in its place.',
  });
};
