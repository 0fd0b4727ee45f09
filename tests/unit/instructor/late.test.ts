import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueOf, lateness } from '../../../src/instructor/late.ts';
import type { Assignment } from '../../../src/schemas/assignment.ts';
import { exampleAssignment } from './example-assignment.ts';

const DUE = Date.parse('2026-09-14T23:59:00+02:00');
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const anna = { name: 'Anna Park', id: 'm1000' };

const at = (ms: number, changes: Partial<Assignment> = {}, student = anna) =>
  lateness({
    assignment: exampleAssignment({ exceptions: [], ...changes }),
    student,
    at: DUE + ms,
  });

describe('the late rule', () => {
  it.each([
    ['a week before', -7 * DAY, 'on-time', 0, 1],
    ['at the very due time', 0, 'on-time', 0, 1],
    ['a second after', 1000, 'grace', 1, 1],
    ['at the end of the grace', 15 * MINUTE, 'grace', 15, 1],
    ['a moment after the grace', 15 * MINUTE + 1, 'late', 16, 0.9],
    ['a day after', DAY, 'late', 1440, 0.9],
    ['a day and a moment after', DAY + 1, 'late', 1441, 0.8],
    ['on the last day', 3 * DAY, 'late', 4320, 0.7],
    ['after the last day', 3 * DAY + 1, 'refused', 4321, 0],
  ] as const)('deducts a share for each begun day: %s', (_when, ms, state, minutesLate, factor) => {
    expect(at(ms)).toEqual({ state, minutesLate, factor });
  });

  it('accepts or refuses what is late, as it is told', () => {
    expect(at(DAY, { late: { kind: 'accept' } })).toEqual({
      state: 'late',
      minutesLate: 1440,
      factor: 1,
    });
    expect(at(DAY, { late: { kind: 'refuse' } })).toEqual({
      state: 'refused',
      minutesLate: 1440,
      factor: 0,
    });
    expect(at(MINUTE, { late: { kind: 'refuse' } }).state).toBe('grace');
  });

  it('never deducts below nothing', () => {
    const late = { kind: 'deduct', percentPerDay: 40, mostDays: 60 } as const;
    expect(at(2 * DAY, { late }).factor).toBeCloseTo(0.2, 12);
    expect(at(9 * DAY, { late })).toEqual({ state: 'late', minutesLate: 12_960, factor: 0 });
  });

  it('says what came before the opening', () => {
    const opens = Date.parse('2026-09-07T08:00:00+02:00');
    expect(at(opens - 1 - DUE).state).toBe('early');
    expect(at(opens - DUE).state).toBe('on-time');
  });

  it('has nothing late without a due time', () => {
    const { due: _, ...open } = exampleAssignment({ exceptions: [] });
    expect(lateness({ assignment: open, student: anna, at: DUE + 400 * DAY }).state).toBe(
      'on-time',
    );
  });

  it('takes the time as a Date, a number or a text with its zone, and nothing else', () => {
    const assignment = exampleAssignment();
    const one = lateness({ assignment, student: anna, at: new Date(DUE + DAY) });
    expect(lateness({ assignment, student: anna, at: '2026-09-15T21:59:00Z' })).toEqual(one);
    expect(() => lateness({ assignment, student: anna, at: 'yesterday' })).toThrow(TypeError);
  });

  it('never gives more for coming later', () => {
    fc.assert(
      fc.property(fc.integer({ min: -DAY, max: 6 * DAY }), fc.nat(DAY), (first, more) => {
        expect(at(first + more).factor).toBeLessThanOrEqual(at(first).factor);
      }),
    );
  });
});

describe('other times', () => {
  const assignment = exampleAssignment();

  it('belong to the id or the name, however it is typed', () => {
    expect(dueOf(assignment, { name: 'Somebody', id: ' M2044' })).toEqual(new Date(DUE + DAY));
    const own = new Date('2026-09-20T10:00:00Z');
    expect(dueOf(assignment, { name: 'zoe\u0308 lyle' })).toEqual(own);
    expect(dueOf(assignment, anna)).toEqual(new Date(DUE));
  });

  it('of one student: the latest counts', () => {
    expect(dueOf(assignment, { name: 'Zoë Lyle', id: 'm2044' })).toEqual(
      new Date('2026-09-20T10:00:00Z'),
    );
  });

  it('can be a due time of one’s own with minutes beyond it, or where no one else has any', () => {
    const exceptions = [{ student: 'm1000', due: '2026-09-16T12:00:00Z', extraMinutes: 30 }];
    const { due: _, ...open } = exampleAssignment({ exceptions });
    expect(dueOf(open, anna)).toEqual(new Date('2026-09-16T12:30:00Z'));
    expect(
      dueOf({ ...open, exceptions: [{ student: 'm1000', extraMinutes: 5 }] }, anna),
    ).toBeUndefined();
  });

  it('move the whole rule', () => {
    const student = { name: 'Somebody', id: 'm2044' };
    const late = (ms: number) => lateness({ assignment, student, at: DUE + ms });
    expect(late(DAY).state).toBe('on-time');
    expect(late(DAY + 10 * MINUTE).state).toBe('grace');
    expect(late(2 * DAY)).toEqual({
      state: 'late',
      minutesLate: 1440,
      factor: 0.9,
      exception: 'm2044',
    });
  });

  it('say whose they are, which who handed in only claims to be', () => {
    const due = new Date(DUE).toISOString();
    const exceptions = [{ student: 'Zoë Lyle', extraMinutes: 60 }];
    const times = { ...assignment, due, exceptions };
    const late = (lmsName?: string, name = 'zoë lyle') =>
      lateness({ assignment: times, student: { name, id: 'x', lmsName }, at: DUE + 30 * MINUTE });
    expect(late()).toEqual({ state: 'on-time', minutesLate: 0, factor: 1, exception: 'Zoë Lyle' });
    expect(late('lylezoë').state).toBe('on-time');
    // The LMS had it from somebody else.
    expect(late('Bad Guy')).toEqual({ state: 'late', minutesLate: 30, factor: 0.9 });
    expect(late(undefined, 'Bad Guy')).not.toHaveProperty('exception');
  });

  it('do not belong to a student without name and id', () => {
    const exceptions = [{ student: '  ', extraMinutes: 60 }];
    expect(dueOf({ ...assignment, exceptions }, { name: '', id: '' })).toEqual(new Date(DUE));
  });
});
