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
 * padded. Of programs that are the same, too many for pairs to be told from the task's own, each is paired with the first
 * one. One paper a student; a quadratic number of pairs is never looked at one by one: only what shares fingerprints is.
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
  const same = sameGroups(prints, least);
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
  const found = new Set(pairs.map(({ one, other }) => `${one}\n${other}`));
  for (const [first, ...rest] of same) {
    for (const member of rest) {
      const [one, other] = [papers[first!.index]!.key, papers[member.index]!.key];
      if (found.has(`${one}\n${other}`)) continue;
      const places = matchingPlaces(first!.prints, member.prints);
      pairs.push({ one, other, similarity: 1, shared: member.prints.size, places });
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

interface Member {
  index: number;
  prints: Map<number, Fingerprint>;
}

/**
 * Programs that are the same token for token beside the starter. A ring of them in a small class would be taken for the
 * task's own; half of the class is the most that is called a ring.
 */
const sameGroups = (prints: readonly Map<number, Fingerprint>[], least: number): Member[][] => {
  const groups = new Map<string, Member[]>();
  for (const [index, mine] of prints.entries()) {
    if (mine.size < least) continue;
    const key = [...mine.keys()].join(' ');
    // A copy: what is common is taken out of the others.
    const member = { index, prints: new Map(mine) };
    groups.set(key, [...(groups.get(key) ?? []), member]);
  }
  return [...groups.values()].filter(
    (group) => group.length > 1 && 2 * group.length <= prints.length,
  );
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
