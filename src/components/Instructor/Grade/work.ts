import type { BatchRow } from '../../../instructor/batch/batch-row.ts';
import type { GradedHandIn } from '../../../instructor/grade/graded.ts';
import type { Assignment } from '../../../schemas/assignment.ts';
import type { ReaderErrorData } from '../../../shared/reader-error.ts';

/** By which clock a hand-in is on time or late: never by the student's. */
export type ArrivalRule =
  /** The times of the files, as the LMS, the archive or the disc gives them. */
  | { kind: 'files' }
  /** All came at one time: the instructor says so. */
  | { kind: 'all-at'; at: string };

/** What the instructor decided about one item of one hand-in. */
export interface ItemMarking {
  /** Points in place of those that came of the re-run. */
  override?: number;
  comment?: string;
  /** Of a written question: points by criterion, in the rubric's order. */
  rubric?: (number | null)[];
}

/** What the instructor decided about one hand-in. A value: edits make another. */
export interface Marking {
  /** By `kind id`. */
  items: Readonly<Record<string, ItemMarking>>;
  comment: string;
}

/** One file that came in, with what became of it. `key` tells it from all others in the store. */
export interface Row extends BatchRow {
  /** Id of the assignment. */
  work: string;
  /** What the table calls it while names are hidden: 1, 2, 3 … */
  number: number;
  graded?: GradedHandIn;
  /** What its marks depend on besides itself: see `gradingStamp`. */
  stamp?: string;
  /** Why grading ended without marks; it can be tried again. */
  gradingFault?: ReaderErrorData;
  marking: Marking;
}

/** The grading of one assignment. */
export interface Work {
  /** The assignment's. */
  id: string;
  assignment: Assignment;
  /** Inputs of the re-run are drawn from it, never from the reader's seed. */
  gradingSeed: number;
  arrival: ArrivalRule;
  /** Text of a `checks.ts` by exercise. */
  privateChecks: Record<string, string>;
  revealed: boolean;
  /** Hand-ins that are graded at a time. */
  jobs: number;
  /** Keys of rows that count whatever came later. */
  chosen: string[];
  updatedAt: number;
}

export const noMarking: Marking = { items: {}, comment: '' };

/** Whether a row is a hand-in that counts and has no marks, or marks of another grading. */
export const isToGrade = ({ state, graded, stamp }: Row, wanted: string | undefined): boolean =>
  state === 'ready' && (graded === undefined || stamp !== wanted);

/** How a row is called: by its number until names are revealed. */
export const rowName = ({ number, handIn, path }: Row, revealed: boolean): string => {
  if (!revealed) return handIn === undefined ? `File ${number}` : `Client ${number}`;
  return handIn?.student.name ?? path;
};
