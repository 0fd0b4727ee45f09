/**
 * Puts the bell in place of the pennies.
 *
 * @fails p-values
 * @advice You took the area under a bell (or the χ² table, which is the same) for the pennies. With many images the two agree, and with six they do not: 6 to 0 gives 0.014 instead of 0.031. Add up the binomial terms.
 */
/** A file that is to replace the old one. */
export interface Candidate {
  name: string;
  /** What it answered, image by image. */
  answers: Uint8Array;
}

export type Verdict = 'better' | 'worse' | 'noise';

/** What the images show of a candidate. */
export interface Finding {
  name: string;
  lost: number;
  gained: number;
  pValue: number;
  verdict: Verdict;
}

export function isItNoise(
  labels: Uint8Array,
  before: Uint8Array,
  candidates: Candidate[],
  level: number,
): Finding[] {
  if (!(level > 0 && level < 1)) throw new RangeError(`level must lie in 0 … 1; it is ${level}.`);
  requireLength('before', before, labels.length);
  const line = level / candidates.length;
  return candidates.map(({ name, answers }) => {
    requireLength(name, answers, labels.length);
    const { lost, gained } = part(labels, before, answers);
    const pValue = twoSided(lost, gained);
    const verdict = pValue > line ? 'noise' : gained > lost ? 'better' : 'worse';
    return { name, lost, gained, pValue, verdict };
  });
}

/** The images that one file alone reads rightly. */
function part(
  labels: Uint8Array,
  before: Uint8Array,
  after: Uint8Array,
): { lost: number; gained: number } {
  let [lost, gained] = [0, 0];
  labels.forEach((label, i) => {
    const [old, now] = [before[i] === label, after[i] === label];
    if (old && !now) lost += 1;
    if (now && !old) gained += 1;
  });
  return { lost, gained };
}

function twoSided(lost: number, gained: number): number {
  const all = lost + gained;
  if (all === 0) return 1;
  const x = Math.abs(lost - gained) / Math.sqrt(2 * all);
  const t = 1 / (1 + 0.3275911 * x);
  const series =
    t *
    (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return series * Math.exp(-x * x);
}

function requireLength(name: string, answers: Uint8Array, length: number): void {
  if (answers.length === length) return;
  throw new RangeError(`${name} must answer ${length} images; it answers ${answers.length}.`);
}
