import type { Measures } from '../shared/measures.ts';

/** What the store keeps about one reader, in this browser only. Every record carries its time in ms. */

export interface CellRecord {
  /** `<chapter slug>/<section slug>/<cell id>` */
  id: string;
  /** The reader's text, empty while it is the book's own, which stays in the page: both versions are kept. */
  code: string;
  runs: number;
  updatedAt: number;
}

export type ExerciseState = 'untouched' | 'edited' | 'passed' | 'failed';

export interface ExerciseRecord {
  id: string;
  state: ExerciseState;
  code: string;
  attempts: number;
  hintsShown: number;
  solutionShown: boolean;
  /** Time of the first pass. */
  passedAt?: number;
  /** The text that passed last. */
  passedCode?: string;
  /** Results of the last check, by check id. */
  lastResults: { id: string; status: 'passed' | 'failed' | 'not-run' }[];
  updatedAt: number;
}

/** One Check of an exercise with budgets, and what it measured. */
export interface AttemptRecord {
  /** Time of the Check. */
  at: number;
  passed: boolean;
  measures: Measures;
  /** The text that was checked. */
  code: string;
}

/** The leader-board of one exercise. */
export interface BoardRecord {
  /** Identity of the exercise. */
  id: string;
  /** The oldest first. */
  attempts: AttemptRecord[];
  updatedAt: number;
}

export interface QuizRecord {
  id: string;
  /** Indexes of the options tried, in order. */
  answers: number[];
  correct: boolean;
  /** `1.2` */
  section: string;
  updatedAt: number;
}

export interface PredictionRecord {
  id: string;
  question: string;
  answer: string;
  updatedAt: number;
}

export interface PlaceRecord {
  id: 'last';
  /** Path below the site's base: `chapters/01-…/02-…/` */
  path: string;
  /** `1.2` */
  number: string;
  title: string;
  soFar: string;
  updatedAt: number;
}

export type SettingKey =
  | 'theme'
  | 'editor'
  | 'tabTrapping'
  | 'language'
  | 'caseNumber'
  /** By the number of a case that was won: the deed. */
  | `verdict-${number}`;

export interface SettingRecord {
  id: SettingKey;
  value: string;
  updatedAt: number;
}

/** Everything, as exported. */
export interface ProgressData {
  cells: CellRecord[];
  exercises: ExerciseRecord[];
  quizzes: QuizRecord[];
  predictions: PredictionRecord[];
  places: PlaceRecord[];
  settings: SettingRecord[];
  boards: BoardRecord[];
}
export type StoreName = keyof ProgressData;
