import { folded, sameName } from '../gradebook/student-name.ts';
import { isRead, type BatchRow, type ReadRow } from './batch-row.ts';

/**
 * Whose a hand-in is: the account of the LMS that handed it in, else what the file says, id and name together, so that
 * nobody pushes out another's work by claiming the id alone.
 */
export const senderOf = ({ lms, handIn }: ReadRow): string => {
  const account = lms?.account ?? lms?.userId;
  return lms === undefined || account === undefined
    ? `says ${folded(handIn.student.id)} ${sameName(handIn.student.name)}`
    : `${lms.layout} ${folded(account)}`;
};

/**
 * Of several hand-ins of one student, the newest by arrival counts, or the one that the instructor chose; the others
 * are listed as superseded. Rows are given back in their order; those given stay as they are.
 *
 * @param chosen - keys of rows that count whatever came later
 */
export const settleDuplicates = (
  rows: readonly BatchRow[],
  chosen: ReadonlySet<string> = new Set(),
): BatchRow[] => {
  const counts = new Map<string, ReadRow>();
  for (const row of rows.filter(isRead)) {
    const sender = senderOf(row);
    const before = counts.get(sender);
    if (before === undefined || isAfter(row, before, chosen)) counts.set(sender, row);
  }
  return rows.map((row): BatchRow => {
    const { supersededBy: _, ...rest } = row;
    if (!isRead(row)) return row;
    const counting = counts.get(senderOf(row))!;
    return counting.key === row.key
      ? { ...rest, state: 'ready' }
      : { ...rest, state: 'superseded', supersededBy: counting.key };
  });
};

/** Without a time of arrival, the student's own clock decides between the student's own two; of equals, the later row. */
const isAfter = (row: ReadRow, before: ReadRow, chosen: ReadonlySet<string>): boolean => {
  const order =
    Number(chosen.has(row.key)) - Number(chosen.has(before.key)) ||
    (row.arrival?.at ?? -Infinity) - (before.arrival?.at ?? -Infinity) ||
    Date.parse(row.handIn.handedInAt) - Date.parse(before.handIn.handedInAt);
  return order >= 0;
};
