/** One thing measured beside its peers, in the same run. */
export interface Contest {
  name: string;
  /** Elements a call works through. */
  elements: number;
  /** Ours. */
  ours: () => unknown;
  /** Others, by name, doing the same work. */
  peers: Record<string, () => unknown>;
  /** Timed rounds, 25 unless told: fewer where a call takes a second. */
  rounds?: number;
  /** Calls before them, 8 unless told. */
  warmUp?: number;
}

/** A contender's median time, and how long it took beside ours. */
export interface Standing {
  name: string;
  nanosecondsPerElement: number;
  /** Its time over ours: above 1 ours is faster. */
  timesOurs: number;
}

export interface ContestResult {
  name: string;
  elements: number;
  standings: Standing[];
}

const median = (numbers: number[]): number =>
  numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)]!;

/**
 * Runs the contenders in turn, round by round, so that whatever else the machine does meets all of them;
 * gives the median of each.
 */
export function measure({
  name,
  elements,
  ours,
  peers,
  rounds = 25,
  warmUp = 8,
}: Contest): ContestResult {
  const contenders = [['ours', ours] as const, ...Object.entries(peers)];
  for (const [, run] of contenders) for (let i = 0; i < warmUp; i++) run();
  const times = contenders.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    contenders.forEach(([, run], i) => {
      const start = performance.now();
      run();
      times[i]!.push(performance.now() - start);
    });
  }
  const medians = times.map(median);
  return {
    name,
    elements,
    standings: contenders.map(([contender], i) => ({
      name: contender,
      nanosecondsPerElement: (medians[i]! * 1e6) / elements,
      timesOurs: medians[i]! / medians[0]!,
    })),
  };
}
