import type { CheckReport } from '../../runtime/protocol.ts';
import type { ExerciseItem, Policy } from '../../schemas/assignment.ts';
import { catalogueKey } from '../catalogue.ts';
import { waitsForPerson } from './graded.ts';
import type { GradedHandIn, ItemStatus } from './graded.ts';

/** Points to two decimals, as gradebooks keep them. */
export const roundPoints = (points: number): number =>
  Math.round((points + Number.EPSILON) * 100) / 100;

/** Every check ran and passed. A run of no checks did not; what a report says of itself does not count. */
export const allPassed = ({ results, error }: CheckReport): boolean =>
  results.length > 0 && error === undefined && results.every(({ status }) => status === 'passed');

/**
 * The points of an exercise: all or nothing, or the share of its checks that passed,
 *
 *   earned = max(0, points · share − points · hintCost/100 · hints),
 *   share = max(0, passed − s) / (checks − s), s = checks that the untouched starter passes,
 *
 * so that the starter as it was given earns nothing.
 *
 * @param reports - of the exercise's own checks and, if there are any, of the instructor's; one that ran none earns nothing
 * @param hints - how many were opened, by the student's own page: no more than a claim
 * @param starter - how many of all these checks the starter passes
 */
export const exerciseMark = (
  { points, partial }: Pick<ExerciseItem, 'points' | 'partial'>,
  reports: readonly CheckReport[],
  policy: Pick<Policy, 'hints' | 'hintCost'>,
  hints: number,
  starter = 0,
): number => {
  const cost = policy.hints === 'cost' ? (points * policy.hintCost * hints) / 100 : 0;
  return roundPoints(Math.max(0, points * shareOf(reports, partial, starter) - cost));
};

const shareOf = (
  reports: readonly CheckReport[],
  partial: ExerciseItem['partial'],
  starter: number,
): number => {
  if (reports.length === 0 || reports.some(({ results }) => results.length === 0)) return 0;
  if (reports.every(allPassed)) return 1;
  if (partial === 'all-or-nothing') return 0;
  const results = reports.flatMap((report) => report.results);
  const passed = results.filter(({ status }) => status === 'passed').length;
  // Every check passed and yet something was wrong: an error of the whole run.
  return passed === results.length ? 0 : ownShare(passed, results.length, starter);
};

/** The share of the checks beyond those that the starter passes. */
const ownShare = (passed: number, of: number, starter: number): number =>
  of > starter ? Math.min(1, Math.max(0, passed - starter) / (of - starter)) : 0;

/** What the student's page claims, in points: shown beside the mark, never part of it. */
export const claimedMark = (
  { points, partial }: Pick<ExerciseItem, 'points' | 'partial'>,
  claimed: { passed: boolean; checks: number; of: number },
  starter = 0,
): number => {
  if (claimed.passed) return points;
  if (partial === 'all-or-nothing' || !(claimed.of > 0)) return 0;
  return roundPoints(points * ownShare(claimed.checks, claimed.of, starter));
};

/**
 * The points of a question of n options whose right one was found at the k-th different try:
 *
 *   earned = points · (n − k) / (n − 1),
 *
 * all of them at the first try and none at the last, when no other option is left.
 *
 * @param attempts - tries that count; 0: any number
 */
export const quizMark = (
  { options, correct }: { options: number; correct: number },
  tried: readonly number[],
  points: number,
  attempts = 0,
): number => {
  const different = [...new Set(tried.filter((index) => index >= 0 && index < options))];
  const found = different.indexOf(correct);
  if (found < 0 || (attempts > 0 && found >= attempts)) return 0;
  return roundPoints(options > 1 ? (points * (options - 1 - found)) / (options - 1) : points);
};

/** Status of an item that was answered and judged. */
export const statusOf = (earned: number, right: boolean): ItemStatus => {
  if (right) return 'passed';
  return earned > 0 ? 'partial' : 'failed';
};

/** What the instructor decided on an item. */
export interface Decision {
  /** In place of what it earned. */
  points?: number;
  comment?: string;
}

export interface FinalMark {
  mark: number;
  possible: number;
  /** Before lateness. */
  earned: number;
  /** Answers that a person has yet to give points: written ones, and what could not be graded. */
  toMark: number;
}

/**
 * The mark: what the items earned, or what the instructor decided, times what lateness leaves of it.
 *
 * @param decisions - by `catalogueKey`
 * @param factor - 0 … 1, from `lateness`
 */
export const finalMark = (
  { items }: Pick<GradedHandIn, 'items'>,
  { decisions, factor = 1 }: { decisions?: ReadonlyMap<string, Decision>; factor?: number } = {},
): FinalMark => {
  let earned = 0;
  let possible = 0;
  let toMark = 0;
  for (const item of items) {
    const decided = decisions?.get(catalogueKey(item))?.points;
    const valid = decided !== undefined && Number.isFinite(decided) && decided >= 0;
    earned += valid ? decided : item.earned;
    possible += item.points;
    if (!valid && waitsForPerson(item)) toMark += 1;
  }
  const late = Math.min(1, Math.max(0, factor));
  return {
    mark: roundPoints(earned * late),
    possible: roundPoints(possible),
    earned: roundPoints(earned),
    toMark,
  };
};
