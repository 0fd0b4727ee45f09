/** A way of making a reader. */
export interface Candidate {
  name: string;
  bytes: number;
  macs: number;
  /** Digits that it reads. */
  read: number;
}

/** What there is at most. */
export interface Budget {
  bytes: number;
  macs: number;
}

/**
 * Finds the candidates that no other beats.
 *
 * @param candidates in any order
 * @returns their names, in the order in which they came
 * @throws RangeError naming a candidate with a number that is none or is below 0
 */
export function paretoFront(candidates: Candidate[]): string[] {
  return candidates.map(({ name }) => name); // Which of them could nobody want?
}

/**
 * Chooses the candidate that reads most and keeps to the budget.
 *
 * @param candidates in any order
 * @param budget the most bytes and multiplications there may be
 * @returns its name, or null if none keeps to the budget
 * @throws RangeError naming a candidate with a number that is none or is below 0
 */
export function choose(candidates: Candidate[], budget: Budget): string | null {
  return candidates.find(({ bytes }) => bytes <= budget.bytes)?.name ?? null;
}

const candidates = [
  { name: 'heavy', bytes: 430, macs: 2300, read: 99 },
  { name: 'light', bytes: 15, macs: 500, read: 98 },
  { name: 'spoilt', bytes: 15, macs: 500, read: 90 },
];
console.log(paretoFront(candidates), '(heavy and light expected)');
