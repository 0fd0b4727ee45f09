/**
 * What a check may measure of a reader's answer besides judging it: the numbers that an exercise with budgets keeps of
 * every attempt. Only these names travel from the judge to the page and into the reader's record.
 */

/** Each measure: what it is called, whether less of it is better, and the largest that it can be. */
export const measureKinds = {
  /** Of the file as it lies in the flash. */
  bytes: { label: 'bytes', better: 'less', most: 2 ** 40 },
  /** Share that is read rightly, 0 … 1. */
  accuracy: { label: 'read', better: 'more', most: 1 },
  /** Multiplications, each with an addition, for one example. */
  macs: { label: 'multiplications', better: 'less', most: 2 ** 50 },
} as const satisfies Record<string, { label: string; better: 'less' | 'more'; most: number }>;

export type MeasureName = keyof typeof measureKinds;

/** What was measured of one attempt. */
export type Measures = Partial<Record<MeasureName, number>>;

/** Limits of an exercise: bytes and multiplications at most, accuracy at least. */
export type Budgets = Measures;

const measureNames = Object.keys(measureKinds) as MeasureName[];

/** @internal */
export const isMeasureName = (name: unknown): name is MeasureName =>
  typeof name === 'string' && Object.hasOwn(measureKinds, name);

/** Whether a value can be that measure: a finite number from 0 to its largest. @internal */
export const isMeasure = (name: MeasureName, value: unknown): value is number =>
  typeof value === 'number' &&
  Number.isFinite(value) &&
  value >= 0 &&
  value <= measureKinds[name].most;

/** More than 0 where the first value is the better of the two. @internal */
export const gain = (name: MeasureName, one: number, other: number): number =>
  measureKinds[name].better === 'less' ? other - one : one - other;

/** The measures that have budgets, in the order in which they are shown. @internal */
export const budgetNames = (budgets: Budgets): MeasureName[] =>
  measureNames.filter((name) => budgets[name] !== undefined);

/** Whether a budget is met. A measure that was not taken meets nothing. @internal */
export const meetsBudget = (
  name: MeasureName,
  value: number | undefined,
  budget: number,
): boolean => value !== undefined && gain(name, value, budget) >= 0;

/** Whether all are met. @internal */
export const meetsAll = (measures: Measures, budgets: Budgets): boolean =>
  budgetNames(budgets).every((name) => meetsBudget(name, measures[name], budgets[name]!));
