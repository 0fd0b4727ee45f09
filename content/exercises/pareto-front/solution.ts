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
  candidates.forEach(requireNumbers);
  return candidates
    .filter((one) => !candidates.some((other) => beats(other, one)))
    .map(({ name }) => name);
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
  candidates.forEach(requireNumbers);
  const affordable = candidates.filter(
    ({ bytes, macs }) => bytes <= budget.bytes && macs <= budget.macs,
  );
  const best = affordable.toSorted(
    (a, b) => b.read - a.read || a.bytes - b.bytes || a.macs - b.macs,
  );
  return best[0]?.name ?? null;
}

function beats(a: Candidate, b: Candidate): boolean {
  const noWorse = a.bytes <= b.bytes && a.macs <= b.macs && a.read >= b.read;
  const better = a.bytes < b.bytes || a.macs < b.macs || a.read > b.read;
  return noWorse && better;
}

function requireNumbers({ name, bytes, macs, read }: Candidate): void {
  if ([bytes, macs, read].every((value) => Number.isFinite(value) && value >= 0)) return;
  throw new RangeError(`${name} has a number that is not finite or is below 0.`);
}
