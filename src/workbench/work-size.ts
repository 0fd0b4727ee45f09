/** Multiplications between two looks at Stop: a fraction of a second. */
const AT_ONCE = 5e7;
const MOST_AT_ONCE = 32;
/** Multiplications after which measuring, and calibrating, has taken long enough, unless more is asked for. */
const MEASURED = 1e10;
const CALIBRATED = 2e10;
const LEAST_EXAMPLES = 100;

/** How many examples are treated at a time and in all, by the work of one. */
export interface WorkSize {
  batch: number;
  testExamples: number;
  calibrationExamples: number;
}

/**
 * Large networks get smaller batches, so that Stop is heard, and are measured on fewer examples: the integers run in
 * plain code, some hundred million multiplications a second.
 *
 * @param macs - multiplications for one example
 */
export function workSize(macs: number): WorkSize {
  const within = (work: number, least: number, most: number): number =>
    Math.max(least, Math.min(most, Math.floor(work / Math.max(1, macs))));
  return {
    batch: within(AT_ONCE, 1, MOST_AT_ONCE),
    testExamples: within(MEASURED, LEAST_EXAMPLES, 1000),
    calibrationExamples: within(CALIBRATED, LEAST_EXAMPLES, 512),
  };
}
