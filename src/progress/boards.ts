/** The leader-board of an exercise with budgets: attempts are added, united and cut to a number that a browser can hold. */
import { budgetNames } from '../shared/measures.ts';
import type { Budgets, Measures } from '../shared/measures.ts';
import type { AttemptRecord, BoardRecord } from './records.ts';
import { rankAttempts } from './rank-attempts.ts';

/** Attempts kept of one exercise. */
export const mostAttempts = 60;

const key = ({ at, code }: AttemptRecord): string => `${at}:${code}`;

/** All attempts of both, each once, the oldest first. */
export function uniteAttempts(
  ours: readonly AttemptRecord[],
  theirs: readonly AttemptRecord[],
): AttemptRecord[] {
  const all = new Map([...ours, ...theirs].map((attempt) => [key(attempt), attempt]));
  return [...all.values()].sort((a, b) => a.at - b.at);
}

/** The board with one more attempt. When there are too many the worst goes, but never the last. */
export function addAttempt(
  board: BoardRecord | undefined,
  id: string,
  attempt: AttemptRecord,
  budgets: Budgets,
): BoardRecord {
  let attempts = uniteAttempts(board?.attempts ?? [], [attempt]);
  if (attempts.length > mostAttempts) {
    const ranked = rankAttempts(attempts, budgets);
    const kept = new Set(ranked.slice(0, mostAttempts - 1).map((row) => row.attempt));
    const last = attempts.at(-1)!;
    attempts = attempts.filter((each) => kept.has(each) || each === last);
  }
  return { id, attempts, updatedAt: attempt.at };
}

/** Two boards of one exercise as one: nobody's attempt is lost while there is room, then the oldest go. */
export function mergeBoards(older: BoardRecord, newer: BoardRecord): BoardRecord {
  const attempts = uniteAttempts(older.attempts, newer.attempts).slice(-2 * mostAttempts);
  return { ...newer, attempts };
}

/** Whether everything that the budgets ask for was measured. */
export const isMeasured = (measures: Measures, budgets: Budgets): boolean =>
  budgetNames(budgets).every((name) => measures[name] !== undefined);
