import { ReaderError } from '../../shared/reader-error.ts';
import { requireInteger } from '../numerics/arguments.ts';
import type { Interval } from './wilson-interval.ts';

/** How long something takes. */
export interface BenchmarkOptions {
  /** Calls that are not counted; 3 unless told. */
  warmUp?: number;
  /** Calls, or groups of calls, that are timed; 30 unless told, 6 at least. */
  runs?: number;
  /** The clock, in milliseconds; performance.now unless told. */
  now?: () => number;
}

/** Times in milliseconds a call. */
export interface Benchmark {
  median: number;
  /** Contains the median of all calls there could be, with 95 % confidence. */
  interval: Interval;
  /** Each of the timed runs, in order. */
  samples: number[];
  /** Calls in one run: more than one where a single call is too short for the clock. */
  callsPerRun: number;
  /** The smallest step that the clock was seen to make. */
  clockStep: number;
  /** Empty, or why not to trust the numbers. */
  warning: string;
}

/** A run shall last so many steps of the clock: then the clock is off by 2 % at most. */
const STEPS_PER_RUN = 50;
const MOST_CALLS = 1e6;
/** A clock of whole milliseconds is read some ten thousand times before it moves. */
const MOST_READS = 2e5;

/**
 * Measures how long a function takes: after a warm-up, by the median of many runs, with an interval.
 *
 * The interval lies between the order statistics of ranks n/2 ∓ 0.98·√n, which need no assumption on how times are
 * distributed. A call shorter than 50 steps of the clock is repeated within a run: browsers round their clocks to
 * between 5 µs and 1 ms. Asynchronous functions are waited for.
 *
 * @param run - what is measured
 * @param options - `warmUp` (3 unless told), `runs` (30 unless told, 6 at least), `now` (performance.now unless told)
 * @returns `{median, interval, samples, callsPerRun, clockStep, warning}` in milliseconds a call
 * @throws ReaderError `not-a-function`, `not-an-integer-in-range`; whatever `run` throws
 * @example
 * ```ts
 * import { evaluation } from 'heavy-weights';
 *
 * let time = 0;
 * const { median } = await evaluation.benchmark(() => { time += 2; }, { now: () => Math.floor(time) });
 * console.log(median); // 2
 * ```
 * @see J.-Y. Le Boudec, "Performance Evaluation of Computer and Communication Systems", section 2.2
 */
export async function benchmark(
  run: () => unknown,
  { warmUp = 3, runs = 30, now = () => performance.now() }: BenchmarkOptions = {},
): Promise<Benchmark> {
  if (typeof run !== 'function') {
    throw new ReaderError({
      code: 'not-a-function',
      explain: 'benchmark takes a function to measure.',
      hint: 'Write benchmark(() => model.predict(x)).',
    });
  }
  requireInteger('warmUp', warmUp, 0, 1e6);
  requireInteger('runs', runs, 6, 1e6);
  for (let i = 0; i < warmUp; i++) await run();
  const { callsPerRun, clockStep } = await callsFor(run, now);
  const samples: number[] = [];
  for (let i = 0; i < runs; i++) samples.push((await timeOf(run, callsPerRun, now)) / callsPerRun);
  const sorted = samples.toSorted((a, b) => a - b);
  const reach = 0.98 * Math.sqrt(runs);
  const rank = (position: number): number =>
    sorted[Math.min(runs - 1, Math.max(0, Math.round(position)))]!;
  const middle = (runs - 1) / 2;
  const median = (rank(Math.floor(middle)) + rank(Math.ceil(middle))) / 2;
  const interval = { low: rank(middle - reach), high: rank(middle + reach) };
  const coarse = median * callsPerRun < STEPS_PER_RUN * clockStep;
  return {
    median,
    interval,
    samples,
    callsPerRun,
    clockStep,
    warning: coarse
      ? `The clock makes steps of ${Number(clockStep.toPrecision(3))} ms, and a run of ${callsPerRun} calls takes ${(median * callsPerRun).toPrecision(2)} ms: too short to be measured well.`
      : '',
  };
}

async function timeOf(run: () => unknown, calls: number, now: () => number): Promise<number> {
  const start = now();
  for (let i = 0; i < calls; i++) {
    const pending = run();
    if (pending instanceof Promise) await pending;
  }
  return now() - start;
}

/** Doubles the calls of a run until it is long beside a step of the clock. */
async function callsFor(
  run: () => unknown,
  now: () => number,
): Promise<{ callsPerRun: number; clockStep: number }> {
  const clockStep = smallestStep(now);
  for (let calls = 1; ; calls *= 2) {
    const time = await timeOf(run, calls, now);
    if ((time > 0 && time >= STEPS_PER_RUN * clockStep) || calls >= MOST_CALLS) {
      return { callsPerRun: calls, clockStep };
    }
  }
}

/** The smallest difference of readings of a clock that is read without pause; 0 if it stands still meanwhile. */
function smallestStep(now: () => number): number {
  let step = Infinity;
  let before = now();
  for (let reads = 0, steps = 0; reads < MOST_READS && steps < 5; reads++) {
    const after = now();
    if (after > before) {
      step = Math.min(step, after - before);
      steps++;
    }
    before = after;
  }
  return Number.isFinite(step) ? step : 0;
}
