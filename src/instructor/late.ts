import type { Assignment } from '../schemas/assignment.ts';
import { couldBeSame } from './gradebook/student-name.ts';
import { nameKey } from './student-key.ts';

export type LateState = 'early' | 'on-time' | 'grace' | 'late' | 'refused';

export interface Lateness {
  /** `early`: before the assignment opens. `grace`: after the due time, within the minutes of grace. */
  state: LateState;
  /** From the due time, begun minutes counted whole; 0 if not after it. */
  minutesLate: number;
  /** What the marks are multiplied by, from 0 to 1. */
  factor: number;
  /** The student of the exception that moved the due time, as the assignment names them: who handed in only claims to be. */
  exception?: string;
}

/** Who handed in, or as much of it as is known. */
export interface LateStudent {
  name?: string;
  id?: string;
  /** As the LMS spells it. An exception for a name that it cannot be is not theirs. */
  lmsName?: string | undefined;
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
  assignment: Pick<Assignment, 'due' | 'exceptions'>,
  student: LateStudent,
): Date | undefined => {
  const at = ownDue(assignment, student)?.at ?? assignment.due;
  return at === undefined ? undefined : new Date(at);
};

const ownDue = (
  { due, exceptions }: Pick<Assignment, 'due' | 'exceptions'>,
  { id = '', name = '', lmsName }: LateStudent,
): { at: number; exception: string } | undefined => {
  const isOwn = (student: string): boolean => {
    const key = nameKey(student);
    if (key === '') return false;
    if (key === nameKey(id)) return true;
    return key === nameKey(name) && (lmsName === undefined || couldBeSame(lmsName, student));
  };
  const times = exceptions.flatMap((exception) => {
    const time = exception.due ?? due;
    return time === undefined || !isOwn(exception.student)
      ? []
      : [
          {
            at: Date.parse(time) + (exception.extraMinutes ?? 0) * MINUTE,
            exception: exception.student,
          },
        ];
  });
  return times.sort((a, b) => b.at - a.at)[0];
};

/**
 * How late a hand-in is, and what the late rule makes of it. A deduction is counted in begun days from the due time;
 * the minutes of grace forgive, and do not move it.
 *
 * @param at - the time of arrival: of the LMS's file, or by the instructor's rule; never the student's claim
 */
export const lateness = (asked: {
  assignment: Pick<Assignment, 'opens' | 'due' | 'graceMinutes' | 'late' | 'exceptions'>;
  student: LateStudent;
  at: Date | number | string;
}): Lateness => {
  const own = ownDue(asked.assignment, asked.student);
  const late = byRule(asked, own?.at);
  return own === undefined || late.state === 'early' ? late : { ...late, exception: own.exception };
};

const byRule = (
  { assignment, at }: Parameters<typeof lateness>[0],
  ownDueTime: number | undefined,
): Lateness => {
  const time = new Date(at).getTime();
  if (Number.isNaN(time)) throw new TypeError(`The time of arrival is no time: ${String(at)}`);
  const { opens, graceMinutes, late } = assignment;
  if (opens !== undefined && time < Date.parse(opens)) {
    return { state: 'early', minutesLate: 0, factor: 1 };
  }
  const due = ownDueTime ?? Date.parse(assignment.due ?? '');
  if (Number.isNaN(due) || time <= due) {
    return { state: 'on-time', minutesLate: 0, factor: 1 };
  }
  const minutesLate = Math.ceil((time - due) / MINUTE);
  if (time <= due + graceMinutes * MINUTE) return { state: 'grace', minutesLate, factor: 1 };
  if (late.kind === 'accept') return { state: 'late', minutesLate, factor: 1 };
  if (late.kind === 'refuse') return { state: 'refused', minutesLate, factor: 0 };
  const days = Math.ceil(minutesLate / DAY);
  if (days > late.mostDays) return { state: 'refused', minutesLate, factor: 0 };
  return { state: 'late', minutesLate, factor: Math.max(0, 100 - days * late.percentPerDay) / 100 };
};
