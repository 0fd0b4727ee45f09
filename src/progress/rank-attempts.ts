/** Which of a reader's attempts stand before which: arithmetic only, for the page and for the store. */
import { budgetNames, gain, meetsAll } from '../shared/measures.ts';
import type { Budgets, MeasureName, Measures } from '../shared/measures.ts';
import type { AttemptRecord } from './records.ts';

/** An attempt in its place. */
export interface RankedAttempt {
  attempt: AttemptRecord;
  /** From 1. */
  place: number;
  /** Whether it meets every budget. */
  meets: boolean;
  /** Whether no other attempt is as good in every measure and better in one. */
  onFront: boolean;
  /** Whether it was made last. */
  last: boolean;
}

function dominates(one: Measures, other: Measures, names: readonly MeasureName[]): boolean {
  const gains = names.map((name) => gain(name, one[name]!, other[name]!));
  return gains.every((each) => each >= 0) && gains.some((each) => each > 0);
}

/**
 * The attempts in their order: those that meet every budget first, then the fewest bytes, then the other measures, then
 * the earlier. Attempts of which something was not measured are left out.
 */
export function rankAttempts(
  attempts: readonly AttemptRecord[],
  budgets: Budgets,
): RankedAttempt[] {
  const names = budgetNames(budgets);
  const whole = attempts.filter(({ measures }) =>
    names.every((name) => Number.isFinite(measures[name])),
  );
  const latest = Math.max(...whole.map(({ at }) => at));
  return whole
    .map((attempt) => ({
      attempt,
      meets: meetsAll(attempt.measures, budgets),
      onFront: !whole.some((other) => dominates(other.measures, attempt.measures, names)),
      last: attempt.at === latest,
    }))
    .sort(
      (a, b) =>
        Number(b.meets) - Number(a.meets) ||
        names.reduce(
          (order, name) =>
            order || -gain(name, a.attempt.measures[name]!, b.attempt.measures[name]!),
          0,
        ) ||
        a.attempt.at - b.attempt.at,
    )
    .map((row, index) => ({ ...row, place: index + 1 }));
}
