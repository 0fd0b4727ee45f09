import { describe, expect, it } from 'vitest';
import {
  dueWords,
  isOver,
  leftWords,
  spanInWords,
} from '../../../../../src/components/Instructor/Take/due-words.ts';
import { lateness } from '../../../../../src/instructor/late.ts';
import { ruleWords } from '../../../../../src/components/Instructor/Take/rule-words.ts';
import { exampleAssignment } from '../../../instructor/example-assignment.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const due = Date.parse('2026-09-14T23:59:00+02:00');
const timed = exampleAssignment({ exceptions: [] });

describe('spanInWords', () => {
  it.each([
    [0, 'less than a minute'],
    [59_999, 'less than a minute'],
    [minute, '1 minute'],
    [hour, '1 hour'],
    [hour + minute, '1 hour 1 minute'],
    [2 * day + 3 * hour + 40 * minute, '2 days 3 hours'],
    [2 * day + 40 * minute, '2 days'],
    [-5 * minute, '5 minutes'],
  ])('%i ms is %s', (ms, words) => {
    expect(spanInWords(ms)).toBe(words);
  });
});

describe('dueWords', () => {
  const at = (now: number, student = {}): { state: string; words: string } =>
    dueWords(timed, student, now);

  it('says what is left, what has passed, and what it then counts', () => {
    expect(at(due - 26 * hour)).toMatchObject({ state: 'on-time' });
    expect(at(due - 26 * hour).words).toMatch(/^Due on .+: 1 day 2 hours left\.$/);
    expect(at(due + 10 * minute)).toMatchObject({ state: 'grace' });
    expect(at(due + 10 * minute).words).toContain('Within 15 minutes');
    expect(at(due + 25 * hour)).toMatchObject({ state: 'late' });
    expect(at(due + 25 * hour).words).toContain('it counts for 80%');
    expect(at(due + 4 * day)).toMatchObject({ state: 'refused' });
    expect(at(due + 4 * day).words).toContain('does not count');
  });

  it('says when it opens, and when there is no due time', () => {
    const opens = Date.parse('2026-09-07T08:00:00+02:00');
    expect(at(opens - hour)).toMatchObject({ state: 'early' });
    expect(at(opens - hour).words).toMatch(/^Opens on .+: in 1 hour\.$/);
    const open = { ...timed, opens: undefined, due: undefined };
    expect(dueWords(open, {}, 0)).toEqual({ state: 'on-time', words: 'No due time.' });
  });

  it('goes by the student’s own time where there is one', () => {
    const own = exampleAssignment();
    expect(dueWords(own, { id: 'M2044' }, due + hour)).toMatchObject({ state: 'on-time' });
    expect(dueWords(own, { id: 'm2045' }, due + hour)).toMatchObject({ state: 'late' });
  });

  it('opens what opens after the due time only when the grace is over', () => {
    for (const kind of ['accept', 'refuse'] as const) {
      expect(isOver({ ...timed, late: { kind } }, {}, due + 15 * minute)).toBe(false);
      expect(isOver({ ...timed, late: { kind } }, {}, due + 15 * minute + 1)).toBe(true);
    }
  });

  it('opens nothing while late work still earns', () => {
    for (const late of [15 * minute + 1, 2 * day, 3 * day]) {
      expect(lateness({ assignment: timed, student: {}, at: due + late }).factor).toBeGreaterThan(
        0,
      );
      expect(isOver(timed, {}, due + late)).toBe(false);
    }
    expect(lateness({ assignment: timed, student: {}, at: due + 3 * day + 1 }).factor).toBe(0);
    expect(isOver(timed, {}, due + 3 * day + 1)).toBe(true);
    expect(isOver({ ...timed, due: undefined }, {}, due + 99 * day)).toBe(false);
  });
});

describe('leftWords', () => {
  it('says in few words what is left, or since when it is due, by the student’s own time', () => {
    expect(leftWords(timed, {}, due - 26 * hour)).toBe('1 day 2 hours left');
    expect(leftWords(timed, {}, due)).toBe('less than a minute left');
    expect(leftWords(timed, {}, due + 5 * minute)).toBe('due 5 minutes ago');
    expect(leftWords(exampleAssignment(), { id: 'M2044' }, due + hour)).toMatch(/ left$/);
    expect(leftWords({ ...timed, due: undefined }, {}, due)).toBe('');
  });
});

describe('ruleWords', () => {
  const words = (changes: Parameters<typeof exampleAssignment>[0] = {}): string =>
    ruleWords(exampleAssignment(changes)).join('\n');
  const policy = exampleAssignment().policy;

  it('tells the rules of this assignment and of no other', () => {
    expect(words()).toContain('Each hint costs 10%');
    expect(words()).toContain('Solutions open when late work no longer counts.');
    expect(words({ late: { kind: 'refuse' } })).toContain(
      'Solutions open when the due time is past.',
    );
    expect(words({ due: undefined })).toContain('Solutions stay closed, for there is no due time.');
    expect(words()).toContain('loses 10% for each day begun, and counts for nothing after 3 days');
    expect(words()).toContain('15 minutes after the due time');
    expect(words()).toContain('inputs of your own');
    expect(words()).not.toContain('sealed');
    expect(words({ variants: false })).not.toContain('inputs of your own');
    expect(words({ policy: { ...policy, hints: 'none' } })).toContain('There are no hints.');
    expect(words({ policy: { ...policy, attempts: 1 } })).toContain('allows 1 Check.');
    expect(words({ late: { kind: 'refuse' } })).toContain('Late work does not count.');
    expect(words({ due: undefined })).not.toContain('Late work');
  });

  it('says nothing of Checks where there are no exercises, and never that the page gives marks', () => {
    const items = exampleAssignment().items.filter(({ kind }) => kind === 'written');
    expect(words({ items })).not.toMatch(/Check|hint|Solution|question/);
    expect(words({ items })).toContain('not from this page');
  });
});
