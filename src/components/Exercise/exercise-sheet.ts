import type { MistakeSource } from '../../runtime/protocol.ts';
import { siteBase } from '../live/services.ts';

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
  /** As the page shows it. */
  starter: string;
}

/** Fetches the sheet of an exercise. */
export const fetchSheet = async (exercise: string): Promise<ExerciseSheet> => {
  const response = await fetch(`${siteBase}exercises/${exercise}.json`);
  if (!response.ok) throw new Error(`exercises/${exercise}.json answered ${response.status}`);
  return (await response.json()) as ExerciseSheet;
};
