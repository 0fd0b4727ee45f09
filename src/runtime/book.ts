/**
 * `heavy-weights/book`: what cells can ask of the book itself: its models, its data, the reader's case, and a place on
 * the page to show results.
 */
export type { Accusation } from '../crime/index.ts';
export { accuse, openTrial } from './book-case.ts';
export type { TrialEvidence, Verdict } from './book-case.ts';
export { display, progress } from './book-display.ts';
export { openDataset, openModel } from './book-open.ts';
export type {
  Cell,
  DatasetSlice,
  LineValues,
  Matrix,
  Picture,
  PlotOptions,
  TableRows,
  TitleOption,
} from './book-types.ts';
