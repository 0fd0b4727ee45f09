import type { Assignment } from '../../schemas/assignment.ts';
import type { Remark } from '../grade/graded.ts';
import { dueOf } from '../late.ts';
import type { ReadRow } from './batch-row.ts';

/** No two zones are further apart. */
const ZONES_APART = 26 * 60 * 60_000;

/** What is said of the time of arrival: no longer true once the instructor states another. */
const codes = { noZone: 'time-without-zone', disk: 'disk-time' } as const;

/** Remarks on a time of arrival that could be wrong where it matters: near the due time, or after it. */
export const arrivalRemarks = (
  { arrival, handIn, lms }: Pick<ReadRow, 'arrival' | 'handIn' | 'lms'>,
  assignment: Pick<Assignment, 'due' | 'exceptions'>,
): Remark[] => {
  const due = dueOf(assignment, { ...handIn.student, lmsName: lms?.student })?.getTime();
  if (arrival === undefined || due === undefined) return [];
  const remarks: Remark[] = [];
  if (!arrival.zoned && Math.abs(arrival.at - due) < ZONES_APART) {
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
    remarks.push({
      code: codes.noZone,
      text: `Its time came without a zone; this machine’s (${timeZone}) was taken.`,
    });
  }
  if (arrival.from === 'file' && arrival.at > due) {
    remarks.push({
      code: codes.disk,
      text: 'Its time is the file’s on this disk: of a download that is when it was downloaded. Say when it came, under “When they came” or by --received.',
    });
  }
  return remarks;
};

/** Remarks without those on the time of arrival. */
export const withoutArrivalRemarks = (remarks: readonly Remark[]): Remark[] =>
  remarks.filter(({ code }) => !(Object.values(codes) as string[]).includes(code));
