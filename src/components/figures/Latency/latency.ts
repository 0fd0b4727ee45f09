/** Two forms of a network timed in turns: how the runs are drawn, and what they say. */
import { writeNumber } from '../write-number.ts';

export type Form = 'float32' | 'int8';
export const FORMS: readonly Form[] = ['float32', 'int8'];

/** What is timed: both forms in LiteRT, and the int8 form in the book’s own interpreter, which the drawing leaves out. */
export type Way = Form | 'reference';
export const WAYS: Readonly<Record<Way, string>> = {
  float32: 'float32 in LiteRT',
  int8: 'int8 in LiteRT',
  reference: 'int8 in the book’s interpreter',
};
export const WAY_NAMES = Object.keys(WAYS) as Way[];

/** What is known of a network before anything is timed. */
export interface NetworkCost {
  macs: number;
  /** Weights and biases, for each form. */
  weightBytes: Record<Form, number>;
}
export type Costs = Record<string, NetworkCost>;

/** Runs of one kind, in the order in which they were made; times in milliseconds a call. */
export interface Measured {
  samples: number[];
  callsPerRun: number;
  clockStep: number;
  /** Empty, or why not to trust the times. */
  warning: string;
}
export type Timings = Partial<Record<Way, Measured>>;

/** Of the drawing, in units of its viewBox. */
export const WIDTH = 640;
export const HEIGHT = 244;
export const LEFT = 8;
export const TOP = 26;
export const BASE = 214;

/** Runs of each form that can be asked for. */
export const LEAST_RUNS = 12;
export const MOST_RUNS = 120;
export const FIRST_RUNS = 60;
/** Runs of the interpreter, which is slow. */
export const REFERENCE_RUNS = 12;

interface Summary {
  median: number;
  /** Holds the median of all runs there could be, with 95 % confidence. */
  low: number;
  high: number;
  slowest: number;
}

/** The median of some runs and its interval, by ranks: as the engine’s benchmark takes them. */
export function summary(samples: readonly number[]): Summary {
  const sorted = samples.toSorted((a, b) => a - b);
  const last = sorted.length - 1;
  const reach = 0.98 * Math.sqrt(sorted.length);
  const at = (rank: number): number => sorted[Math.min(last, Math.max(0, Math.round(rank)))]!;
  return {
    median: (sorted[Math.floor(last / 2)]! + sorted[Math.ceil(last / 2)]!) / 2,
    low: at(last / 2 - reach),
    high: at(last / 2 + reach),
    slowest: sorted[last]!,
  };
}

/** Adds the runs of another turn. */
export function joined(before: Measured | undefined, turn: Measured): Measured {
  return {
    samples: [...(before?.samples ?? []), ...turn.samples],
    callsPerRun: Math.max(before?.callsPerRun ?? 0, turn.callsPerRun),
    clockStep: Math.max(before?.clockStep ?? 0, turn.clockStep),
    warning: turn.warning || (before?.warning ?? ''),
  };
}

/** The time at the upper edge: a little more than nine runs of ten took, and never less than any interval needs. */
export function ceiling(timings: Timings): number {
  const measured = FORMS.flatMap((form) => timings[form] ?? []);
  if (measured.length === 0) return 1;
  return Math.max(
    ...measured.map(({ samples }) => {
      const sorted = samples.toSorted((a, b) => a - b);
      return 1.25 * Math.max(sorted[Math.ceil(0.9 * sorted.length) - 1]!, summary(samples).high);
    }),
  );
}

/** Where a time stands; a longer one than the drawing holds stands on its upper edge. */
export function yOf(time: number, most: number): number {
  return BASE - (Math.min(time, most) / most) * (BASE - TOP);
}

/** A dot for every run, from the first to the last. */
export function dotsPath(samples: readonly number[], runs: number, most: number): string {
  const step = (WIDTH - 2 * LEFT) / runs;
  return samples
    .map((time, i) => `M${(LEFT + (i + 0.5) * step).toFixed(1)} ${yOf(time, most).toFixed(1)}h0.01`)
    .join('');
}

/** A time in words: µs below a millisecond. */
function writeTime(ms: number): string {
  return ms < 1 ? `${writeNumber(1000 * ms, 3)} µs` : `${writeNumber(ms, 3)} ms`;
}

/** By how much int8 is quicker than float32: its least, its likeliest and its most, by the two intervals. */
export function gain(timings: Record<Form, Measured>): Record<'least' | 'likely' | 'most', number> {
  const [float, int] = [summary(timings.float32.samples), summary(timings.int8.samples)];
  return {
    least: float.low / int.high,
    likely: float.median / int.median,
    most: float.high / int.low,
  };
}

const times = (factor: number): string => writeNumber(Number(factor.toFixed(2)), 3);

/** What there is to say of a network. */
export function verdict(network: string, cost: NetworkCost, timings: Timings): string {
  const { float32, int8 } = timings;
  if (!float32 || !int8) {
    const ratio = cost.weightBytes.float32 / cost.weightBytes.int8;
    return `Not timed yet. In int8 ${network} has ${times(ratio)} times fewer bytes of weights to carry, and as many multiplications to do.`;
  }
  const { least, likely, most } = gain({ float32, int8 });
  if (least <= 1 && most >= 1) {
    return `These runs show no difference: int8 may be anything from ${times(least)} to ${times(most)} times as quick.`;
  }
  if (likely > 1) {
    return `On this machine int8 is ${times(likely)} times as quick, somewhere from ${times(least)} to ${times(most)}.`;
  }
  return `On this machine int8 takes ${times(1 / likely)} times as long, somewhere from ${times(1 / most)} to ${times(1 / least)}.`;
}

/** A median with its interval, in words. */
function timeText(measured: Measured | undefined): string {
  if (!measured) return 'not timed yet';
  const { median, low, high } = summary(measured.samples);
  return `${writeTime(median)} (${writeTime(low)} to ${writeTime(high)})`;
}

/** How the times came about: runs, calls, clock, and what the clock could not do. */
export function howTimed(timings: Timings, runtime: string): string {
  const measured = WAY_NAMES.flatMap((way) => timings[way] ?? []);
  if (measured.length === 0) return 'In brackets will stand the 95% interval of each median.';
  const step = Math.max(...measured.map(({ clockStep }) => clockStep));
  const calls = WAY_NAMES.flatMap((way) => {
    const { samples, callsPerRun } = timings[way] ?? {};
    if (!samples || !callsPerRun) return [];
    return `${samples.length} runs of ${WAYS[way]}, ${callsPerRun.toLocaleString('en-GB')} ${callsPerRun === 1 ? 'call' : 'calls'} in each`;
  });
  const warning = measured.find((each) => each.warning !== '')?.warning;
  return [
    `${calls.join('; ')}.`,
    `In brackets the 95% interval of the median. The clock steps by ${writeTime(step)}.`,
    runtime,
    warning,
  ]
    .filter(Boolean)
    .join(' ');
}

interface Drawing {
  /** Attributes by part. */
  attributes: Record<string, Record<string, string>>;
  /** Texts by part. */
  texts: Record<string, string>;
}

/** Everything that the figure shows of a network, timed or not. */
export function drawing(
  network: string,
  cost: NetworkCost,
  { runs, timings, runtime = '' }: { runs: number; timings: Timings; runtime?: string },
): Drawing {
  const most = ceiling(timings);
  const attributes: Drawing['attributes'] = {};
  for (const form of FORMS) {
    const measured = timings[form];
    const found = measured && summary(measured.samples);
    attributes[`dots-${form}`] = { d: measured ? dotsPath(measured.samples, runs, most) : '' };
    attributes[`median-${form}`] = {
      d: found ? `M${LEFT} ${yOf(found.median, most).toFixed(1)}H${WIDTH - LEFT}` : '',
    };
    attributes[`band-${form}`] = {
      d: found
        ? `M${LEFT} ${yOf(found.high, most).toFixed(1)}H${WIDTH - LEFT}V${yOf(found.low, most).toFixed(1)}H${LEFT}z`
        : '',
    };
  }
  return {
    attributes,
    texts: {
      macs: cost.macs.toLocaleString('en-GB'),
      'bytes-float32': cost.weightBytes.float32.toLocaleString('en-GB'),
      'bytes-int8': cost.weightBytes.int8.toLocaleString('en-GB'),
      ...Object.fromEntries(WAY_NAMES.map((way) => [`time-${way}`, timeText(timings[way])])),
      runs: String(runs),
      how: howTimed(timings, runtime),
      top: FORMS.some((form) => timings[form]) ? writeTime(most) : 'not timed yet',
      verdict: verdict(network, cost, timings),
    },
  };
}

/** Rows of the table: what was timed, median, interval, slowest run. */
export function tableRows(timings: Timings): string[][] {
  return WAY_NAMES.map((way) => {
    const measured = timings[way];
    if (!measured) return [WAYS[way], '–', '–', '–'];
    const { median, low, high, slowest } = summary(measured.samples);
    return [
      WAYS[way],
      writeTime(median),
      `${writeTime(low)} to ${writeTime(high)}`,
      writeTime(slowest),
    ];
  });
}
