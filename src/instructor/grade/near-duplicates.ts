import type { Fingerprint } from './fingerprints.ts';
import { fingerprintsOf, templateOf } from './fingerprints.ts';
import { matchingPlaces } from './matching-places.ts';
import type { MatchingPlace } from './matching-places.ts';

/** One student's program for one exercise. */
export interface Paper {
  key: string;
  code: string;
}

/** Two programs that are more alike than the task makes them. Alike is no proof: somebody should read both. */
export interface NearDuplicate {
  one: string;
  other: string;
  /** |A ∩ B| / min(|A|, |B|) of their fingerprints, 0 … 1. */
  similarity: number;
  /** Fingerprints that they have in common. */
  shared: number;
  /** Lines that match, the first of `one` first. */
  places: MatchingPlace[];
}

export interface NearDuplicateOptions {
  /** What everybody was given: the starter; the solution too, where the assignment shows it. */
  given?: readonly string[];
  threshold?: number;
  /** Fingerprints that a program must have of its own to be compared: about 45 tokens beside the starter. */
  least?: number;
  signal?: AbortSignal;
}

/** What so many have in common is the task's, not anybody's: a share of all, and never less than a few. */
const commonShare = 0.3;
const commonLeast = 5;
/** Papers between two pauses in which a page can draw. */
const papersAtOnce = 50;

/**
 * Finds the pairs of programs for one exercise that are nearly the same, whatever was renamed, moved, laid out anew or
 * padded. One paper a student; a quadratic number of pairs is never looked at one by one: only what shares fingerprints is.
 */
export const findNearDuplicates = async (
  papers: readonly Paper[],
  { given = [], threshold = 0.7, least = 8, signal }: NearDuplicateOptions = {},
): Promise<NearDuplicate[]> => {
  const template = templateOf(given);
  const prints: Map<number, Fingerprint>[] = [];
  for (const [index, { code }] of papers.entries()) {
    if (index % papersAtOnce === papersAtOnce - 1) await breathe(signal);
    prints.push(byHash(fingerprintsOf(code, template)));
  }
  const holders = dropCommon(prints);
  const pairs: NearDuplicate[] = [];
  for (const [one, mine] of prints.entries()) {
    if (one % papersAtOnce === papersAtOnce - 1) await breathe(signal);
    if (mine.size < least) continue;
    for (const [other, shared] of countShared(one, mine, holders)) {
      const theirs = prints[other]!;
      if (theirs.size < least) continue;
      const similarity = shared / Math.min(mine.size, theirs.size);
      if (similarity < threshold) continue;
      pairs.push({
        one: papers[one]!.key,
        other: papers[other]!.key,
        similarity,
        shared,
        places: matchingPlaces(mine, theirs),
      });
    }
  }
  return pairs.sort((a, b) => b.similarity - a.similarity || b.shared - a.shared);
};

/** The first place of each. */
const byHash = (prints: readonly Fingerprint[]): Map<number, Fingerprint> => {
  const map = new Map<number, Fingerprint>();
  for (const print of prints) if (!map.has(print.hash)) map.set(print.hash, print);
  return map;
};

/** Takes what too many have out of all, and gives who has each of the rest. */
const dropCommon = (prints: readonly Map<number, Fingerprint>[]): Map<number, number[]> => {
  const holders = new Map<number, number[]>();
  for (const [index, mine] of prints.entries()) {
    for (const hash of mine.keys()) {
      const list = holders.get(hash);
      if (list === undefined) holders.set(hash, [index]);
      else list.push(index);
    }
  }
  const most = Math.max(commonLeast, Math.ceil(commonShare * prints.length));
  for (const [hash, list] of holders) {
    if (list.length <= most) continue;
    for (const index of list) prints[index]!.delete(hash);
    holders.delete(hash);
  }
  return holders;
};

/** How many fingerprints each later paper shares with one. */
const countShared = (
  one: number,
  mine: ReadonlyMap<number, Fingerprint>,
  holders: ReadonlyMap<number, readonly number[]>,
): Map<number, number> => {
  const counts = new Map<number, number>();
  for (const hash of mine.keys()) {
    for (const other of holders.get(hash) ?? []) {
      if (other > one) counts.set(other, (counts.get(other) ?? 0) + 1);
    }
  }
  return counts;
};

const breathe = async (signal: AbortSignal | undefined): Promise<void> => {
  await new Promise((resolve) => setTimeout(resolve, 0));
  signal?.throwIfAborted();
};
