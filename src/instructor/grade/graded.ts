import type { CheckReport, CheckRequest, MistakeSource } from '../../runtime/protocol.ts';
import type { Item } from '../../schemas/assignment.ts';
import type { Student } from '../../schemas/hand-in.ts';

/**
 * Runs one check where a hostile program does no harm: `Sandbox.check` of a page, or of a page that a script drives.
 * A program can do nothing that makes it reject.
 */
export type Runner = (request: CheckRequest, signal?: AbortSignal) => Promise<CheckReport>;

/** Code of a report that is no program's doing: the browser around the sandbox was lost, and there is no mark. */
export const browserLost = 'browser-lost';

/** What grading needs of an exercise of the book; what its page fetches (`exercises/<id>.json`) holds it. */
export interface GradingSheet {
  entry: string[];
  seed: number;
  limitMs: number;
  /** TypeScript of `checks.ts`. */
  checks: string;
  mistakes: MistakeSource[];
  /** TypeScript, for proving an instructor's own checks. */
  solution?: string;
  /** As every student is given it: checks that it passes earn nothing. */
  starter?: string;
}

/** What grading needs of a question of the book. */
export interface QuizKey {
  version: string;
  /** Their texts as the book's file has them: by these an option is found again among those of another version. */
  options: readonly string[];
  /** Index of the right one. */
  correct: number;
}

/** The book, as grading asks for it. Each answer is best kept by the source: one is asked for by every hand-in. */
export interface Sheets {
  /** Nothing if this printing has no such exercise. */
  exercise(id: string): Promise<GradingSheet | undefined>;
  quiz(id: string): Promise<QuizKey | undefined>;
}

export interface GradeContext {
  sheets: Sheets;
  runner: Runner;
  /** Decides every input that is drawn; the instructor keeps it, so that a grading can be repeated. */
  gradingSeed: number;
  /** The instructor's own checks, exercise by exercise: TypeScript, see `readPrivateChecks`. */
  privateChecks?: Readonly<Record<string, string>>;
  /** Times an exercise's own limit: several run at once here. 2 unless given. */
  limitFactor?: number;
  signal?: AbortSignal;
}

/** Something the instructor should know; `text` may hold a student's words and is shown as text only. */
export interface Remark {
  code: string;
  text: string;
}

export type ItemStatus =
  | 'passed'
  | 'partial' /* some of the points */
  | 'failed'
  | 'missing' /* no answer */
  | 'to-mark' /* a written answer waits for its reader */
  | 'not-graded'; /* nothing of the student's: the exercise or its checks are not to be had */

/** Whether an item has no points before a person gives it some: what earned 0 is another matter. */
export const waitsForPerson = ({ status }: Pick<GradedItem, 'status'>): boolean =>
  status === 'to-mark' || status === 'not-graded';

export interface GradedItem {
  kind: Item['kind'];
  id: string;
  points: number;
  /** By the re-run, hints deducted; lateness and the instructor's own decisions come on top: `finalMark`. */
  earned: number;
  status: ItemStatus;
  /** What the student's own page said. No mark comes of it. */
  claimedPassed: boolean;
  /** What that would have earned. */
  claimedEarned: number;
  /** By the book's exercise as it is now. */
  report?: CheckReport;
  /** By the exercise as the assignment keeps it, where the book's is another by now: this one gives the mark. */
  pinnedReport?: CheckReport;
  /** What the book's of today gives, where the assignment's version is another and it can be told. */
  earnedByBook?: number;
  /** Of a question that was answered by the book's options of today: what the assignment's give, where it can be told. */
  earnedByPinned?: number;
  /** By the instructor's own checks. */
  privateReport?: CheckReport;
  /** The book's version is not the assignment's. */
  drift: boolean;
  /** Claims of the student's page, as all three are. */
  hints: number;
  attempts: number;
  solutionShown: boolean;
  remarks: Remark[];
}

export interface GradedHandIn {
  student: Student;
  /** Which hand-in this is: its own hash, as it says. */
  receipt: string;
  /** By the student's clock. */
  claimedAt: string;
  items: GradedItem[];
  earned: number;
  possible: number;
  claimedEarned: number;
  /** Items that wait for the instructor: see `waitsForPerson`. */
  toMark: number;
  remarks: Remark[];
  elapsedMs: number;
}

/** The report that gave the mark. */
export const markedReport = ({ pinnedReport, report }: GradedItem): CheckReport | undefined =>
  pinnedReport ?? report;
