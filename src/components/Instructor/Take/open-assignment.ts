import { readAssignment } from '../../../instructor/assignment-file.ts';
import type { Assignment } from '../../../schemas/assignment.ts';
import { ReaderError } from '../../../shared/reader-error.ts';

/** Bytes of an assignment's file: one with sixty pinned sheets at their longest stays below. */
const most = 30_000_000;

/**
 * Reads an assignment from a file that the student chose.
 *
 * @throws ReaderError of `readAssignment`, and `assignment-too-large` before anything of the file is read
 */
export const assignmentFromFile = async (file: File): Promise<Assignment> => {
  if (file.size > most) {
    throw new ReaderError({
      code: 'assignment-too-large',
      explain: `${file.name} has ${(file.size / 1e6).toFixed(0)} MB; no assignment is so large.`,
      hint: 'Choose the file that your instructor gave you: its name ends in .json.',
    });
  }
  return readAssignment(await file.text());
};

/** What differs between the assignment that was begun and the one that was opened now, in words; empty if nothing. */
export const changesBetween = (old: Assignment, now: Assignment): string[] => {
  const names = (items: Assignment['items']): string[] =>
    items.map(({ kind, id, points }) => `${kind} ${id} ${points}`);
  const before = new Set(names(old.items));
  const after = new Set(names(now.items));
  const changed: string[] = [];
  if (before.size !== after.size || [...after].some((name) => !before.has(name))) {
    changed.push('its items or their points');
  }
  if (old.due !== now.due || old.opens !== now.opens) changed.push('its times');
  if (
    JSON.stringify([old.late, old.graceMinutes]) !== JSON.stringify([now.late, now.graceMinutes])
  ) {
    changed.push('the rule for late work');
  }
  if (JSON.stringify(old.policy) !== JSON.stringify(now.policy)) {
    changed.push('the rules for hints, solutions or Checks');
  }
  if (old.title !== now.title || old.instructions !== now.instructions) {
    changed.push('its instructions');
  }
  const written = (items: Assignment['items']): string =>
    JSON.stringify(items.filter(({ kind }) => kind === 'written'));
  if (changed.length === 0 && written(old.items) !== written(now.items)) {
    changed.push('its written questions');
  }
  return changed;
};
