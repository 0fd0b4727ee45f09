import { catalogueKey } from '../../../instructor/catalogue.ts';
import {
  finalMark,
  roundPoints,
  type Decision,
  type FinalMark,
} from '../../../instructor/grade/marks.ts';
import { lateness, type Lateness } from '../../../instructor/late.ts';
import type { Assignment, WrittenItem } from '../../../schemas/assignment.ts';
import type { ItemMarking, Marking, Row, Work } from './work.ts';

/** Points of a written answer, once each criterion has its own; none before. */
export const rubricPoints = (
  { points, rubric }: Pick<WrittenItem, 'points' | 'rubric'>,
  given: ItemMarking['rubric'],
): number | undefined => {
  let sum = 0;
  for (const index of rubric.keys()) {
    const each = given?.[index] ?? null;
    if (each === null) return undefined;
    sum += each;
  }
  return rubric.length === 0 ? undefined : Math.min(points, roundPoints(sum));
};

/** The instructor's decisions by item: their own points first, else the rubric's. */
export const decisionsOf = (
  { items }: Pick<Assignment, 'items'>,
  marking: Marking,
): Map<string, Decision> =>
  new Map(
    items.flatMap((item): [string, Decision][] => {
      const { override, rubric, comment } = marking.items[catalogueKey(item)] ?? {};
      const points = override ?? (item.kind === 'written' ? rubricPoints(item, rubric) : undefined);
      if (points === undefined && comment === undefined) return [];
      return [
        [
          catalogueKey(item),
          {
            ...(points === undefined ? {} : { points }),
            ...(comment === undefined ? {} : { comment }),
          },
        ],
      ];
    }),
  );

/** When a row came, by the work's rule: never by the student's claim. */
export const arrivalOf = (
  { arrival }: Pick<Work, 'arrival'>,
  row: Pick<Row, 'arrival'>,
): string | undefined => {
  if (arrival.kind === 'all-at') return arrival.at;
  return row.arrival === undefined ? undefined : new Date(row.arrival.at).toISOString();
};

/** How late a row is; nothing if nobody but the student says when it came. */
export const latenessOf = (work: Work, row: Row): Lateness | undefined => {
  const at = arrivalOf(work, row);
  if (at === undefined || row.handIn === undefined) return undefined;
  const student = { ...row.handIn.student, lmsName: row.lms?.student };
  return lateness({ assignment: work.assignment, student, at });
};

/** Rows are values: a mark holds as long as the row, the assignment and the clock are the same ones. */
const known = new WeakMap<
  Row,
  { assignment: Work['assignment']; arrival: Work['arrival']; mark: FinalMark }
>();

/** The mark of a row; nothing before it was run again. */
export const markOf = (work: Work, row: Row): FinalMark | undefined => {
  if (row.graded === undefined) return undefined;
  const { assignment, arrival } = work;
  const before = known.get(row);
  if (before?.assignment === assignment && before.arrival === arrival) return before.mark;
  const mark = finalMark(row.graded, {
    decisions: decisionsOf(assignment, row.marking),
    // Without a time of arrival nothing is taken: the table says that there is none.
    factor: latenessOf(work, row)?.factor ?? 1,
  });
  known.set(row, { assignment, arrival, mark });
  return mark;
};
