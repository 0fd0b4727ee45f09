import type { FeedbackFile } from '../../../instructor/gradebook/feedback-zip.ts';
import { feedbackText } from '../../../instructor/gradebook/feedback.ts';
import { nameIn, valueAt, type Gradebook } from '../../../instructor/gradebook/gradebook.ts';
import type { MarkRow } from '../../../instructor/gradebook/mark-row.ts';
import type { Matching, StudentToMatch } from '../../../instructor/gradebook/match-students.ts';
import { catalogueKey } from '../../../instructor/catalogue.ts';
import { waitsForPerson } from '../../../instructor/grade/graded.ts';
import { arrivalOf, decisionsOf, latenessOf, markOf } from './mark-of.ts';
import { allRemarks } from './remark-words.ts';
import { lateWords, lateWordsForInstructor } from './late-words.ts';
import type { Row, Work } from './work.ts';

/** Rows that have a mark to write down: graded, and nothing in them waits for the instructor. */
export const finished = (work: Work, rows: readonly Row[]): Row[] =>
  rows.filter((row) => row.state === 'ready' && markOf(work, row)?.toMark === 0);

/** Whom to look for in a gradebook. */
export const toMatch = (rows: readonly Row[]): StudentToMatch[] =>
  rows.flatMap(({ key, handIn, lms, state }) =>
    handIn === undefined || state !== 'ready'
      ? []
      : [{ key, ...handIn.student, ...(lms === undefined ? {} : { lms }) }],
  );

/** A row as tables of marks have it. What waits for the instructor gives no mark, so that no half mark is imported. */
export const markRow = (work: Work, row: Row, known: Partial<MarkRow> = {}): MarkRow => {
  const mark = markOf(work, row);
  const at = arrivalOf(work, row);
  const late = latenessOf(work, row);
  const decisions = decisionsOf(work.assignment, row.marking);
  const lmsId = row.lms?.userId;
  return {
    name: row.handIn?.student.name ?? '',
    id: row.handIn?.student.id ?? '',
    possible: mark?.possible ?? 0,
    ...(lmsId === undefined ? {} : { lmsId }),
    ...(mark === undefined || mark.toMark > 0 ? {} : { mark: mark.mark }),
    ...(row.graded === undefined ? {} : { claimed: row.graded.claimedEarned }),
    lateness: lateWordsForInstructor(late, { revealed: true }),
    ...(at === undefined ? {} : { arrivedAt: at }),
    ...(row.handIn === undefined ? {} : { claimedAt: row.handIn.handedInAt }),
    items:
      row.graded?.items.map((item) => {
        const points =
          decisions.get(catalogueKey(item))?.points ??
          (waitsForPerson(item) ? undefined : item.earned);
        return {
          kind: item.kind,
          id: item.id,
          points: item.points,
          ...(points === undefined ? {} : { earned: points }),
        };
      }) ?? [],
    remarks: allRemarks({ ...work, revealed: true }, row),
    comment: row.marking.comment,
    file: row.path,
    ...known,
  };
};

/** What the gradebook knows of each matched student, by the key of the row. */
export const knownOf = (
  { students, roles }: Gradebook,
  { matched }: Matching,
): Map<string, Partial<MarkRow>> =>
  new Map(
    matched.flatMap(({ key, row }) => {
      const student = students[row];
      if (student === undefined) return [];
      const known: Partial<MarkRow> = {};
      const name = nameIn(student, roles);
      if (name !== '') known.name = name;
      for (const role of ['lmsId', 'id', 'login', 'email'] as const) {
        const value = valueAt(student, roles[role]).trim();
        if (value !== '') known[role] = value;
      }
      return [[key, known] as const];
    }),
  );

/** A feedback file for each student who was graded. */
export const feedbackFiles = (
  work: Work,
  rows: readonly Row[],
  titles: ReadonlyMap<string, string>,
): FeedbackFile[] =>
  rows.flatMap((row) => {
    if (row.state !== 'ready' || row.graded === undefined) return [];
    const late = latenessOf(work, row);
    const { name, id } = row.graded.student;
    const text = feedbackText(row.graded, {
      assignment: work.assignment.title,
      titles,
      decisions: decisionsOf(work.assignment, row.marking),
      ...(late === undefined ? {} : { lateness: { factor: late.factor, text: lateWords(late) } }),
      ...(row.marking.comment === '' ? {} : { comment: row.marking.comment }),
    });
    return [{ path: row.lms?.feedbackPath ?? `${name} ${id}`.trim(), text }];
  });
