/** The size of an error: section 2.3, from its committed results and the arithmetic of a bell. */
import { sectionResults } from '../../../build/section-results.ts';
import { modelFacts } from '../../../build/model-facts.ts';
import { type ComputedEntry, entries } from './entry.ts';

interface Layer {
  limit: number;
  rms: number;
  clipped: number[];
  widths: { bits: number; rounding: number[]; clipping: number[] }[];
}

interface Row {
  weightBits: number;
  inputBits: number;
  weights: number | null;
  inputs: number | null;
  sums: number;
}

interface Results {
  layers: Layer[];
  pass: { coherence: number; rows: Row[] };
  harm: {
    float: number;
    dark: number;
    drift: number;
    rows: { kind: string; sqnr: number; cosine: number; correct: number }[];
  };
}

const results = (): Results => sectionResults<Results>('2.3');
/** `dense_1` of LeNet-5. */
const heavy = (): Layer => results().layers[0]!;
const lastCode = (bits: number): number => 2 ** (bits - 1) - 1;
const inDecibels = (ratio: number): number => 10 * Math.log10(ratio);

function width(bits: number): { errors: number[]; best: number } {
  const { rounding, clipping } = heavy().widths.find((entry) => entry.bits === bits)!;
  const errors = rounding.map((error, i) => error + clipping[i]!);
  return { errors, best: errors.lastIndexOf(Math.min(...errors)) };
}

const sqnrAt = (bits: number, index: number): number =>
  inDecibels(heavy().rms ** 2 / width(bits).errors.at(index)!);
const clipAt = (bits: number): number =>
  (heavy().limit * (width(bits).best + 1)) / heavy().clipped.length;
const gain = (bits: number): number => sqnrAt(bits, width(bits).best) - sqnrAt(bits, -1);

/** The measured power of the rounding errors over s²/12. */
const overLaw = (bits: number): number =>
  width(bits).errors.at(-1)! / ((heavy().limit / lastCode(bits)) ** 2 / 12);

const STEP = 0.004;
/** Share of the power, or the density alone, of a bell of unit spread: summed from 0 to 8 spreads. */
function overBell(value: (size: number) => number): number {
  let sum = 0;
  for (let size = STEP / 2; size < 8; size += STEP) {
    sum += value(size) * Math.exp((-size * size) / 2) * Math.sqrt(2 / Math.PI) * STEP;
  }
  return sum;
}

/** The clip, in spreads, at which a bell is quantized with the least error. */
function bellClip(bits: number): number {
  const error = (clip: number): number => {
    const scale = clip / lastCode(bits);
    return overBell(
      (size) => (size - scale * Math.min(lastCode(bits), Math.round(size / scale))) ** 2,
    );
  };
  let [best, least] = [0, Infinity];
  for (let clip = 0.8; clip < 5; clip += 0.01) {
    const found = error(clip);
    if (found < least) [best, least] = [clip, found];
  }
  return best;
}

/** SQNR of a bell whose smallest fifth is set to zero: a fifth of it lies within 0.2533 spreads of zero. */
const struckBell = (): number =>
  -inDecibels(overBell((size) => (size < 0.25335 ? size * size : 0)));

function zeros(bits: number): number {
  const kernel = modelFacts('lenet-5').find(({ name }) => name === 'dense_1/kernel')!.values;
  const half = heavy().limit / lastCode(bits) / 2;
  return kernel.filter((weight) => Math.abs(weight) < half).length / kernel.length;
}

const passed = (weightBits: number, inputBits: number): Row =>
  results().pass.rows.find((row) => row.weightBits === weightBits && row.inputBits === inputBits)!;
const harm = (kind: string) => results().harm.rows.find((row) => row.kind === kind)!;

/** By the law of powers: both errors together, and the gain of the sum. */
function predicted(): number {
  const [weights, inputs] = [passed(8, 32).weights!, passed(32, 8).inputs!];
  const together = -inDecibels(10 ** (-weights / 10) + 10 ** (-inputs / 10));
  return together + inDecibels(results().pass.coherence);
}

const each = (name: string, value: (bits: number) => number): Record<string, () => number> =>
  Object.fromEntries([2, 3, 4, 6, 8].map((bits) => [`2.3.${name}.${bits}`, () => value(bits)]));

export const section23Values: Record<string, ComputedEntry> = {
  ...entries('fixed2', {
    '2.3.typical-error': () => Math.sqrt(1 / 12),
    '2.3.ledger': () => Math.sqrt(96 / 12),
    ...each('over-law', overLaw),
  }),
  ...entries('percent1', {
    '2.3.zeros': () => zeros(2),
    '2.3.beyond': () => heavy().clipped[width(4).best]!,
  }),
  ...entries('fixed1', {
    '2.3.crest': () => heavy().limit / heavy().rms,
    ...each('clip', (bits) => clipAt(bits) / heavy().rms),
    ...each('bell', bellClip),
    ...each('unclipped', (bits) => sqnrAt(bits, -1)),
    ...each('clipped', (bits) => sqnrAt(bits, width(bits).best)),
    ...each('gain', gain),
    '2.3.pass.weights': () => passed(8, 32).weights!,
    '2.3.pass.inputs': () => passed(32, 8).inputs!,
    '2.3.pass.sums': () => passed(8, 8).sums,
    '2.3.pass.predicted': predicted,
    '2.3.pass.coherence': () => results().pass.coherence,
    '2.3.pass.coherence-db': () => inDecibels(results().pass.coherence),
    '2.3.harm.drift-db': () => inDecibels(results().harm.drift),
    '2.3.struck': struckBell,
  }),
  ...entries('integer', {
    '2.3.harm.float': () => results().harm.float,
    '2.3.harm.dark-pixels': () => results().harm.dark,
    '2.3.harm.drift-times': () => Math.round(results().harm.drift),
    ...Object.fromEntries(
      ['everywhere', 'dark', 'shorter', 'drift'].map((kind) => [
        `2.3.harm.${kind}`,
        () => harm(kind).correct,
      ]),
    ),
  }),
  ...entries('fixed3', {
    '2.3.cosine.everywhere': () => harm('everywhere').cosine,
    '2.3.cosine.drift': () => harm('drift').cosine,
  }),
};
