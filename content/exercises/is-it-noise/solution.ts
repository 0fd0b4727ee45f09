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

/**
 * Which of the candidates differ from the old file by more than chance.
 *
 * @param labels the right figures
 * @param before what the old file answered
 * @param candidates the new files, any number
 * @param level the line for all of them together, above 0 and below 1
 * @returns a finding for each, in their order
 * @throws RangeError naming a candidate, `before` or `level`
 */
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

/** How often pennies would divide at least as unevenly. Logarithms: 2^-all may be less than a double holds. */
function twoSided(lost: number, gained: number): number {
  const all = lost + gained;
  let logarithm = -all * Math.LN2;
  let sum = 0;
  for (let i = 0; i <= Math.min(lost, gained); i++) {
    sum += Math.exp(logarithm);
    logarithm += Math.log((all - i) / (i + 1));
  }
  return Math.min(1, 2 * sum);
}

function requireLength(name: string, answers: Uint8Array, length: number): void {
  if (answers.length === length) return;
  throw new RangeError(`${name} must answer ${length} images; it answers ${answers.length}.`);
}
