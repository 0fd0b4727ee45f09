import type { Assignment } from '../../schemas/assignment.ts';
import { ReaderError } from '../../shared/reader-error.ts';
import { parseAssignment } from '../assignment-file.ts';
import type { CatalogueItem } from '../catalogue.ts';
import { draftFaults } from './draft-faults.ts';
import type { Draft } from './draft.ts';

/**
 * The assignment that a draft has become.
 *
 * @throws ReaderError `assignment-unfinished` if something is still to be mended
 */
export const finishedAssignment = (
  draft: Draft,
  index: ReadonlyMap<string, CatalogueItem>,
  now: Date,
): Assignment => {
  const todo = draftFaults(draft, index, now).filter(({ warning }) => !warning);
  const [first] = todo;
  if (first === undefined) return parseAssignment(draft);
  throw new ReaderError({
    code: 'assignment-unfinished',
    explain: 'The assignment is not finished.',
    elaborate: first.words,
    hint:
      todo.length === 1
        ? 'Mend this, and try again.'
        : `Mend this and the other ${todo.length - 1} on the list, and try again.`,
  });
};
