import type { Fingerprint } from './fingerprints.ts';

/** Lines from 1, both ends included. */
export interface LineRange {
  from: number;
  to: number;
}

/** Lines of two programs that match. */
export interface MatchingPlace {
  one: LineRange;
  other: LineRange;
}

const mostPlaces = 40;

/** Where two programs match: neighbouring fingerprints joined, in the order of the first. */
export const matchingPlaces = (
  one: ReadonlyMap<number, Fingerprint>,
  other: ReadonlyMap<number, Fingerprint>,
): MatchingPlace[] => {
  const matches: MatchingPlace[] = [];
  for (const [hash, mine] of one) {
    const theirs = other.get(hash);
    if (theirs !== undefined) matches.push({ one: rangeOf(mine), other: rangeOf(theirs) });
  }
  matches.sort((a, b) => a.one.from - b.one.from || a.other.from - b.other.from);
  const places: MatchingPlace[] = [];
  for (const match of matches) {
    const last = places.at(-1);
    if (last !== undefined && follows(last.one, match.one) && follows(last.other, match.other)) {
      last.one.to = Math.max(last.one.to, match.one.to);
      last.other.to = Math.max(last.other.to, match.other.to);
    } else places.push(match);
  }
  return places.slice(0, mostPlaces);
};

const rangeOf = ({ from, to }: Fingerprint): LineRange => ({ from, to });

/** Whether a range begins within another or on its next line. */
const follows = (last: LineRange, next: LineRange): boolean =>
  next.from >= last.from && next.from <= last.to + 1;
