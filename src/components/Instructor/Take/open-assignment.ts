import { studentCopy } from '../../../instructor/assignment-file.ts';
import type { Assignment } from '../../../schemas/assignment.ts';
import { assignmentOfFile } from '../shared/assignment-of-file.ts';

/**
 * Reads an assignment from a file that the student chose.
 *
 * @throws ReaderError of `assignmentOfFile`
 */
export const assignmentFromFile = (file: File): Promise<Assignment> =>
  assignmentOfFile(file, 'Choose the file that your instructor gave you: its name ends in .json.');

/** What differs between the assignment that was begun and the one that was opened now, in words; empty if nothing. */
export const changesBetween = (began: Assignment, opened: Assignment): string[] => {
  // What a link leaves out is no change.
  const [old, now] = [studentCopy(began), studentCopy(opened)];
  const names = (items: Assignment['items']): string[] =>
    items.map((item) =>
      [item.kind, item.id, item.points, item.kind === 'exercise' ? item.partial : ''].join(' '),
    );
  const versions = (items: Assignment['items']): string =>
    JSON.stringify(items.map((item) => ('version' in item ? item.version : '')));
  const before = new Set(names(old.items));
  const after = new Set(names(now.items));
  const changed: string[] = [];
  if (before.size !== after.size || [...after].some((name) => !before.has(name))) {
    changed.push('its items or their points');
  } else if (versions(old.items) !== versions(now.items)) {
    changed.push('the checks or options it was set with');
  }
  if (JSON.stringify(old.sealKey) !== JSON.stringify(now.sealKey)) {
    changed.push('the key that seals what you hand in');
  }
  if (old.variants !== now.variants) changed.push('whether your inputs are your own');
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
