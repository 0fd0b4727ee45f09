import type { Assignment } from '../schemas/assignment.ts';
import { nameKey } from './student-key.ts';

export type LateState = 'early' | 'on-time' | 'grace' | 'late' | 'refused';

export interface Lateness {
  /** `early`: before the assignment opens. `grace`: after the due time, within the minutes of grace. */
  state: LateState;
  /** From the due time, begun minutes counted whole; 0 if not after it. */
  minutesLate: number;
  /** What the marks are multiplied by, from 0 to 1. */
  factor: number;
}

/** Who handed in, or as much of it as is known. */
export interface LateStudent {
  name?: string;
  id?: string;
}

const MINUTE = 60_000;
const DAY = 24 * 60;

/**
 * When a student's work is due: the assignment's time, or what an exception allows them; of several
 * exceptions, the latest.
 *
 * @returns undefined if there is no due time
 */
export const dueOf = (
  { due, exceptions }: Pick<Assignment, 'due' | 'exceptions'>,
  student: LateStudent,
): Date | undefined => {
  const keys = new Set([nameKey(student.id ?? ''), nameKey(student.name ?? '')]);
  keys.delete('');
  const own = exceptions.filter((exception) => keys.has(nameKey(exception.student)));
  const times = own.flatMap((exception) => {
    const time = exception.due ?? due;
    return time === undefined ? [] : [Date.parse(time) + (exception.extraMinutes ?? 0) * MINUTE];
  });
  if (times.length > 0) return new Date(Math.max(...times));
  return due === undefined ? undefined : new Date(due);
};

/**
 * How late a hand-in is, and what the late rule makes of it. A deduction is counted in begun days from the due time;
 * the minutes of grace forgive, and do not move it.
 *
 * @param at - the time of arrival: of the LMS's file, or by the instructor's rule; never the student's claim
 */
export const lateness = ({
  assignment,
  student,
  at,
}: {
  assignment: Pick<Assignment, 'opens' | 'due' | 'graceMinutes' | 'late' | 'exceptions'>;
  student: LateStudent;
  at: Date | number | string;
}): Lateness => {
  const time = new Date(at).getTime();
  if (Number.isNaN(time)) throw new TypeError(`The time of arrival is no time: ${String(at)}`);
  const { opens, graceMinutes, late } = assignment;
  if (opens !== undefined && time < Date.parse(opens)) {
    return { state: 'early', minutesLate: 0, factor: 1 };
  }
  const due = dueOf(assignment, student);
  if (due === undefined || time <= due.getTime()) {
    return { state: 'on-time', minutesLate: 0, factor: 1 };
  }
  const minutesLate = Math.ceil((time - due.getTime()) / MINUTE);
  if (time <= due.getTime() + graceMinutes * MINUTE)
    return { state: 'grace', minutesLate, factor: 1 };
  if (late.kind === 'accept') return { state: 'late', minutesLate, factor: 1 };
  if (late.kind === 'refuse') return { state: 'refused', minutesLate, factor: 0 };
  const days = Math.ceil(minutesLate / DAY);
  if (days > late.mostDays) return { state: 'refused', minutesLate, factor: 0 };
  return { state: 'late', minutesLate, factor: Math.max(0, 100 - days * late.percentPerDay) / 100 };
};
