import type { MistakeSource } from '../../runtime/protocol.ts';

/** The parts of an exercise that its page does not carry: fetched when one of them is asked for. */
export interface ExerciseSheet {
  entry: string[];
  seed: number;
  limitMs: number;
  /** TypeScript of `checks.ts`. */
  checks: string;
  mistakes: MistakeSource[];
  /** HTML, made by the build from `hints.md`. */
  hints: string[];
  solution: string;
}
