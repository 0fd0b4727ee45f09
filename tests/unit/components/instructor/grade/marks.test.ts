import { describe, expect, it } from 'vitest';
import {
  MarkingHistory,
  pointsOf,
  withCriterion,
  withItem,
} from '../../../../../src/components/Instructor/Grade/marking.ts';
import {
  decisionsOf,
  latenessOf,
  markOf,
  rubricPoints,
} from '../../../../../src/components/Instructor/Grade/mark-of.ts';
import { noMarking } from '../../../../../src/components/Instructor/Grade/work.ts';
import { assignmentOf } from '../../../instructor/grade/support.ts';
import { gradedRow, workOf } from './rows.ts';

const late = assignmentOf({
  due: '2026-11-02T10:00:00Z',
  late: { kind: 'deduct', percentPerDay: 10, mostDays: 3 },
});
const rubric = {
  points: 5,
  rubric: [
    { criterion: 'One', points: 3 },
    { criterion: 'Two', points: 4 },
  ],
};

describe('a marking', () => {
  it('is a value: a change makes another, and an empty one is gone', () => {
    const first = withItem(noMarking, 'written why', { override: 3, comment: 'Good' });
    expect(first.items['written why']).toEqual({ override: 3, comment: 'Good' });
    expect(noMarking.items).toEqual({});
    const second = withItem(first, 'written why', { override: undefined, comment: '' });
    expect(second.items).toEqual({});
  });

  it('keeps a null point of a rubric, which is not none', () => {
    expect(withCriterion(undefined, 2, 1, 4)).toEqual([null, 4]);
    expect(withCriterion([1, 4], 2, 0, null)).toEqual([null, 4]);
  });

  it('reads points as people write them, and never beyond what there is to earn', () => {
    expect(pointsOf('2,5', 5)).toBe(2.5);
    expect(pointsOf('-3', 5)).toBe(0);
    expect(pointsOf('99', 5)).toBe(5);
    expect(pointsOf('1e999', 5)).toBeUndefined();
    expect(pointsOf(' ', 5)).toBeUndefined();
    expect(pointsOf('five', 5)).toBeUndefined();
  });

  it('is taken back the last first, and the oldest are forgotten', () => {
    const history = new MarkingHistory(2);
    for (const comment of ['a', 'b', 'c']) history.keep(comment, { ...noMarking, comment });
    expect(history.back()?.row).toBe('c');
    expect(history.back()?.row).toBe('b');
    expect(history.isEmpty).toBe(true);
    expect(history.back()).toBeUndefined();
  });
});

describe('a written answer', () => {
  it('has points when each criterion has, and never more than it is worth', () => {
    expect(rubricPoints(rubric, [3, null])).toBeUndefined();
    expect(rubricPoints(rubric, undefined)).toBeUndefined();
    expect(rubricPoints(rubric, [0, 0])).toBe(0);
    expect(rubricPoints(rubric, [3, 4])).toBe(5);
    expect(rubricPoints({ points: 5, rubric: [] }, [])).toBeUndefined();
  });
});

describe('the mark of a row', () => {
  it('waits for the written answer, then counts what the instructor gave', async () => {
    const row = await gradedRow();
    expect(markOf(workOf(), row)).toMatchObject({ mark: 11, possible: 16, toMark: 1 });
    const marked = { ...row, marking: withItem(noMarking, 'written why', { override: 4 }) };
    expect(markOf(workOf(), marked)).toMatchObject({ mark: 15, toMark: 0 });
    const lower = { ...row, marking: withItem(marked.marking, 'exercise double', { override: 1 }) };
    expect(markOf(workOf(), lower)).toMatchObject({ mark: 8 });
  });

  it('sums a rubric, which the instructor’s own points come before', async () => {
    const items = assignmentOf().items.map((item) =>
      item.kind === 'written' ? { ...item, rubric: rubric.rubric } : item,
    );
    const work = workOf({ assignment: assignmentOf({ items }) });
    const marking = withItem(noMarking, 'written why', { rubric: [1, 2] });
    expect(decisionsOf(work.assignment, marking).get('written why')).toEqual({ points: 3 });
    const own = withItem(marking, 'written why', { override: 0 });
    expect(decisionsOf(work.assignment, own).get('written why')).toEqual({ points: 0 });
  });

  it('is late by the time of the file and not by the student’s clock', async () => {
    const work = workOf({ assignment: late });
    // Its own clock says ten o’clock, in time.
    const row = await gradedRow({ assignment: late, at: '2026-11-03T11:00:00Z' });
    expect(latenessOf(work, row)).toMatchObject({ state: 'late', factor: 0.8 });
    expect(markOf(work, row)?.mark).toBe(8.8);
  });

  it('is late by the instructor’s rule where they say when all came', async () => {
    const at = '2026-11-02T09:59:00Z';
    const work = workOf({ assignment: late, arrival: { kind: 'all-at', at } });
    const row = await gradedRow({ assignment: late, at: '2026-11-09T00:00:00Z' });
    expect(latenessOf(work, row)?.state).toBe('on-time');
    expect(latenessOf(workOf({ assignment: late }), row)?.state).toBe('refused');
  });

  it('follows the clock and the assignment, though it is kept with the row', async () => {
    const row = await gradedRow({ assignment: late, at: '2026-11-03T11:00:00Z' });
    expect(markOf(workOf({ assignment: late }), row)?.mark).toBe(8.8);
    const inTime = { kind: 'all-at', at: '2026-11-02T09:00:00Z' } as const;
    expect(markOf(workOf({ assignment: late, arrival: inTime }), row)?.mark).toBe(11);
    const accepting = assignmentOf({ due: late.due!, late: { kind: 'accept' } });
    expect(markOf(workOf({ assignment: accepting }), row)?.mark).toBe(11);
  });

  it('takes nothing where nobody but the student says when it came', async () => {
    const row = await gradedRow({ assignment: late });
    expect(latenessOf(workOf({ assignment: late }), row)).toBeUndefined();
    expect(markOf(workOf({ assignment: late }), row)?.mark).toBe(11);
  });
});
