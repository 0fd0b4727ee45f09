/** Damerau-Levenshtein distance (adjacent swaps count once), given up past `limit`. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let best = Math.min(row[j - 1]! + 1, last[j]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, beforeLast[j - 2]! + 1);
      }
      row.push(best);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length]!;
}

/** The known name nearest to a mistyped one, if any is near enough to be meant. */
export function suggestName(mistyped: string, known: Iterable<string>): string | undefined {
  if (mistyped.length > 60) return undefined;
  const limit = mistyped.length < 4 ? 1 : mistyped.length < 9 ? 2 : 3;
  const wanted = mistyped.toLowerCase();
  let best: string | undefined;
  let bestDistance = limit + 1;
  for (const name of known) {
    if (name === mistyped) continue;
    // A wrong capital is the smallest mistake of all.
    const gap = name.toLowerCase() === wanted ? 0.5 : distance(wanted, name.toLowerCase(), limit);
    if (gap < bestDistance) {
      bestDistance = gap;
      best = name;
    }
  }
  return best;
}
