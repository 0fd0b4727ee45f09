/** One student's marks, as they are written into tables. Names and texts are strangers'. */
export interface MarkRow {
  name: string;
  id: string;
  /** What the gradebook knows of the student, where one was dropped. */
  lmsId?: string;
  login?: string;
  email?: string;
  section?: string;
  /** Nothing while there is none: the cell stays empty. */
  mark?: number;
  possible: number;
  /** What the student's own page said. */
  claimed?: number;
  /** Late state, in words. */
  lateness?: string;
  arrivedAt?: string;
  /** By the student's clock. */
  claimedAt?: string;
  /** `earned` is missing while an item waits for the instructor. */
  items?: readonly { kind: string; id: string; earned?: number; points: number }[];
  remarks?: readonly string[];
  comment?: string;
  /** The file that was graded. */
  file?: string;
}
