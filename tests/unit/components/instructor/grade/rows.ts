/** Rows of the Grade page as tests need them. */
import type { BatchRow } from '../../../../../src/instructor/batch/batch-row.ts';
import { gradeHandIn } from '../../../../../src/instructor/grade/grade-hand-in.ts';
import type { Assignment } from '../../../../../src/schemas/assignment.ts';
import type { Answer } from '../../../../../src/schemas/hand-in.ts';
import {
  noMarking,
  type Row,
  type Work,
} from '../../../../../src/components/Instructor/Grade/work.ts';
import {
  allAnswers,
  assignmentOf,
  contextOf,
  handInOf,
  right,
} from '../../../instructor/grade/support.ts';

export const workOf = (changes: Partial<Work> = {}): Work => ({
  id: 'a0123456789',
  assignment: assignmentOf(),
  gradingSeed: 99,
  arrival: { kind: 'files' },
  privateChecks: {},
  revealed: false,
  jobs: 1,
  chosen: [],
  updatedAt: 0,
  ...changes,
});

interface Came {
  name?: string;
  id?: string;
  answers?: Answer[];
  at?: string;
  path?: string;
  assignment?: Assignment;
}

/** A hand-in as batch reading gives it. */
export const cameRow = async ({
  name = 'Ada Lovelace',
  id = 's1',
  answers = allAnswers(right),
  at,
  path = `${id}.json`,
  assignment = assignmentOf(),
}: Came = {}): Promise<BatchRow> => ({
  key: path,
  path,
  size: 1,
  state: 'ready',
  handIn: await handInOf(answers, { assignment, name, id }),
  remarks: [],
  ...(at === undefined ? {} : { arrival: { at: Date.parse(at), from: 'file', zoned: true } }),
});

export const refusedRow = (path = 'cut.json'): BatchRow => ({
  key: path,
  path,
  size: 1,
  state: 'refused',
  fault: { code: 'hand-in-not-json', explain: 'It was cut short.' },
  remarks: [],
});

/** A row that has been graded, in this process. */
export const gradedRow = async (came: Came = {}, changes: Partial<Row> = {}): Promise<Row> => {
  const row = await cameRow(came);
  const assignment = came.assignment ?? assignmentOf();
  return {
    ...row,
    key: row.path,
    work: assignment.id,
    number: 1,
    marking: noMarking,
    graded: await gradeHandIn(row.handIn!, assignment, contextOf()),
    ...changes,
  };
};
