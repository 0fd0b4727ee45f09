import type { Assignment } from '../../../schemas/assignment.ts';
import { timeInWords } from '../../../instructor/build/local-time.ts';
import { dueOf, lateness } from '../../../instructor/late.ts';
import type { LateState, LateStudent } from '../../../instructor/late.ts';

const MINUTE = 60_000;
const units = [
  ['day', 24 * 60],
  ['hour', 60],
  ['minute', 1],
] as const;

/** A span of time in its two largest units: `2 days 3 hours`, `4 minutes`, `less than a minute`. */
export const spanInWords = (ms: number): string => {
  let left = Math.floor(Math.abs(ms) / MINUTE);
  const parts: string[] = [];
  for (const [unit, minutes] of units) {
    const count = Math.floor(left / minutes);
    left -= count * minutes;
    // Hours matter beside days, minutes beside hours; minutes beside days do not.
    if (parts.length === 1 || (parts.length === 0 && count > 0)) {
      parts.push(count === 0 ? '' : `${count} ${unit}${count === 1 ? '' : 's'}`);
    }
  }
  return parts.filter(Boolean).join(' ') || 'less than a minute';
};

export interface DueLine {
  state: LateState;
  words: string;
}

type Timed = Pick<Assignment, 'opens' | 'due' | 'graceMinutes' | 'late' | 'exceptions'>;

/** How an assignment stands in time, by the clock of this device. */
export const dueWords = (assignment: Timed, student: LateStudent, now: number): DueLine => {
  const { state, factor } = lateness({ assignment, student, at: now });
  const due = dueOf(assignment, student);
  if (state === 'early') {
    const opens = assignment.opens ?? '';
    return {
      state,
      words: `Opens on ${timeInWords(opens)}: in ${spanInWords(Date.parse(opens) - now)}.`,
    };
  }
  if (due === undefined) return { state, words: 'No due time.' };
  const span = spanInWords(due.getTime() - now);
  const when = `Due on ${timeInWords(due.toISOString())}`;
  return { state, words: `${when}: ${said(state, span, factor, assignment)}` };
};

/** The time that is left, for a narrow place; empty where there is no due time. */
export const leftWords = (assignment: Timed, student: LateStudent, now: number): string => {
  const due = dueOf(assignment, student);
  if (due === undefined) return '';
  const span = spanInWords(due.getTime() - now);
  return now <= due.getTime() ? `${span} left` : `due ${span} ago`;
};

const said = (
  state: Exclude<LateState, 'early'>,
  span: string,
  factor: number,
  { graceMinutes, late }: Timed,
): string => {
  switch (state) {
    case 'on-time':
      return `${span} left.`;
    case 'grace':
      return `${span} ago. Within ${graceMinutes} minutes of it, work counts as in time.`;
    case 'late':
      return late.kind === 'deduct'
        ? `${span} ago. Handed in now, it counts for ${Math.round(100 * factor)}%.`
        : `${span} ago. Late work is accepted.`;
    case 'refused':
      return `${span} ago. By the assignment’s rule, work handed in now does not count.`;
  }
};

/**
 * Whether nothing handed in now would count any more in time or with a deduction: what opens after the due time opens then.
 * Where late work is accepted without end, that is when the due time and its grace are past.
 */
export const isOver = (assignment: Timed, student: LateStudent, now: number): boolean => {
  const due = dueOf(assignment, student);
  const { graceMinutes, late } = assignment;
  const minutes = Math.max(graceMinutes, late.kind === 'deduct' ? late.mostDays * 24 * 60 : 0);
  return due !== undefined && now > due.getTime() + minutes * MINUTE;
};
